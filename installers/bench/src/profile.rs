//! Where the time of a large hole goes: which stage would be worth making faster.

use crate::Setup;
use crate::contest::quantile;
use crate::entrants::{Entrant, Runtime, engine};
use crate::page::{Page, mebibytes};
use crate::scene::Cut;
use anyhow::{Context, Result};
use serde_json::Value;

/// A picture of 48 megapixels.
const PICTURE: (usize, usize) = (8000, 6000);
/// Sides of the squares that are filled; the last one has 20 megapixels.
const SIDES: [usize; 4] = [500, 1000, 2000, 4472];
/// The stages, as the worker names them.
const STAGES: [&str; 5] = ["plan", "read", "network", "texture", "blend"];

/// A table over the side of the hole.
pub fn of_large_holes(page: &mut Page, setup: &Setup, entrant: &Entrant) -> Result<()> {
    page.table(
        "Where the time of a large hole goes",
        &format!(
            "Model `{}`, square holes in a picture of {}x{}, filled as by default. Seconds of each stage; copying patches \
             counts as texture.",
            entrant.name, PICTURE.0, PICTURE.1
        ),
        &["hole", "plan", "read", "network", "texture", "blend", "in all", "MiB at most"],
    );
    for side in SIDES {
        eprintln!("profile: {side}x{side}");
        let request = format!("{} {} {}", PICTURE.0, PICTURE.1, Cut::Square(side));
        let mut engine = engine(setup, &entrant.file, Runtime::Onnxruntime)?;
        let runs: Vec<Value> = (0..setup.rounds.max(1))
            .map(|_| engine.ask(&request))
            .collect::<Result<_>>()?;
        let seconds = |what: &str| -> Result<String> {
            let seconds = runs.iter().map(|run| run[what].as_f64());
            let seconds: Option<Vec<f64>> = seconds.collect();
            let seconds = seconds.with_context(|| format!("an answer without {what}"))?;
            Ok(format!("{:.3}", quantile(&seconds, 0.5)))
        };
        let mut line = vec![format!("{side}x{side}")];
        for stage in STAGES {
            line.push(seconds(stage)?);
        }
        line.push(seconds("seconds")?);
        line.push(mebibytes(&runs[0]["peak"]));
        page.line(&line);
    }
    Ok(())
}
