//! What becomes of the pixels: only what is selected changes, in every precision and every kind of drawable.

use crate::Test;
use crate::gimp::Gimp;
use crate::picture::{Dump, change};

pub const TESTS: &[(&str, Test)] = &[
    ("every precision keeps what is not selected", precisions),
    ("a soft selection blends", soft_selection),
    ("layers with offsets, partly outside the canvas", offsets),
    ("layer masks and channels", masks_and_channels),
    ("several selected layers", several_layers),
    ("the hole grows beyond the selection, which stays", grow),
    ("the fill fades", feather),
    ("a new layer holds only the fill", new_layer),
    ("a new layer with a mask", new_layer_with_mask),
    ("sample merged", sample_merged),
    ("the same again gives the same", same_again),
];

/// All of GIMP's precisions.
const PRECISIONS: [&str; 18] = [
    "U8-LINEAR",
    "U8-NON-LINEAR",
    "U8-PERCEPTUAL",
    "U16-LINEAR",
    "U16-NON-LINEAR",
    "U16-PERCEPTUAL",
    "U32-LINEAR",
    "U32-NON-LINEAR",
    "U32-PERCEPTUAL",
    "HALF-LINEAR",
    "HALF-NON-LINEAR",
    "HALF-PERCEPTUAL",
    "FLOAT-LINEAR",
    "FLOAT-NON-LINEAR",
    "FLOAT-PERCEPTUAL",
    "DOUBLE-LINEAR",
    "DOUBLE-NON-LINEAR",
    "DOUBLE-PERCEPTUAL",
];

fn precisions(gimp: &Gimp) -> Result<(), String> {
    let mut script = String::new();
    for (index, precision) in PRECISIONS.iter().enumerate() {
        // Grey and alpha take turns, so that each comes with each type of number.
        let grey = if index % 2 == 1 {
            "(gimp-image-convert-grayscale image)"
        } else {
            ""
        };
        let alpha = if index / 2 % 2 == 1 {
            "(gimp-layer-add-alpha (layer-of image))"
        } else {
            ""
        };
        let same = if *precision == "U8-NON-LINEAR" {
            ";"
        } else {
            ""
        };
        script += &format!(
            "(let ((image (open-photo)))\n\
             {same}(gimp-image-convert-precision image PRECISION-{precision})\n\
             {grey}{alpha}\n\
             (select-hole image)\n\
             (dump image (layer-of image) \"{precision}-before\")\n\
             (fill image (layer-of image))\n\
             (dump image (layer-of image) \"{precision}-after\")\n\
             (gimp-image-delete image))\n"
        );
    }
    let outcome = gimp.script(&script)?;
    let mut problems = Vec::new();
    for precision in PRECISIONS {
        let (before, after) = (
            outcome.dump(&format!("{precision}-before"))?,
            outcome.dump(&format!("{precision}-after"))?,
        );
        if let Err(problem) = change(&before, &after)?.is_a_fill() {
            problems.push(format!("{precision} ({}): {problem}", before.format));
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.join("\n"))
    }
}

/// Runs a script that dumps `before` and `after`.
fn before_and_after(gimp: &Gimp, script: &str) -> Result<(Dump, Dump), String> {
    let outcome = gimp.script(script)?;
    Ok((outcome.dump("before")?, outcome.dump("after")?))
}

