//! `reweave fill`: what the masks cover is filled, picture after picture.

mod destination;
mod error;
mod event;
mod hole;
mod inputs;
mod one;
mod propagate;
mod reader;
mod reading;
mod reporter;
mod settings_flags;
mod sketch;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use reweave::{Transfer, zoo};
use reweave_formats::Limits;

use super::runtime_choice::RuntimeChoice;
use crate::guard::guarded;
use crate::jobs::frames::Frames;
use crate::jobs::shot::{self, Shot};
use crate::jobs::{self, Job, JobsError, Request, is_pipe, leftovers};
use crate::report::{fail, misused};
use crate::{interrupt, models_folders};

use error::FillError;
use hole::HoleFrom;
use one::{Filler, Outcome};
use propagate::{Propagation, Sources};
use reader::Reader;
use reading::Reading;
use reporter::{Reporter, Voice};
use settings_flags::SettingsFlags;

/// Fill what a mask covers.
///
/// White in the mask is filled, black stays bit for bit as it is, grey blends. Depth, colour profile and metadata are
/// kept. Reads and writes PNG (8, 16 bits), JPEG, TIFF (8, 16 bits, half, float), WebP and OpenEXR (half, float).
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "reweave fill [OPTIONS] PICTURE... --mask MASK --output OUTPUT",
    after_help = EXAMPLES,
    after_long_help = EXAMPLES
)]
pub struct Args {
    /// Pictures: files, folders, globs ('holiday/*.jpg'), a pattern (shot.%04d.exr, with --frames), or - for standard input
    #[arg(required = true, value_name = "PICTURE")]
    pictures: Vec<PathBuf>,

