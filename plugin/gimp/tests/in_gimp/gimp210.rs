//! The system's own GIMP 2.10, where it has one: the fill without a dialog.

use crate::gimp::put_plug_in;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Fills in place, into a new layer, and where nothing is selected; saves what each gives.
const SCRIPT: &str = r#"
(define (save image name)
  (let ((copy (car (gimp-image-duplicate image))))
    (gimp-selection-none copy)
    (file-ppm-save RUN-NONINTERACTIVE copy (car (gimp-image-flatten copy)) (string-append "FOLDER/" name) name TRUE)
    (gimp-image-delete copy)))
(let* ((image (car (gimp-file-load RUN-NONINTERACTIVE "FOLDER/photo.png" "photo.png")))
       (layer (car (gimp-image-get-active-drawable image))))
  (gimp-image-crop image 240 200 120 80)
  (save image "before.ppm")
  (gimp-context-set-antialias FALSE)
  (gimp-image-select-rectangle image CHANNEL-OP-REPLACE 90 60 70 60)
  (plug-in-reweave-fill RUN-NONINTERACTIVE image layer "output=new-layer")
  (display (string-append "layers: " (number->string (car (gimp-image-get-layers image)))))
  (gimp-image-remove-layer image (car (gimp-image-get-active-layer image)))
  (save image "untouched.ppm")
  (plug-in-reweave-fill RUN-NONINTERACTIVE image layer "passes=2")
  (save image "filled.ppm")
  (gimp-selection-none image)
  (plug-in-reweave-fill RUN-NONINTERACTIVE image layer ""))
"#;

/// The pixels of a picture that GIMP saved as raw PPM, 3 bytes each.
fn pixels(file: &Path) -> Result<Vec<u8>, String> {
    let bytes = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let size = 240 * 200 * 3;
    let start = bytes
        .len()
        .checked_sub(size)
        .ok_or_else(|| format!("{} is too short", file.display()))?;
    Ok(bytes[start..].to_vec())
}

/// Runs it, if the system has a GIMP 2.10.
pub fn test() -> Result<(), String> {
    let version = Command::new("gimp")
        .arg("--version")
        .stderr(Stdio::null())
        .output();
    let version = version
        .map(|answer| String::from_utf8_lossy(&answer.stdout).into_owned())
        .unwrap_or_default();
    if !version.contains("2.10.") {
        println!("\nskipped: GIMP 2.10: this system has none");
        return Ok(());
    }
    let home = tempfile::tempdir().map_err(|error| error.to_string())?;
    let plug_in = home.path().join(".config/GIMP/2.10/plug-ins/reweave");
    put_plug_in(&plug_in).map_err(|error| error.to_string())?;
    let photo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/examples/coffee.png");
    fs::copy(photo, home.path().join("photo.png")).map_err(|error| error.to_string())?;
    let script = SCRIPT.replace("FOLDER", &home.path().to_string_lossy());
    fs::write(home.path().join("script.scm"), script).map_err(|error| error.to_string())?;
    let answer = Command::new("gimp")
        .args(["-i", "-d", "-f", "-b"])
        .arg(format!(
            "(load \"{}\")",
            home.path().join("script.scm").display()
        ))
        .args(["-b", "(gimp-quit 0)"])
        .env("HOME", home.path())
        .env_remove("XDG_CONFIG_HOME")
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&answer.stdout).into_owned()
        + &String::from_utf8_lossy(&answer.stderr);
    for words in ["layers: 2", "Nothing is selected"] {
        if !said.contains(words) {
            return Err(format!("GIMP does not say \"{words}\", but: {said}"));
        }
    }
    let file = |name: &str| pixels(&home.path().join(name));
    let before = file("before.ppm")?;
    if before != file("untouched.ppm")? {
        return Err("filling into a new layer has changed the layer itself".into());
    }
    let filled = file("filled.ppm")?;
    let changed =
        |index: usize| before[3 * index..3 * index + 3] != filled[3 * index..3 * index + 3];
    let inside =
        |index: usize| (90..160).contains(&(index % 240)) && (60..120).contains(&(index / 240));
    let outside = (0..240 * 200)
        .filter(|index| changed(*index) && !inside(*index))
        .count();
    let within = (0..240 * 200)
        .filter(|index| changed(*index) && inside(*index))
        .count();
    if outside == 0 && within > 70 * 60 * 9 / 10 {
        Ok(())
    } else {
        Err(format!(
            "{within} pixels have changed in the selection and {outside} outside"
        ))
    }
}
