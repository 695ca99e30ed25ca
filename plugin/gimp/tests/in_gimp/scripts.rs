//! The procedure in scripts: those of docs/gimp.md, and the last values.

use crate::Test;
use crate::gimp::Gimp;
use std::fs;

pub const TESTS: &[(&str, Test)] = &[
    ("last values", last_values),
    ("the manual's Script-Fu over a folder", folder),
    ("the manual's Python", python),
];

const MANUAL: &str = include_str!("../../../../docs/gimp.md");

/// The manual's first example in this language.
fn example(language: &str) -> Result<&'static str, String> {
    let start = MANUAL
        .find(&format!("```{language}\n"))
        .ok_or(format!("docs/gimp.md has no {language}"))?;
    let code = &MANUAL[start + 4 + language.len()..];
    Ok(&code[..code.find("```").unwrap_or(code.len())])
}

fn last_values(gimp: &Gimp) -> Result<(), String> {
    let outcome = gimp.script(
        "(let ((image (open-photo)))
           (select-hole image)
           (plug-in-reweave-fill #:run-mode RUN-WITH-LAST-VALS #:image image #:drawables (layers-of image))
           (display \"filled\"))",
    )?;
    if outcome.said.contains("filled") {
        Ok(())
    } else {
        Err(outcome.complaints)
    }
}

fn folder(gimp: &Gimp) -> Result<(), String> {
    let photos = gimp.path("test/photos");
    let examples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/examples");
    fs::create_dir_all(&photos).map_err(|error| error.to_string())?;
    for name in ["astronaut", "coffee"] {
        for (from, to) in [
            (format!("{name}.png"), format!("{name}.png")),
            (format!("{name}_mask.png"), format!("{name}-mask.png")),
        ] {
            fs::copy(examples.join(from), photos.join(to)).map_err(|error| error.to_string())?;
        }
    }
    let script = format!(
        "{}
         (fill-folder \"/test/photos\")
         (for-each (lambda (name)
             (let ((image (car (gimp-file-load RUN-NONINTERACTIVE (string-append \"/test/photos/\" name \".png\")))))
               (dump image (layer-of image) name)))
           (list \"astronaut\" \"astronaut-filled\" \"coffee\" \"coffee-filled\"))",
        example("scheme")?
    );
    let outcome = gimp.script(&script)?;
    for name in ["astronaut", "coffee"] {
        let (before, after) = (
            outcome.dump(name)?,
            outcome.dump(&format!("{name}-filled"))?,
        );
        let changed = (0..before.pixels())
            .filter(|index| before.pixel(*index) != after.pixel(*index))
            .count();
        if (before.width, before.height) != (after.width, after.height)
            || changed == 0
            || changed * 2 > before.pixels()
        {
            return Err(format!("{name}: {changed} pixels have changed"));
        }
    }
    Ok(())
}

fn python(gimp: &Gimp) -> Result<(), String> {
    let script =
        example("python")?.replace("/path/photo.png", "/test/photo.png") + "\nprint('filled')\n";
    let call = |file: &str| format!("exec(open('{file}').read())");
    let outcome = gimp.batch(gimp.place()?, "python-fu-eval", &script, "py", call)?;
    if outcome.complaints.contains("python-fu-eval") && !outcome.said.contains("filled") {
        println!("\nskipped: this GIMP has no Python");
        return Ok(());
    }
    if outcome.said.contains("filled") {
        Ok(())
    } else {
        Err(format!("{}{}", outcome.said, outcome.complaints))
    }
}
