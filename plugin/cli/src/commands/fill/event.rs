//! The lines that `reweave fill --json` prints. Fields may be added; none is renamed or removed.

use std::path::Path;

use reweave::{Report, RuntimeReport};
use serde::{Serialize, Serializer};

/// One line.
#[derive(Debug, Serialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum Event<'a> {
    /// Work on a picture begins.
    Begin {
        picture: Name<'a>,
        mask: Option<Name<'a>>,
        output: Name<'a>,
    },
    /// How far a picture is, 0 to 1; at most five times a second.
    Progress {
        picture: Name<'a>,
        done: f32,
        doing: &'a str,
    },
    /// A picture was filled and written.
    Filled {
        picture: Name<'a>,
        output: Name<'a>,
        width: usize,
        height: usize,
        pixels: usize,
        pixels_of_other_frames: usize,
        regions: usize,
        specks: usize,
        seconds: Seconds,
        method: &'a str,
        why: &'a str,
        answered_by: AnsweredBy<'a>,
        notes: &'a [String],
    },
    /// A picture's hole was empty; it was copied.
    Unchanged {
        picture: Name<'a>,
        output: Name<'a>,
        notes: &'a [String],
    },
    /// The result was there already.
    Skipped { picture: Name<'a>, output: Name<'a> },
    /// There is no result.
    Failed {
        picture: Name<'a>,
        output: Name<'a>,
        error: &'a str,
    },
    /// Ctrl-C; so many pictures were not done.
    Interrupted { left: usize },
    /// All is done.
    End {
        filled: usize,
        unchanged: usize,
        skipped: usize,
        failed: Vec<Name<'a>>,
        seconds: f64,
    },
}

/// A file's name. JSON is Unicode, file names need not be: what is not is replaced by \u{fffd}.
#[derive(Debug, Clone, Copy)]
pub struct Name<'a>(pub &'a Path);

impl Serialize for Name<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.display())
    }
}

/// Where the engine's time went.
#[derive(Debug, Serialize)]
pub struct Seconds {
    plan: f64,
    read: f64,
    network: f64,
    texture: f64,
    blend: f64,
    total: f64,
}

impl From<&Report> for Seconds {
    fn from(report: &Report) -> Self {
        let seconds = report.seconds;
        Self {
            plan: seconds.plan,
            read: seconds.read,
            network: seconds.network,
            texture: seconds.texture,
            blend: seconds.blend,
            total: seconds.total(),
        }
    }
}

/// What ran the network, and why nothing better did.
#[derive(Debug, Serialize)]
pub struct AnsweredBy<'a> {
    runtime: &'a str,
    provider: &'a str,
    version: &'a str,
    why_not_better: &'a [String],
    /// How fast the card that answered is with this model, beside the processor; where one answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    measured: Option<&'a str>,
}

impl<'a> From<&'a RuntimeReport> for AnsweredBy<'a> {
    fn from(report: &'a RuntimeReport) -> Self {
        Self {
            runtime: &report.runtime,
            provider: &report.provider,
            version: &report.version,
            why_not_better: &report.why_not_better,
            measured: report.measured.as_deref(),
        }
    }
}
