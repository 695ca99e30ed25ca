//! Which part of a picture a fill changes, and which it looks at.

use reweave::card::Size;
use reweave::hole;
use reweave::{Rect, SPECK_CONTEXT, Settings};

/// A rectangle widened on all sides, as far as the picture reaches.
fn widened(rect: Rect, by: usize, picture: Rect) -> Rect {
    if rect.is_empty() {
        return Rect::new(rect.x, rect.y, 0, 0);
    }
    let (x, y) = (rect.x.saturating_sub(by), rect.y.saturating_sub(by));
    let (right, bottom) = (
        rect.right().saturating_add(by),
        rect.bottom().saturating_add(by),
    );
    Rect::new(
        x,
        y,
        right.min(picture.right()) - x,
        bottom.min(picture.bottom()) - y,
    )
}

/// The part that a fill may change, for a hole with these bounds.
pub(crate) fn changed(hole: Rect, picture: Rect, settings: &Settings) -> Rect {
    widened(hole, hole::reach(settings), picture)
}

/// A part that holds all that a fill looks at, for a hole with these bounds: filling it alone gives the same fill.
///
/// The engine shows the network either its working size or the hole with its context, moved to one side where the
/// picture ends. On no side is that more than the whole working size or the whole context, and a little for rounding.
/// For specks it looks a little round them itself.
pub(crate) fn needed(hole: Rect, picture: Rect, settings: &Settings, size: &Size) -> Rect {
    let hole = changed(hole, picture, settings);
    let working = match size.fixed {
        Some([width, height]) => width.max(height),
        None => size.working,
    };
    let context =
        (settings.context * hole.longest() as f64).ceil() as usize + 1 + size.multiple as usize;
    let widest = context.max(working as usize).max(SPECK_CONTEXT);
    widened(hole, widest, picture)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use reweave::card::Card;
    use reweave::{Channels, Depth, Device, Format, Hole, Model, Picture, Silent};
    use reweave_models::layers::conv::{Conv, conv};
    use reweave_models::onnx::{Graph, Missing, Precision, record};
    use reweave_models::weights::Weights;
    use reweave_models::{Backend, Scope};
    use std::path::Path;
    use std::sync::{Arc, LazyLock};

    #[test]
    fn stays_in_the_picture_and_goes_by_the_settings() {
        let picture = Rect::new(0, 0, 4000, 3000);
        let mut settings = Settings::new();
        let hole = Rect::new(10, 2000, 1000, 500);
        assert_eq!(changed(hole, picture, &settings), hole);
        let size = Size::default();
        assert_eq!(
            needed(hole, picture, &settings, &size),
            Rect::new(0, 991, 2019, 2009)
        );
        settings.set("grow", "20").unwrap();
        assert_eq!(
            changed(hole, picture, &settings),
            Rect::new(0, 1980, 1030, 540)
        );
        assert!(needed(Rect::new(3, 3, 0, 0), picture, &settings, &size).is_empty());
    }

    /// Two layers of chance: enough to depend on all that a network is shown, and quick.
    fn small_network(graph: &Graph) {
        let root = Scope::root(graph);
        let (picture, hole) = (graph.input("picture", 3), graph.input("hole", 1));
        let known = graph.mul(&picture, &graph.affine(&hole, -1.0, 1.0));
        let seen = graph.concat(&[&known, &hole], 1);
        let features = graph.elu(&conv(&root.at("first"), &seen, Conv::k(7).out(6)));
        let prediction = graph.tanh(&conv(&root.at("last"), &features, Conv::k(5).out(3)));
        graph.output("filled", &graph.add(&graph.mul(&prediction, &hole), &known));
    }

    fn small_model(folder: &Path, name: &str, size: Size) -> Arc<Model> {
        let (bytes, _) = record(
            name,
            Weights::default(),
            Missing::Initial { seed: 7 },
            Precision::F32,
            small_network,
        )
        .unwrap();
        let file = folder.join(name).with_extension("onnx");
        std::fs::write(&file, bytes).unwrap();
        let card = Card {
            size,
            ..Card::own(name, 1)
        };
        card.write(&file.with_extension("json")).unwrap();
        Model::open(&file, Device::BuiltIn).unwrap()
    }

    /// Models that see as little as makes regions differ from small pictures.
    static MODELS: LazyLock<[Arc<Model>; 3]> = LazyLock::new(|| {
        let folder = tempfile::tempdir().unwrap();
        let size = Size {
            multiple: 8,
            working: 48,
            ..Size::default()
        };
        let narrow = Size {
            context: Some(4),
            ..size.clone()
        };
        let fixed = Size {
            fixed: Some([56, 40]),
            ..size.clone()
        };
        [("free", size), ("narrow", narrow), ("fixed", fixed)]
            .map(|(name, size)| small_model(folder.path(), name, size))
    });

    const FORMAT: Format = Format::srgb(Depth::U8, Channels::Rgb);

    /// Something without any pattern.
    fn picture(width: usize, height: usize) -> Picture {
        let bytes = (0..width * height * 3)
            .map(|at| {
                let (x, y) = (at / 3 % width, at / 3 / width);
                let noise = (at as u32).wrapping_mul(2_654_435_761) >> 26;
                ((x * 2 + y * 3 + at % 3 * 40) % 190) as u8 + noise as u8
            })
            .collect();
        Picture::from_bytes(bytes, width, height, FORMAT).unwrap()
    }

    fn hole(width: usize, height: usize, rects: &[Rect]) -> Hole {
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let bytes = pixels
            .map(
                |(x, y)| match rects.iter().any(|rect| rect.contains(x, y)) {
                    true => 255,
                    false => 0,
                },
            )
            .collect();
        let format = Format::linear(Depth::U8, Channels::Grey);
        let mask = Picture::from_bytes(bytes, width, height, format).unwrap();
        Hole::from_mask(mask.view()).unwrap()
    }

    fn crop(picture: &Picture, part: Rect) -> Picture {
        let pixel = FORMAT.pixel_bytes();
        let view = picture.view();
        let bytes = (part.y..part.bottom())
            .flat_map(|y| view.row(y)[part.x * pixel..part.right() * pixel].to_vec())
            .collect();
        Picture::from_bytes(bytes, part.width, part.height, FORMAT).unwrap()
    }

    fn filled(mut picture: Picture, hole: &Hole, model: &Model, settings: &Settings) -> Picture {
        reweave::fill(&mut picture.view_mut(), hole, model, settings, &mut Silent).unwrap();
        picture
    }

    /// Left, top, width and height as shares of a picture.
    fn shares() -> impl Strategy<Value = [f64; 4]> {
        [0.0..1.0, 0.0..1.0, 0.01..0.4, 0.01..0.4f64]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_crop_filled_is_the_whole_filled(
            (width, height) in (40usize..420, 40usize..420),
            rects in prop::collection::vec(shares(), 1..4),
            model in 0usize..3,
            grow in 0usize..6,
            feather in 0.0..4.0f64,
            context in 0.2..3.0f64,
            area in prop::sample::select(vec!["all", "sides", "above-below"]),
            passes in 1usize..3,
            texture in prop::sample::select(vec!["auto", "off", "full"]),
            seed in 0u32..3,
        ) {
            let rects: Vec<_> = rects
                .iter()
                .map(|[x, y, w, h]| {
                    let x = (x * width as f64) as usize;
                    let y = (y * height as f64) as usize;
                    let w = ((w * width as f64) as usize).clamp(1, width - x);
                    let h = ((h * height as f64) as usize).clamp(1, height - y);
                    Rect::new(x, y, w, h)
                })
                .collect();
            let mut settings = Settings::new();
            for (id, value) in [
                ("grow", grow.to_string()),
                ("feather", feather.to_string()),
                ("context", context.to_string()),
                ("area", area.into()),
                ("passes", passes.to_string()),
                ("texture", texture.into()),
                ("seed", seed.to_string()),
            ] {
                settings.set(id, &value).unwrap();
            }
            let model = &MODELS[model];
            let (before, hole) = (picture(width, height), hole(width, height, &rects));
            let part = needed(hole.bounds(), before.bounds(), &settings, &model.card().size);
            let inner = hole
                .moved(-(part.x as isize), -(part.y as isize), part.width, part.height)
                .unwrap();
            let whole = filled(before.clone(), &hole, model, &settings);
            let alone = filled(crop(&before, part), &inner, model, &settings);
            prop_assert!(crop(&whole, part).bytes() == alone.bytes(), "{part:?} differs");
            // Nor is anything else changed by filling the whole.
            let changed = changed(hole.bounds(), before.bounds(), &settings);
            let pixel = FORMAT.pixel_bytes();
            for y in 0..height {
                for x in (0..width).filter(|x| !changed.contains(*x, y)) {
                    let at = (y * width + x) * pixel;
                    let same = before.bytes()[at..at + pixel] == whole.bytes()[at..at + pixel];
                    prop_assert!(same, "{x} {y} changed, outside of {changed:?}");
                }
            }
        }
    }
}