    /// The mask: a file for all pictures, a folder of masks named like them, or a pattern ('masks/{stem}.png')
    #[arg(
        short,
        long,
        value_name = "MASK",
        help_heading = "Hole",
        required_unless_present = "hole"
    )]
    mask: Option<PathBuf>,

    /// Take the hole from the picture itself: `alpha` (transparent is filled) or a colour, `colour:#ff00ff`
    #[arg(
        long,
        value_name = "FROM",
        conflicts_with = "mask",
        help_heading = "Hole"
    )]
    hole: Option<HoleFrom>,

    /// How far each channel may be from the colour of --hole [0 to 255, in 8-bit steps]
    #[arg(long, value_name = "STEPS", default_value_t = 2.0, help_heading = "Hole", value_parser = tolerance)]
    tolerance: f32,

    /// Fill what is black in the mask instead of what is white
    #[arg(long, help_heading = "Hole")]
    invert: bool,

    /// Lines that the fill is to follow inside the hole, drawn on transparent, black or white: a file, a folder or a pattern as
    /// for --mask; for models that are guided
    #[arg(long, value_name = "LINES", help_heading = "Hole")]
    sketch: Option<PathBuf>,

    /// Where results go: a file, a folder, a pattern ('filled/{stem}.png'), or - for standard output; the extension decides the format
    #[arg(
        short,
        long,
        value_name = "OUTPUT",
        required = true,
        help_heading = "Result"
    )]
    output: PathBuf,

    /// Write over results that are already there, instead of skipping them
    #[arg(long, help_heading = "Result")]
    overwrite: bool,

    /// Write JPEG with this quality, or WebP with loss [1 to 100; default: JPEG its own or 95, WebP without loss]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u8).range(1..=100), help_heading = "Result")]
    quality: Option<u8>,

    /// Which frames of a pattern: 1001-1100, 1-9x2 (every second), 1,5,9-12 [default: those on the disk]
    #[arg(long, value_name = "FRAMES", help_heading = "Pictures")]
    frames: Option<Frames>,

    /// Take what so many earlier frames show behind the hole, moved along with the camera; only what none shows is
    /// predicted [0 to 100]
    #[arg(long, value_name = "NUMBER", default_value_t = 0, help_heading = "Shots", value_parser = neighbours())]
    frames_before: u32,

    /// The same of so many later frames [0 to 100]
    #[arg(long, value_name = "NUMBER", default_value_t = 0, help_heading = "Shots", value_parser = neighbours())]
    frames_after: u32,

    /// For a camera that stands still or moves a little: fill this frame, and use its fill in all of them
    #[arg(long, value_name = "FRAME", help_heading = "Shots", conflicts_with_all = ["frames_before", "frames_after"])]
    hold: Option<u32>,

    /// Take the pictures in the folders below, too
    #[arg(short, long, help_heading = "Pictures")]
    recursive: bool,

    /// How the numbers of the pictures relate to light
    #[arg(long, value_enum, default_value_t = TransferChoice::Auto, value_name = "WHICH", help_heading = "Pictures")]
    transfer: TransferChoice,

    /// Refuse pictures that say they are larger [1 to 100000 megapixels]
    #[arg(long, value_name = "NUMBER", default_value_t = 500, help_heading = "Pictures",
        value_parser = clap::value_parser!(u32).range(1..=100_000))]
    max_megapixels: u32,

    /// Refuse files that ask for more memory: for pixels, channels and metadata of one file [MiB or GiB]
    #[arg(long, value_name = "SIZE", default_value = "4GiB", help_heading = "Pictures", value_parser = reading::memory)]
    max_memory: u64,

    /// Refuse pictures and masks of which pixels are missing, instead of warning
    #[arg(long, help_heading = "Pictures")]
    strict: bool,

    /// Search this folder for models first
    #[arg(long, value_name = "FOLDER", help_heading = "Fill")]
    models_folder: Option<PathBuf>,

    #[command(flatten, next_help_heading = "Fill")]
    runtime: RuntimeChoice,

    #[command(flatten)]
    settings: SettingsFlags,

    /// Print one JSON line for each step, for scripts
    #[arg(long, help_heading = "Messages")]
    json: bool,

    /// Print only what went wrong
    #[arg(short, long, help_heading = "Messages", conflicts_with = "json")]
    quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  Remove what is white in mask.png:
    reweave fill photo.jpg --mask mask.png -o filled.jpg
  A folder of pictures, each with its mask:
    reweave fill scans --mask masks -o restored
    reweave fill 'scans/*.tif' --mask 'scans/masks/{stem}.png' -o 'restored/{stem}.tif'
  A roof that goes on behind what is removed, along lines that you draw:
    reweave fill photo.jpg --mask mask.png --sketch lines.png -o filled.jpg
  A shot with a matte for each frame:
    reweave fill shot.%04d.exr --frames 1001-1100 --mask matte.%04d.exr -o clean.%04d.exr
  The same, with the real background where eight frames on each side show it:
    reweave fill shot.%04d.exr --mask matte.%04d.exr -o clean.%04d.exr --frames-before 8 --frames-after 8
  What is transparent, or pure magenta, in the picture itself:
    reweave fill cutout.png --hole alpha -o filled.png
    reweave fill marked.png --hole colour:#ff00ff -o filled.png
  In a pipe, in the format that comes in:
    curl … | reweave fill - --mask mask.png -o - | …

Results that are already there are skipped (see --overwrite). A link is followed; pipes and devices
are not written over. A picture that fails does not stop the others. Exit status: 0 all done or
nothing to do, 1 a picture failed, 2 the command line does not add up, 130 stopped by Ctrl-C.";

/// How numbers relate to light.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum TransferChoice {
    /// As the format has it: float is linear, integers are sRGB
    Auto,
    /// Encoded with the sRGB curve or one near it
    Srgb,
    /// Proportional to light
    Linear,
}

impl TransferChoice {
    fn known(self) -> Option<Transfer> {
        match self {
            Self::Auto => None,
            Self::Srgb => Some(Transfer::Srgb),
            Self::Linear => Some(Transfer::Linear),
        }
    }
}

/// How many frames on one side may be source frames.
fn neighbours() -> clap::builder::RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(0..=100)
}

fn tolerance(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(steps) if (0.0..=255.0).contains(&steps) => Ok(steps),
        _ => Err("it is no number from 0 to 255".into()),
    }
}

