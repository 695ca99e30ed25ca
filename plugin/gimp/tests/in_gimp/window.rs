//! GIMP in a window: menu, dialog, preview, undo, repeat, cancel. The pictures of the screen stay in the build folder.

use crate::Test;
use crate::gimp::{Gimp, Place};
use crate::picture::{Dump, change};
use crate::screen::Screen;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

pub const TESTS: &[(&str, Test)] = &[
    (
        "menu, dialog, preview, undo, repeat, cancel in a window",
        dialog,
    ),
    (
        "two layers, a grown hole and new layers are one step of undo each",
        one_step,
    ),
];

/// The part of the screen where the dialog shows the fill: it opens at the top left corner, as there is no window manager.
const AFTER: &str = "200x150+40+320";

/// The script shows a photo and then writes down what the layer is whenever the test asks for it.
const DIALOG: &str = "
(let* ((image (open-photo)) (layer (layer-of image)))
  (gimp-display-new image)
  (select-hole image)
  (gimp-displays-flush)
  (for-each (lambda (step) (wait image step) (dump image layer step))
    (list \"before\" \"filled\" \"undone\" \"repeated\" \"cancelled\")))";

/// Fills in ways that take several changes of the image, each to be undone by one step.
const STEPS: &str = "
(let* ((image (open-photo)) (first (layer-of image)) (second (car (gimp-layer-copy first))))
  (gimp-image-insert-layer image second 0 0)
  (select-hole image)
  (gimp-display-new image)
  (gimp-displays-flush)
  (let ((look (lambda (step)
          (wait image step)
          (dump image first (string-append step \"-first\"))
          (dump image second (string-append step \"-second\"))
          (say step (vector-length (layers-of image))))))
    (look \"before\")
    (for-each (lambda (way)
        (if (= way 0)
          (plug-in-reweave-fill #:run-mode RUN-NONINTERACTIVE #:image image #:drawables (vector first second) #:grow 6)
          (plug-in-reweave-fill #:run-mode RUN-NONINTERACTIVE #:image image #:drawables (vector first second)
                                #:output (if (= way 1) \"new-layer\" \"new-layer-with-mask\")))
        (gimp-displays-flush)
        (look (string-append \"filled\" (number->string way)))
        (look (string-append \"undone\" (number->string way))))
      (list 0 1 2))))";

/// A running GIMP, which ends with this value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Lets the script go on to its next step and waits for what it dumps then.
fn dump(out: &Path, step: &str, name: &str) -> Result<Dump, String> {
    fs::write(out.join(format!("go-{step}")), "").map_err(|error| error.to_string())?;
    let file = out.join(name);
    let start = Instant::now();
    while !file.exists() {
        if start.elapsed() > Duration::from_secs(60) {
            return Err(format!("no dump {name}"));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Dump::read(&file).map_err(|error| error.to_string())
}

fn dialog(gimp: &Gimp) -> Result<(), String> {
    in_window(gimp, DIALOG, drive_dialog)
}

fn one_step(gimp: &Gimp) -> Result<(), String> {
    in_window(gimp, STEPS, drive_undo)
}

/// Starts GIMP in a window with a script, and drives it.
fn in_window(
    gimp: &Gimp,
    script: &str,
    drive: impl FnOnce(&Gimp, &Screen, &Path) -> Result<(), String>,
) -> Result<(), String> {
    let screen = match Screen::start() {
        Ok(screen) => screen,
        Err(reason) => {
            println!("\nskipped: {reason}");
            return Ok(());
        }
    };
    let Place { out, inside } = gimp.place()?;
    let script = format!("(define folder \"{inside}/\")\n(load \"/test/prelude.scm\")\n{script}");
    fs::write(out.join("script.scm"), script).map_err(|error| error.to_string())?;
    let mut command = gimp.command(&inside);
    command
        .arg(format!("DISPLAY={}", screen.display()))
        .args([
            "GDK_BACKEND=x11",
            "NO_AT_BRIDGE=1",
            "gimp",
            "-n",
            "-s",
            "-d",
        ])
        .args(["--batch-interpreter", "plug-in-script-fu-eval", "-b"])
        .arg(format!("(load \"{inside}/script.scm\")"));
    let log = |name: &str| fs::File::create(out.join(name)).map_err(|error| error.to_string());
    let child = command
        .stdin(Stdio::null())
        .stdout(log("said")?)
        .stderr(log("complaints")?)
        .spawn();
    let _running = Running(child.map_err(|error| error.to_string())?);

    let result = drive(gimp, &screen, &out);
    if result.is_err() {
        screen.shoot(&artefact(gimp, "failure"))?;
    }
    let complaints = || fs::read(out.join("complaints")).unwrap_or_default();
    result.map_err(|problem| format!("{problem}\n{}", String::from_utf8_lossy(&complaints())))
}

fn drive_undo(_gimp: &Gimp, screen: &Screen, out: &Path) -> Result<(), String> {
    let image = screen.window("RGB color")?;
    let look = |step: &str| -> Result<(Dump, Dump), String> {
        let first = dump(out, step, &format!("{step}-first"))?;
        Ok((first, dump(out, step, &format!("{step}-second"))?))
    };
    let before = look("before")?;
    for way in 0..3 {
        let filled = look(&format!("filled{way}"))?;
        if (filled == before) != (way > 0) {
            return Err(format!(
                "way {way}: the layers themselves have changed: {}",
                filled != before
            ));
        }
        screen.press(&image, &["ctrl+z"])?;
        std::thread::sleep(Duration::from_secs(2));
        if look(&format!("undone{way}"))? != before {
            return Err(format!(
                "way {way}: one step of undo does not bring back layers and selection"
            ));
        }
    }
    let said = fs::read_to_string(out.join("said")).map_err(|error| error.to_string())?;
    for count in [
        "before: 2",
        "filled0: 2",
        "filled1: 4",
        "undone1: 2",
        "filled2: 4",
    ] {
        if !said.contains(count) {
            return Err(format!("not {count} layers, but: {said}"));
        }
    }
    Ok(())
}

fn drive_dialog(gimp: &Gimp, screen: &Screen, out: &Path) -> Result<(), String> {
    let image = screen.window("RGB color")?;
    let before = dump(out, "before", "before")?;

    // Filters > Enhance > Content-Aware Fill, by the letters of the menus.
    screen.press(&image, &["alt+r", "h"])?;
    std::thread::sleep(Duration::from_millis(600));
    screen.shoot(&artefact(gimp, "menu"))?;
    screen.press(&image, &["f"])?;
    let dialog = screen.window("Content-Aware Fill")?;
    let start = Instant::now();
    while screen.colours(AFTER)? < 100 {
        if start.elapsed() > Duration::from_secs(90) {
            return Err("the preview shows nothing".into());
        }
        std::thread::sleep(Duration::from_millis(300));
    }
    screen.shoot(&artefact(gimp, "dialog"))?;
    screen.press(&dialog, &["Return"])?;
    screen.window_gone("Content-Aware Fill")?;
    std::thread::sleep(Duration::from_secs(2));
    let filled = dump(out, "filled", "filled")?;
    change(&before, &filled)?.is_a_fill()?;
    screen.shoot(&artefact(gimp, "filled"))?;

    screen.press(&image, &["ctrl+z"])?;
    std::thread::sleep(Duration::from_secs(2));
    if dump(out, "undone", "undone")? != before {
        return Err("undo does not bring back what was".into());
    }

    // Repeat the last filter with the same values: the same fill.
    screen.press(&image, &["ctrl+f"])?;
    let start = Instant::now();
    std::thread::sleep(Duration::from_secs(8));
    let repeated = dump(out, "repeated", "repeated")?;
    if repeated != filled {
        return Err(format!(
            "repeating gave another fill: {:?} ({:?})",
            change(&before, &repeated)?,
            start.elapsed()
        ));
    }

    // Show the dialog again and leave it.
    screen.press(&image, &["ctrl+shift+f"])?;
    let dialog = screen.window("Content-Aware Fill")?;
    std::thread::sleep(Duration::from_secs(1));
    screen.press(&dialog, &["Escape"])?;
    screen.window_gone("Content-Aware Fill")?;
    if dump(out, "cancelled", "cancelled")? != repeated {
        return Err("leaving the dialog has changed the layer".into());
    }
    let known = fs::read(out.join("profile/pluginrc")).map_err(|error| error.to_string())?;
    let known = String::from_utf8_lossy(&known);
    for path in ["<Image>/Filters/Enhance", "<Image>/Edit"] {
        if !known.contains(path) {
            return Err(format!("no entry in the menu {path}"));
        }
    }
    Ok(())
}

/// Where a picture of the screen is kept: in the build folder.
fn artefact(gimp: &Gimp, what: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join(format!("gimp-{}-{what}.png", gimp.version.number()))
}