fn soft_selection(gimp: &Gimp) -> Result<(), String> {
    let (before, after) = before_and_after(
        gimp,
        "(let ((image (open-photo)))
           (gimp-image-convert-precision image PRECISION-FLOAT-LINEAR)
           (select-ellipse image 70 40 100 100 20)
           (dump image (layer-of image) \"before\")
           (fill image (layer-of image))
           (dump image (layer-of image) \"after\"))",
    )?;
    change(&before, &after)?.is_a_fill()?;
    let mut soft = 0;
    for index in 0..before.pixels() {
        let share = f64::from(before.selection[index]);
        soft += usize::from(share > 0.1 && share < 0.9);
        // Blended in proportion to light: no pixel moves farther than its share of the way from black to white.
        for (was, is) in before.values(index).iter().zip(after.values(index)) {
            if (was - is).abs() > 1.1 * share + 1e-3 {
                return Err(format!(
                    "pixel {index} is selected by {share} and went from {was} to {is}"
                ));
            }
        }
    }
    if soft > 1000 {
        Ok(())
    } else {
        Err(format!(
            "only {soft} pixels are softly selected: the test tests nothing"
        ))
    }
}

fn offsets(gimp: &Gimp) -> Result<(), String> {
    for (x, y, width, height) in [(-60, -30, 200, 150), (150, 60, 200, 200), (40, 40, 100, 90)] {
        let (before, after) = before_and_after(
            gimp,
            &format!(
                "(let* ((image (open-photo)) (layer (layer-of image)))
                   (gimp-layer-resize layer {width} {height} {} {})
                   (gimp-layer-set-offsets layer {x} {y})
                   (select-ellipse image 60 50 120 100 0)
                   (dump image layer \"before\")
                   (fill image layer)
                   (dump image layer \"after\"))",
                -20, -20
            ),
        )?;
        if (before.x, before.y) != (x, y) {
            return Err(format!("the layer lies at {}, {}", before.x, before.y));
        }
        let change = change(&before, &after)?;
        if change.selected == before.pixels()
            || change.outside > 0
            || change.changed * 10 < change.selected * 9
        {
            return Err(format!("layer at {x}, {y}: {change:?}"));
        }
    }
    Ok(())
}

fn masks_and_channels(gimp: &Gimp) -> Result<(), String> {
    let outcome = gimp.script(
        "(let* ((image (open-photo)) (layer (layer-of image)))
           (gimp-layer-add-alpha layer)
           (let ((mask (car (gimp-layer-create-mask layer ADD-MASK-COPY))))
             (gimp-layer-add-mask layer mask)
             (select-hole image)
             (dump image mask \"mask-before\")
             (dump image layer \"layer-before\")
             (fill image mask)
             (dump image mask \"mask-after\")
             (dump image layer \"layer-after\"))
           (let ((channel (car (gimp-channel-new-from-component image CHANNEL-GREEN \"green\"))))
             (gimp-image-insert-channel image channel 0 0)
             (dump image channel \"channel-before\")
             (fill image channel)
             (dump image channel \"channel-after\")))",
    )?;
    for name in ["mask", "channel"] {
        let (before, after) = (
            outcome.dump(&format!("{name}-before"))?,
            outcome.dump(&format!("{name}-after"))?,
        );
        change(&before, &after)?
            .is_a_fill()
            .map_err(|problem| format!("{name}: {problem}"))?;
    }
    if outcome.dump("layer-before")? == outcome.dump("layer-after")? {
        Ok(())
    } else {
        Err("filling its mask has changed the layer".into())
    }
}

fn several_layers(gimp: &Gimp) -> Result<(), String> {
    let outcome = gimp.script(
        "(let* ((image (open-photo)) (first (layer-of image)) (second (car (gimp-layer-copy first))))
           (gimp-image-insert-layer image second 0 0)
           (gimp-drawable-invert second FALSE)
           (gimp-layer-set-offsets second 20 10)
           (select-hole image)
           (dump image first \"first-before\") (dump image second \"second-before\")
           (fill image first second)
           (dump image first \"first-after\") (dump image second \"second-after\"))",
    )?;
    for name in ["first", "second"] {
        let (before, after) = (
            outcome.dump(&format!("{name}-before"))?,
            outcome.dump(&format!("{name}-after"))?,
        );
        change(&before, &after)?
            .is_a_fill()
            .map_err(|problem| format!("{name}: {problem}"))?;
    }
    Ok(())
}

fn grow(gimp: &Gimp) -> Result<(), String> {
    let (before, after) = before_and_after(
        gimp,
        "(let ((image (open-photo)))
           (select-hole image)
           (dump image (layer-of image) \"before\")
           (plug-in-reweave-fill #:run-mode RUN-NONINTERACTIVE #:image image #:drawables (layers-of image) #:grow 8)
           (dump image (layer-of image) \"after\"))",
    )?;
    if before.selection != after.selection {
        return Err("the selection is not what it was".into());
    }
    let change = change(&before, &after)?;
    // An ellipse of 70 x 60 that is 8 larger on every side covers 56 % more.
    let gained = change.outside as f64 / change.selected as f64;
    if !(0.5..0.6).contains(&gained) {
        return Err(format!("{change:?}"));
    }
    for index in 0..before.pixels() {
        let (x, y) = (index % before.width, index / before.width);
        let near = (82..168).contains(&x) && (52..128).contains(&y);
        if !near && before.pixel(index) != after.pixel(index) {
            return Err(format!("the pixel at {x}, {y} has changed"));
        }
    }
    Ok(())
}

fn feather(gimp: &Gimp) -> Result<(), String> {
    // What a fill changes in the row through the middle of the selection, at its edge and deep inside.
    let changed = |arguments: &str| -> Result<(f64, f64), String> {
        let (before, after) = before_and_after(
            gimp,
            &format!(
                "(let ((image (open-photo)))
                   (gimp-image-convert-precision image PRECISION-FLOAT-LINEAR)
                   (select-hole image)
                   (dump image (layer-of image) \"before\")
                   (plug-in-reweave-fill #:run-mode RUN-NONINTERACTIVE #:image image #:drawables (layers-of image) {arguments})
                   (dump image (layer-of image) \"after\"))"
            ),
        )?;
        if before.selection != after.selection {
            return Err("the selection is not what it was".into());
        }
        change(&before, &after)?.is_a_fill()?;
        let moved = |x: usize| -> f64 {
            let index = before.index(x, 90);
            let pairs = before.values(index).into_iter().zip(after.values(index));
            pairs.map(|(was, is)| (was - is).abs()).sum()
        };
        Ok((
            (91..94).map(moved).sum::<f64>(),
            (110..140).map(moved).sum::<f64>(),
        ))
    };
    let (hard_edge, hard_inside) = changed("")?;
    let (edge, inside) = changed("#:feather 15")?;
    // It begins at the selection's edge with next to nothing.
    if edge < 0.4 * hard_edge && inside > 0.5 * hard_inside {
        Ok(())
    } else {
        Err(format!(
            "edge {edge}, without {hard_edge}; inside {inside}, without {hard_inside}"
        ))
    }
}

const LAYER_SCRIPT: &str = "
  (let* ((image (open-photo)) (layer (layer-of image)))
    (select-hole image)
    (dump image layer \"before\")
    (plug-in-reweave-fill #:run-mode RUN-NONINTERACTIVE #:image image #:drawables (vector layer) #:output \"OUTPUT\")
    (dump image layer \"after\")
    (say \"layers\" (vector-length (layers-of image)))
    (dump image (layer-of image) \"new\")
    (let ((mask (car (gimp-layer-get-mask (layer-of image)))))
      (if (= (car (gimp-item-id-is-valid mask)) TRUE) (dump image mask \"mask\"))))";

fn new_layer(gimp: &Gimp) -> Result<(), String> {
    let outcome = gimp.script(&LAYER_SCRIPT.replace("OUTPUT", "new-layer"))?;
    if outcome.dump("before")? != outcome.dump("after")? {
        return Err("the layer itself has changed".into());
    }
    let new = outcome.dump("new")?;
    if !outcome.said.contains("layers: 2")
        || (new.x, new.y, new.width, new.height) != (90, 60, 70, 60)
    {
        return Err(format!(
            "{} layer of {} x {} at {}, {}",
            outcome.said, new.width, new.height, new.x, new.y
        ));
    }
    for index in 0..new.pixels() {
        let alpha = new.values(index)[3];
        if (alpha - f64::from(new.selection[index])).abs() > 0.003 {
            return Err(format!(
                "alpha {alpha} where {} is selected",
                new.selection[index]
            ));
        }
    }
    Ok(())
}

fn new_layer_with_mask(gimp: &Gimp) -> Result<(), String> {
    let outcome = gimp.script(&LAYER_SCRIPT.replace("OUTPUT", "new-layer-with-mask"))?;
    if outcome.dump("before")? != outcome.dump("after")? {
        return Err("the layer itself has changed".into());
    }
    let mask = outcome.dump("mask")?;
    for index in 0..mask.pixels() {
        let shown = mask.values(index)[0];
        if (shown - f64::from(mask.selection[index])).abs() > 0.003 {
            return Err(format!(
                "the mask shows {shown} where {} is selected",
                mask.selection[index]
            ));
        }
    }
    if outcome.dump("new")?.values(0)[3] == 1.0 {
        Ok(())
    } else {
        Err("the new layer itself is not opaque".into())
    }
}

fn sample_merged(gimp: &Gimp) -> Result<(), String> {
    let (before, after) = before_and_after(
        gimp,
        "(let* ((image (open-photo)) (empty (car (gimp-layer-new image \"empty\" 240 200 RGBA-IMAGE 100 LAYER-MODE-NORMAL))))
           (gimp-image-insert-layer image empty 0 0)
           (select-hole image)
           (dump image empty \"before\")
           (plug-in-reweave-fill #:run-mode RUN-NONINTERACTIVE #:image image #:drawables (vector empty) #:sample-merged TRUE)
           (dump image empty \"after\"))",
    )?;
    change(&before, &after)?.is_a_fill()?;
    let middle = after.values(after.index(125, 90));
    if middle[3] > 0.99 && middle[..3].iter().any(|value| *value > 0.05) {
        Ok(())
    } else {
        Err(format!("the middle of the fill is {middle:?}"))
    }
}

fn same_again(gimp: &Gimp) -> Result<(), String> {
    let script = "(let ((image (open-photo)))
        (select-hole image)
        (fill image (layer-of image))
        (dump image (layer-of image) \"after\"))";
    let (first, second) = (
        gimp.script(script)?.dump("after")?,
        gimp.script(script)?.dump("after")?,
    );
    if first == second {
        Ok(())
    } else {
        Err("two fills of the same hole differ".into())
    }
}