impl Args {
    pub fn run(self) -> ExitCode {
        let settings = self.settings.clone().into_settings();
        let jobs = jobs::plan(&Request {
            inputs: &self.pictures,
            frames: self.frames.as_ref(),
            recursive: self.recursive,
            mask: self.mask.as_deref(),
            sketch: self.sketch.as_deref(),
            output: &self.output,
        });
        let jobs = match jobs {
            Ok(jobs) => jobs,
            Err(error @ JobsError::NothingLeft { .. }) => return fail(error),
            Err(error) => return misused(error),
        };
        let propagation = match self.propagation(&jobs) {
            Ok(propagation) => propagation,
            Err(error) => return misused(error),
        };
        if self.json && is_pipe(&self.output) {
            return misused("--json and the result cannot both go to standard output");
        }
        let folders = models_folders::folders(self.models_folder.as_deref());
        let model = match zoo::choose(&settings, |name| zoo::find(name, &folders)) {
            Ok(model) => model,
            Err(error) => return misused(error),
        };
        self.runtime.apply();
        interrupt::listen();
        clear_leftovers(&jobs);
        let reporter = Reporter::new(self.voice(), jobs.len());
        let options = one::Options {
            overwrite: self.overwrite,
            quality: self.quality,
        };
        let reader = Reader::new(self.reader_options());
        let filler = Filler::new(settings, model, options, reader, propagation);
        run_jobs(&jobs, filler, reporter)
    }

    fn voice(&self) -> Voice {
        match (self.json, self.quiet) {
            (true, _) => Voice::Json,
            (_, true) => Voice::Quiet,
            _ if is_pipe(&self.output) => Voice::Aside,
            _ => Voice::People,
        }
    }

    /// Where frames of the shot are to be asked what is behind the hole.
    fn propagation(&self, jobs: &[Job]) -> Result<Option<Propagation>, JobsError> {
        let (before, after) = (self.frames_before, self.frames_after);
        let sources = match self.hold {
            Some(held) => Sources::Held(held),
            None if before + after > 0 => Sources::Neighbours { before, after },
            None => return Ok(None),
        };
        let shot = Shot::of(&self.pictures, self.mask.as_deref())?;
        shot::check_apart(jobs)?;
        if let Some(held) = self.hold {
            shot.check_has(held)?;
        }
        Ok(Some(Propagation::new(shot, sources)))
    }

    fn reader_options(&self) -> reader::Options {
        reader::Options {
            transfer: self.transfer.known(),
            reading: Reading {
                limits: Limits {
                    megapixels: self.max_megapixels,
                    memory: self.max_memory,
                },
                strict: self.strict,
            },
            hole: self.hole.clone(),
            tolerance: self.tolerance / 255.0,
            invert: self.invert,
        }
    }
}

fn run_jobs(jobs: &[Job], mut filler: Filler, mut reporter: Reporter) -> ExitCode {
    for (number, job) in jobs.iter().enumerate() {
        if interrupt::asked() {
            reporter.interrupted(jobs.len() - number);
            return ExitCode::from(interrupt::EXIT_STATUS);
        }
        reporter.begin(job);
        let done = guarded(|| filler.fill(job, &mut reporter))
            .unwrap_or_else(|why| Err(FillError::Broken(why)));
        match done {
            Ok(Outcome::Filled(done)) => reporter.filled(job, &done),
            Ok(Outcome::Unchanged(notes)) => reporter.unchanged(job, &notes),
            Ok(Outcome::Skipped) => reporter.skipped(job),
            Err(FillError::Cancelled) => {
                reporter.interrupted(jobs.len() - number);
                return ExitCode::from(interrupt::EXIT_STATUS);
            }
            Err(error) => {
                reporter.failed(job, &error);
                if matches!(error, FillError::Model(_)) {
                    reporter.gave_up(jobs.len() - number - 1);
                    break;
                }
            }
        }
    }
    reporter.end()
}

/// Clears what killed runs have left where the results go.
fn clear_leftovers(jobs: &[Job]) {
    let folders = jobs
        .iter()
        .filter(|job| !is_pipe(&job.output))
        .filter_map(|job| jobs::identity::of(&job.output).parent().map(Path::to_owned));
    for folder in folders.collect::<std::collections::BTreeSet<_>>() {
        leftovers::clear(&folder);
    }
}
