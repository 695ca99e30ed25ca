//! One contestant: the engine with one model, filling scenes on request.

use crate::{memory, scene};
use anyhow::{Context, Result};
use reweave::{Hole, Model, Settings, Silent};
use serde_json::json;
use std::io::{self, BufRead, Write};
use std::path::Path;
use std::time::Instant;

/// Answers each line `WIDTH HEIGHT CUT [SETTING=VALUE]...` with one line of JSON: the seconds of the fill and where they
/// went.
pub fn serve(model: &Path) -> Result<()> {
    let model = Model::open(model, Settings::new().device)?;
    let mut last = None;
    say(&json!({ "runtime": model.answered_by().to_string() }))?;
    for line in io::stdin().lock().lines() {
        let line = line?;
        let words: Vec<&str> = line.split_whitespace().collect();
        let [width, height, cut, changes @ ..] = &words[..] else {
            anyhow::bail!("'{line}' is not WIDTH HEIGHT CUT [SETTING=VALUE]...");
        };
        let mut settings = Settings::new();
        for change in changes {
            let (id, value) = change.split_once('=').context("a setting without =")?;
            settings.set(id, value)?;
        }
        // The same picture again: filling what is filled takes the same time, and making it takes some.
        let (asked, picture, hole) = match last.take() {
            Some((asked, picture, hole)) if asked == line => (asked, picture, hole),
            _ => {
                let (width, height) = (width.parse()?, height.parse()?);
                let picture = scene::picture(width, height)?;
                let mask = scene::mask(width, height, cut.parse()?)?;
                (line.clone(), picture, Hole::from_mask(mask.view())?)
            }
        };
        let (asked, mut picture, hole): (String, reweave::Picture, Hole) = (asked, picture, hole);
        let before = memory::now();
        let start = Instant::now();
        let report = reweave::fill(
            &mut picture.view_mut(),
            &hole,
            &model,
            &settings,
            &mut Silent,
        )
        .context("the fill failed")?;
        let seconds = start.elapsed().as_secs_f64();
        say(&json!({
            "seconds": seconds,
            "plan": report.seconds.plan,
            "read": report.seconds.read,
            "network": report.seconds.network,
            "texture": report.seconds.texture,
            "blend": report.seconds.blend,
            "regions": report.regions,
            "specks": report.specks,
            "pixels": report.pixels,
            "before": before,
            "peak": memory::peak(),
        }))?;
        last = Some((asked, picture, hole));
    }
    Ok(())
}

fn say(answer: &serde_json::Value) -> Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{answer}")?;
    Ok(out.flush()?)
}
