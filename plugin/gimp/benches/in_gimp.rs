//! Time from the call to the picture in real GIMPs: a 300 x 300 selection in a 24-megapixel photo.
//!
//! `cargo xtask bench` runs this and puts what it prints into docs/benchmarks.md.

#[path = "../tests/in_gimp/gimp.rs"]
#[allow(dead_code)]
mod gimp;
#[path = "../tests/in_gimp/picture.rs"]
#[allow(dead_code)]
mod picture;

use gimp::{Gimp, Version};

/// How often each is measured.
const ROUNDS: usize = 5;

/// Fills at several places of one large photo, each fill a process of its own, as from the menu.
const SCRIPT: &str = "
(define (now) (let ((time (gettimeofday))) (+ (car time) (/ (cadr time) 1000000))))
(let* ((image (car (gimp-file-load RUN-NONINTERACTIVE \"/test/photo.png\"))) (layer (layer-of image)))
  (gimp-image-scale image 6000 4000)
  (for-each (lambda (round)
      (gimp-image-select-rectangle image CHANNEL-OP-REPLACE (+ 400 (* round 900)) 2200 300 300)
      (let ((start (now)))
        (fill image layer)
        (say \"whole\" (- (now) start))))
    (list ROUNDS)))";

fn main() {
    println!("## In GIMP\n");
    println!(
        "A 300x300 selection in a 24-megapixel photo, from the call to the picture, without a window; {ROUNDS} fills one \
         after another, medians in seconds. The engine's part is opening the model, which each run of a plug-in does \
         anew, and the fill; GIMP's part is starting the plug-in, handing over pixels, merging them and keeping what \
         undo needs. In the dialog, the preview has done the engine's part before OK is pressed.\n"
    );
    println!(
        "| GIMP | whole | engine: model | engine: fill | GIMP: pixels in | GIMP: pixels out | GIMP: the rest |"
    );
    println!("|---|---|---|---|---|---|---|");
    for version in [Version::V3_0, Version::V3_2] {
        match measure(version) {
            Ok(row) => println!("| {} | {row} |", version.number()),
            Err(reason) => println!(
                "| {} | not measured: {reason} | | | | | |",
                version.number()
            ),
        }
    }
}

fn measure(version: Version) -> Result<String, String> {
    let gimp = Gimp::unpack(version)?;
    let rounds: Vec<String> = (0..ROUNDS).map(|round| round.to_string()).collect();
    let outcome = gimp.script(&SCRIPT.replace("ROUNDS", &rounds.join(" ")))?;
    let of = |text: &str, head: &str| -> Result<f64, String> {
        let mut seconds: Vec<f64> = text
            .lines()
            .filter_map(|line| {
                line.trim()
                    .strip_prefix(head)?
                    .split_whitespace()
                    .next()?
                    .parse()
                    .ok()
            })
            .collect();
        seconds.sort_by(f64::total_cmp);
        seconds
            .get(seconds.len() / 2)
            .copied()
            .ok_or_else(|| format!("no {head} in:\n{text}"))
    };
    let whole = of(&outcome.said, "whole: ")?;
    let part = |name: &str| of(&outcome.complaints, &format!("reweave: {name} "));
    let (model, read, fill, write) = (part("model")?, part("read")?, part("fill")?, part("write")?);
    let rest = whole - model - read - fill - write;
    Ok(format!(
        "{whole:.2} | {model:.2} | {fill:.2} | {read:.2} | {write:.2} | {rest:.2}"
    ))
}
