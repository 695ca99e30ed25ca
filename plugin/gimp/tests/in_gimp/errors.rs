//! What cannot be filled: a sentence that says what to do, and no change.

use crate::Test;
use crate::gimp::Gimp;

pub const TESTS: &[(&str, Test)] = &[
    ("refusals say what to do and change nothing", refusals),
    ("a script that fails ends GIMP with a status", status),
];

/// Name, what is done to image and layer before the fill, arguments of the fill, words that the sentence has to hold.
const REFUSALS: [(&str, &str, &str, &str); 10] = [
    (
        "no selection",
        "(gimp-selection-none image)",
        "",
        "Nothing is selected",
    ),
    (
        "empty intersection",
        "(gimp-layer-set-offsets layer 200 0)",
        "",
        "The selection lies outside",
    ),
    (
        "indexed",
        "(gimp-image-convert-indexed image CONVERT-DITHER-NONE CONVERT-PALETTE-GENERATE 16 FALSE FALSE \"\")",
        "",
        "Image > Mode > RGB",
    ),
    (
        "group",
        "(set! layer (let ((group (car (gimp-group-layer-new image \"grp\")))) (gimp-image-insert-layer image group 0 0) group))",
        "",
        "is a group of layers",
    ),
    (
        "locked",
        "(gimp-item-set-lock-content layer TRUE)",
        "",
        "is locked",
    ),
    (
        "text",
        "(set! layer (let ((text (car (gimp-text-layer-new image \"Reweave\" (car (gimp-context-get-font)) 60 UNIT-PIXEL)))) (gimp-image-insert-layer image text 0 0) text))",
        "",
        "is a text layer",
    ),
    ("model", "", "#:model \"nobody\"", "nobody"),
    (
        "mask into a layer",
        "(let ((mask (car (gimp-layer-create-mask layer ADD-MASK-WHITE)))) (gimp-layer-add-mask layer mask) (set! layer mask))",
        "#:output \"new-layer\"",
        "in place only",
    ),
    (
        "lines for a model that takes none",
        "(let ((lines (car (gimp-layer-new image \"lines\" 240 200 RGBA-IMAGE 100 LAYER-MODE-NORMAL)))) (gimp-image-insert-layer image lines 0 0) (gimp-image-select-rectangle image CHANNEL-OP-REPLACE 10 48 100 4) (gimp-drawable-edit-fill lines FILL-FOREGROUND) (select-ellipse image 20 20 60 60 0))",
        "#:sketch (layer-of image) #:model \"partial\"",
        "takes no sketch",
    ),
    (
        "lock of a group",
        "(let ((group (car (gimp-group-layer-new image \"grp\")))) (gimp-image-insert-layer image group 0 0) (gimp-image-reorder-item image layer group 0) (gimp-item-set-lock-content group TRUE))",
        "",
        "is locked",
    ),
];

fn refusals(gimp: &Gimp) -> Result<(), String> {
    let mut script = String::new();
    for (name, prepare, arguments, _) in REFUSALS {
        // Groups have no buffer of their own to dump: their refusal is enough.
        let dump = |when: &str| match name {
            "group" => String::new(),
            _ => format!("(dump image layer \"{name}-{when}\")"),
        };
        script += &format!(
            "(let* ((image (open-photo)) (layer (layer-of image)))
               (select-ellipse image 20 20 60 60 0)
               {prepare}
               {}
               (say \"{name}\" (refusal (lambda ()
                 (plug-in-reweave-fill #:run-mode RUN-NONINTERACTIVE #:image image #:drawables (vector layer) {arguments}))))
               {})\n",
            dump("before"),
            dump("after")
        );
    }
    let outcome = gimp.script(&script)?;
    let mut problems = Vec::new();
    for (name, .., words) in REFUSALS {
        let said = outcome
            .said
            .lines()
            .find(|line| line.starts_with(&format!("{name}: ")))
            .unwrap_or("nothing");
        if !said.contains(words) {
            problems.push(format!("{name}: should say \"{words}\", but: {said}"));
        }
        // Bytes alone: the format of an indexed picture has a name made up anew each time.
        let bytes = |when: &str| {
            outcome
                .dump(&format!("{name}-{when}"))
                .map(|dump| dump.bytes)
        };
        if name != "group" && bytes("before")? != bytes("after")? {
            problems.push(format!("{name}: something has changed"));
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(format!("{}\n{}", problems.join("\n"), outcome.complaints))
    }
}

fn status(gimp: &Gimp) -> Result<(), String> {
    let good = gimp
        .script("(let ((image (open-photo))) (select-hole image) (fill image (layer-of image)))")?;
    let bad = gimp.script("(let ((image (open-photo))) (fill image (layer-of image)))")?;
    match (good.success, bad.success) {
        (true, false) => Ok(()),
        other => Err(format!(
            "good and bad script end with success: {other:?}\n{}",
            good.complaints
        )),
    }
}
