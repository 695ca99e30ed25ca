//! GIMP in a window: menu, dialog, preview, undo, repeat, cancel. The pictures of the screen stay in the build folder.

use crate::Test;
use crate::gimp::Gimp;
use crate::picture::change;
use crate::screen::Screen;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

pub const TESTS: &[(&str, Test)] = &[("menu, dialog, preview, undo, repeat, cancel in a window", window)];

/// The part of the screen where the dialog shows the fill: it opens at the top left corner, as there is no window manager.
const AFTER: &str = "200x150+40+320";

/// The script shows a photo and then writes down what the layer is whenever the test asks for it.
const SCRIPT: &str = "
(let* ((image (open-photo)) (layer (layer-of image)))
  (gimp-image-clean-all image)
  (gimp-display-new image)
  (select-hole image)
  (gimp-displays-flush)
  (for-each (lambda (step)
      (plug-in-reweave-test-wait #:run-mode RUN-NONINTERACTIVE #:image image #:drawables (vector layer)
                                 #:file (string-append folder \"go-\" step))
      (dump image layer step))
    (list \"before\" \"filled\" \"undone\" \"repeated\" \"cancelled\")))";

/// A running GIMP, which ends with this value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Lets the script write a dump and waits for it.
fn dump(out: &Path, step: &str) -> Result<crate::picture::Dump, String> {
    fs::write(out.join(format!("go-{step}")), "").map_err(|error| error.to_string())?;
    let file = out.join(step);
    let start = Instant::now();
    while !file.exists() {
        if start.elapsed() > Duration::from_secs(60) {
            return Err(format!("no dump {step}"));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    crate::picture::Dump::read(&file).map_err(|error| error.to_string())
}

fn window(gimp: &Gimp) -> Result<(), String> {
    let screen = match Screen::start() {
        Ok(screen) => screen,
        Err(reason) => {
            println!("\nskipped: {reason}");
            return Ok(());
        }
    };
    let (out, inside) = gimp.place().map_err(|error| error.to_string())?;
    let script = format!("(define folder \"{inside}/\")\n(load \"/test/prelude.scm\")\n{SCRIPT}");
    fs::write(out.join("script.scm"), script).map_err(|error| error.to_string())?;
    let mut command = gimp.command(&inside);
    command
        .arg(format!("DISPLAY={}", screen.display()))
        .args(["GDK_BACKEND=x11", "NO_AT_BRIDGE=1", "gimp", "-n", "-s", "-d"])
        .args(["--batch-interpreter", "plug-in-script-fu-eval", "-b"])
        .arg(format!("(load \"{inside}/script.scm\")"));
    let log = |name: &str| fs::File::create(out.join(name)).map_err(|error| error.to_string());
    let child = command.stdin(Stdio::null()).stdout(log("said")?).stderr(log("complaints")?).spawn();
    let _running = Running(child.map_err(|error| error.to_string())?);

    let result = drive(gimp, &screen, &out);
    if result.is_err() {
        screen.shoot(&artefact(gimp, "failure"))?;
    }
    let complaints = || fs::read_to_string(out.join("complaints")).unwrap_or_default();
    result.map_err(|problem| format!("{problem}\n{}", complaints()))
}

fn drive(gimp: &Gimp, screen: &Screen, out: &Path) -> Result<(), String> {
    let image = screen.window("photo")?;
    let before = dump(out, "before")?;

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
    let filled = dump(out, "filled")?;
    change(&before, &filled)?.is_a_fill()?;
    screen.shoot(&artefact(gimp, "filled"))?;

    screen.press(&image, &["ctrl+z"])?;
    std::thread::sleep(Duration::from_secs(2));
    if dump(out, "undone")? != before {
        return Err("undo does not bring back what was".into());
    }

    // Repeat the last filter with the same values: the same fill.
    screen.press(&image, &["ctrl+f"])?;
    let start = Instant::now();
    std::thread::sleep(Duration::from_secs(8));
    let repeated = dump(out, "repeated")?;
    if repeated != filled {
        return Err(format!("repeating gave another fill: {:?} ({:?})", change(&before, &repeated)?, start.elapsed()));
    }

    // Show the dialog again and leave it.
    screen.press(&image, &["ctrl+shift+f"])?;
    let dialog = screen.window("Content-Aware Fill")?;
    std::thread::sleep(Duration::from_secs(1));
    screen.press(&dialog, &["Escape"])?;
    screen.window_gone("Content-Aware Fill")?;
    if dump(out, "cancelled")? != repeated {
        return Err("leaving the dialog has changed the layer".into());
    }
    let known = fs::read_to_string(out.join("profile/pluginrc")).map_err(|error| error.to_string())?;
    for path in ["<Image>/Filters/Enhance", "<Image>/Edit"] {
        if !known.contains(path) {
            return Err(format!("no entry in the menu {path}"));
        }
    }
    Ok(())
}

/// Where a picture of the screen is kept: in the build folder.
fn artefact(gimp: &Gimp, what: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("gimp-{}-{what}.png", gimp.version.number()))
}
