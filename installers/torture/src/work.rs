//! The worker: makes the file of each case, has it read and filled, and says what came of it. It may die at any time.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use anyhow::Result;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use reweave::card::Card;
use reweave::{Channels, Depth, Device, Format, Hole, Model, Picture, Settings, Silent};
use reweave_formats::{Kind, Limits, WriteOptions, decode, encode};

use crate::mutate::{mutate, seal_png};
use crate::seeds::{self, SUBJECTS, Subject};

/// What promises more is refused before memory is taken.
const LIMITS: Limits = Limits {
    megapixels: 1,
    memory: 256 << 20,
};

/// What came of a case, the worst last. A worker that dies says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Refused in words.
    Refused,
    /// Read and filled, with nothing changed outside of the hole.
    Filled,
    /// A panic, which programs of ours turn into an error.
    Panicked,
    /// Filled, with pixels changed outside of the hole.
    Changed,
}

impl Outcome {
    pub const ALL: [Self; 4] = [Self::Refused, Self::Filled, Self::Panicked, Self::Changed];

    pub fn name(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Filled => "filled",
            Self::Panicked => "panicked",
            Self::Changed => "changed",
        }
    }
}

/// What every case needs.
struct Bench {
    folder: tempfile::TempDir,
    onnx: Vec<u8>,
    card: Card,
}

/// Does `count` cases from number `from` on.
pub fn cases(seed: u64, from: u64, count: u64) -> Result<()> {
    let bench = Bench::new()?;
    // Panics are counted; their traces would drown the table.
    std::panic::set_hook(Box::new(|_| {}));
    for case in from..from.saturating_add(count) {
        println!("case {case}");
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(case);
        let subject = SUBJECTS[case as usize % SUBJECTS.len()];
        let damage = |file: &mut Vec<u8>| mutate(file, &mut rng);
        let outcome = catch_unwind(AssertUnwindSafe(|| bench.case(subject, damage)));
        println!("{}", outcome.unwrap_or(Ok(Outcome::Panicked))?.name());
    }
    Ok(())
}

impl Bench {
    fn new() -> Result<Self> {
        let (onnx, card) = seeds::model()?;
        // Within the watcher's own, which outlives us.
        let folder = tempfile::tempdir()?;
        let bench = Self { folder, onnx, card };
        bench.lay(&bench.onnx, &serde_json::to_vec(&bench.card)?)?;
        Ok(bench)
    }

    /// Reads and fills a file after the damage.
    fn case(&self, subject: Subject, damage: impl FnOnce(&mut Vec<u8>)) -> Result<Outcome> {
        let card = || serde_json::to_vec(&self.card);
        match subject {
            Subject::Picture(kind, depth, channels) => {
                let mut file = seeds::picture_file(kind, depth, channels)?;
                damage(&mut file);
                if kind == Kind::Png {
                    seal_png(&mut file);
                }
                let Ok(mut document) = decode(Cursor::new(file), LIMITS) else {
                    return Ok(Outcome::Refused);
                };
                let model = Model::open(self.model(), Device::BuiltIn)?;
                let outcome = fill(&mut document.picture, &model);
                // What was read can be written again, or it is said why not.
                let mut again = Cursor::new(Vec::new());
                let _ = encode(&mut again, kind, document, WriteOptions::default());
                Ok(outcome)
            }
            Subject::Card => {
                let mut text = card()?;
                damage(&mut text);
                self.with(&self.onnx, &text)
            }
            Subject::Model => {
                let mut onnx = self.onnx.clone();
                damage(&mut onnx);
                self.with(&onnx, &card()?)
            }
        }
    }

    /// Opens and runs a model with its card, in each runtime there is, and puts the good ones back.
    fn with(&self, onnx: &[u8], card: &[u8]) -> Result<Outcome> {
        self.lay(onnx, card)?;
        let mut outcome = Outcome::Refused;
        let devices: &[Device] = match std::env::var_os("REWEAVE_ONNXRUNTIME") {
            Some(_) => &[Device::BuiltIn, Device::Cpu],
            None => &[Device::BuiltIn],
        };
        for &device in devices {
            let Ok(model) = Model::open(self.model(), device) else {
                continue;
            };
            let mut picture = seeds::picture(Format::srgb(Depth::U8, Channels::Rgb))?;
            // What one runtime does right excuses nothing in the other.
            outcome = outcome.max(fill(&mut picture, &model));
        }
        self.lay(&self.onnx, &serde_json::to_vec(&self.card)?)?;
        Ok(outcome)
    }

    fn lay(&self, onnx: &[u8], card: &[u8]) -> Result<()> {
        let model = self.model();
        std::fs::write(&model, onnx)?;
        Ok(std::fs::write(model.with_extension("json"), card)?)
    }

    fn model(&self) -> PathBuf {
        self.folder.path().join("small.onnx")
    }
}

/// Fills a hole in the middle and compares every byte outside of it.
fn fill(picture: &mut Picture, model: &Model) -> Outcome {
    let (width, height) = (picture.width(), picture.height());
    let is_hole = |x: usize, y: usize| x.abs_diff(width / 2) < 6 && y.abs_diff(height / 2) < 6;
    let mask = (0..width * height).map(|i| {
        if is_hole(i % width, i / width) {
            255
        } else {
            0
        }
    });
    let mask = Picture::from_bytes(
        mask.collect(),
        width,
        height,
        Format::srgb(Depth::U8, Channels::Grey),
    );
    let Ok(hole) = mask.and_then(|mask| Hole::from_mask(mask.view())) else {
        return Outcome::Refused;
    };
    let before = picture.clone();
    let filled = reweave::fill(
        &mut picture.view_mut(),
        &hole,
        model,
        &Settings::new(),
        &mut Silent,
    );
    let size = picture.format().pixel_bytes();
    let pixels = before
        .bytes()
        .chunks(size)
        .zip(picture.bytes().chunks(size));
    let changed = pixels.enumerate().any(|(i, (before, after))| {
        before != after && (filled.is_err() || !is_hole(i % width, i / width))
    });
    match (changed, filled) {
        (true, _) => Outcome::Changed,
        (false, Ok(_)) => Outcome::Filled,
        (false, Err(_)) => Outcome::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is refused undamaged would be refused for the wrong reason.
    #[test]
    fn without_damage_everything_is_filled() {
        let bench = Bench::new().unwrap();
        for subject in SUBJECTS {
            let outcome = bench.case(subject, |_| {}).unwrap();
            assert_eq!(outcome, Outcome::Filled, "{subject:?}");
        }
    }
}
