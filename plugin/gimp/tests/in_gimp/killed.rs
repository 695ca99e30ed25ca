//! The plug-in's process ends in the middle of a fill, as when the user presses GIMP's own button to cancel.

use crate::Test;
use crate::gimp::Gimp;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

pub const TESTS: &[(&str, Test)] = &[(
    "killed in the middle, GIMP lives and nothing has changed",
    killed,
)];

/// A large hole, filled four times over: long enough to be caught.
const SCRIPT: &str = "
(let* ((image (car (gimp-file-load RUN-NONINTERACTIVE \"/test/photo.png\"))) (layer (layer-of image)))
  (gimp-image-scale image 2400 1600)
  (select-ellipse image 400 300 1500 1000 0)
  (dump image layer \"before\")
  (say \"fill\" (refusal (lambda ()
    (plug-in-reweave-fill #:run-mode RUN-NONINTERACTIVE #:image image #:drawables (vector layer) #:passes 4))))
  (dump image layer \"after\")
  (say \"GIMP\" \"lives\"))";

fn killed(gimp: &Gimp) -> Result<(), String> {
    let place = gimp.place()?;
    let (mark, log) = (gimp.mark(&place.inside), place.out.join("complaints"));
    let (outcome, caught) = std::thread::scope(|scope| {
        let killer = scope.spawn(|| kill(&mark, &log));
        let outcome = gimp.script_in(place, SCRIPT);
        (outcome, killer.join().unwrap_or(false))
    });
    let outcome = outcome?;
    if !caught {
        return Err(format!(
            "the plug-in was never seen running: {}",
            outcome.complaints
        ));
    }
    if outcome.said.contains("fill: it did not fail") {
        return Err("the fill was done before it could be killed".into());
    }
    if !outcome.said.contains("GIMP: lives") {
        return Err(format!(
            "GIMP went with it: {}{}",
            outcome.said, outcome.complaints
        ));
    }
    if outcome.dump("before")? == outcome.dump("after")? {
        Ok(())
    } else {
        Err("something has changed".into())
    }
}

/// Kills the plug-in of the run with this mark as soon as its log says that it has read the pixels, which is when the fill
/// begins; `false` if that never came.
fn kill(mark: &str, log: &Path) -> bool {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(120) {
        if fs::read_to_string(log).is_ok_and(|log| log.contains("reweave: read")) {
            return filling(mark).is_some_and(|process| {
                let killed = Command::new("kill").args(["-9", &process]).status();
                killed.is_ok_and(|status| status.success())
            });
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    false
}

/// The process of the plug-in that is running its procedure in the run with this mark.
fn filling(mark: &str) -> Option<String> {
    for entry in fs::read_dir("/proc").ok()?.flatten() {
        let process = entry.file_name().to_string_lossy().into_owned();
        let words = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let words: Vec<&[u8]> = words.split(|byte| *byte == 0).collect();
        let ours = words
            .first()
            .is_some_and(|word| word.ends_with(b"plug-ins/reweave/reweave"));
        let variables = fs::read(entry.path().join("environ")).unwrap_or_default();
        let inside = variables
            .split(|byte| *byte == 0)
            .any(|variable| variable == mark.as_bytes());
        if ours && inside && words.contains(&b"-run".as_slice()) {
            return Some(process);
        }
    }
    None
}
