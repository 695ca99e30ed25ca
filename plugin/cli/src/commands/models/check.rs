//! `reweave models check`: does a model do what its card says?

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::report::{fail, print_line};
use reweave::{Channels, Depth, Device, Format, Hole, Model, Picture, Settings, Silent, zoo};

/// Check models: the card, the file's checksum, and a small fill
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Names or .onnx files [default: all that are found]
    #[arg(value_name = "MODEL")]
    models: Vec<String>,
}

impl Args {
    pub fn run(self, folders: &[PathBuf]) -> ExitCode {
        let mut failed = false;
        let mut models = Vec::new();
        for text in &self.models {
            match zoo::find(text, folders) {
                Ok(path) => models.push(path),
                Err(error) => {
                    fail(error);
                    failed = true;
                }
            }
        }
        if self.models.is_empty() {
            models = zoo::list(folders)
                .into_iter()
                .map(|found| found.path)
                .collect();
        }
        for path in &models {
            match check(path) {
                Ok(done) => print_line(format_args!("ok      {}: {done}", path.display())),
                Err(why) => {
                    print_line(format_args!("broken  {}: {why}", path.display()));
                    failed = true;
                }
            }
        }
        if models.is_empty() && !failed {
            return fail("there are no models to check");
        }
        if failed {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        }
    }
}

/// Opens the model (which compares it with its card) and runs it on a small picture; says what answered, or what is
/// wrong.
pub fn check(path: &Path) -> Result<String, reweave::Error> {
    let model = Model::open(path, Device::Cpu)?;
    trial(&model)?;
    let card = model.card();
    Ok(format!(
        "{}, runs on {}",
        card.shown_name(),
        model.answered_by()
    ))
}

/// Fills a square in a grey ramp. What comes back must be a picture.
fn trial(model: &Model) -> Result<(), reweave::Error> {
    const SIDE: usize = 96;
    let ramp: Vec<u8> = (0..SIDE * SIDE)
        .flat_map(|at| [(at % SIDE) as u8 + 80; 3])
        .collect();
    let inside = |at: usize| (32..64).contains(&(at % SIDE)) && (32..64).contains(&(at / SIDE));
    let mask: Vec<u8> = (0..SIDE * SIDE)
        .map(|at| if inside(at) { 255 } else { 0 })
        .collect();
    let mut picture =
        Picture::from_bytes(ramp, SIDE, SIDE, Format::srgb(Depth::U8, Channels::Rgb))?;
    let mask = Picture::from_bytes(mask, SIDE, SIDE, Format::srgb(Depth::U8, Channels::Grey))?;
    let hole = Hole::from_mask(mask.view())?;
    reweave::fill(
        &mut picture.view_mut(),
        &hole,
        model,
        &Settings::new(),
        &mut Silent,
    )?;
    Ok(())
}
