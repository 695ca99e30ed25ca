//! `reweave masks make`: a folder of masks.

use std::io::{ErrorKind, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use reweave_formats::{FileError, Problem};
use reweave_masks::set::MaskSet;
use reweave_masks::{MaskError, png, protocol};

use super::description::Words;
use super::files;
use crate::interrupt;
use crate::report::{fail, misused, print_line};

/// Masks of a folder at most: their names have five digits.
const MOST: i64 = 100_000;

/// Make a folder of masks: PNG of one bit a pixel, white is hole
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  A thousand masks with something of everything:
    reweave masks make masks
  Strokes that cover a tenth to a fifth of the picture and stay away from its edge:
    reweave masks make masks --kind strokes --ratio 10-20 --border free
  The 12,000 masks with which partial convolutions were tested:
    reweave masks make masks --protocol liu2018
  What a recipe trains with, in the size that it trains with:
    reweave masks make masks --kinds recipe.toml --size 256

The description of the set is written beside the masks, as masks.toml. Started again, the command
makes what is missing; a folder with another description is refused.")]
pub struct Args {
    /// The folder that the masks go to
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,

    #[command(flatten)]
    words: Words,

    /// How many masks [default: 1000]
    #[arg(
        short = 'n',
        long,
        value_name = "NUMBER",
        conflicts_with = "protocol",
        value_parser = clap::value_parser!(u32).range(1..=MOST),
        help_heading = "Set"
    )]
    count: Option<u32>,

    /// How many masks in each folder of the protocol [default: 1000]
    #[arg(
        long,
        value_name = "NUMBER",
        requires = "protocol",
        value_parser = clap::value_parser!(u32).range(1..=MOST),
        help_heading = "Set"
    )]
    per_bin: Option<u32>,
}

/// Why masks were not made.
#[derive(Debug, thiserror::Error)]
enum MakeError {
    #[error(transparent)]
    Mask(#[from] MaskError),
    #[error(transparent)]
    File(#[from] FileError),
    #[error("stopped; the same command goes on from here")]
    Stopped,
}

impl Args {
    pub fn run(self) -> ExitCode {
        let description = match self.words.describe() {
            Ok(described) => described,
            Err(error) => return misused(error),
        };
        let set = match MaskSet::new(description, Path::new("")) {
            Ok(set) => set,
            Err(error) => return misused(error),
        };
        interrupt::listen();
        let each = self.count.or(self.per_bin).unwrap_or(protocol::PER_BIN);
        let began = Instant::now();
        match try_first(&set)
            .and_then(|()| claim(&self.folder, &set))
            .and_then(|()| make(&self.folder, &set, each))
        {
            Ok(made) => {
                let all = set.description().cells.len() as u32 * each;
                let there = match all - made {
                    0 => String::new(),
                    there => format!(", {there} were there"),
                };
                print_line(format_args!(
                    "{}: {made} masks made in {:.1} s{there}",
                    self.folder.display(),
                    began.elapsed().as_secs_f32()
                ));
                ExitCode::SUCCESS
            }
            Err(error @ MakeError::Stopped) => {
                fail(error);
                ExitCode::from(interrupt::EXIT_STATUS)
            }
            Err(error) => fail(error),
        }
    }
}

/// Draws the first mask of each cell: what cannot be drawn is said before anything is written.
fn try_first(set: &MaskSet) -> Result<(), MakeError> {
    let cells = 0..set.description().cells.len();
    let draw = |cell| set.draw(cell, 0).map(drop);
    Ok(cells.into_par_iter().try_for_each(draw)?)
}

/// Writes the set's description into its folder, or finds that it is there already.
fn claim(folder: &Path, set: &MaskSet) -> Result<(), MakeError> {
    let path = folder.join("masks.toml");
    let text = toml::to_string(set.description())
        .map_err(|error| MaskError::Description(format!("no description: {error}")))?;
    let text = format!(
        "# How `reweave masks make` made the masks of this folder. `--kinds` takes it for another set.\n\n{text}"
    );
    match std::fs::read_to_string(&path) {
        Ok(there) if there == text => Ok(()),
        Ok(_) => {
            let problem = Problem::new(
                "describes other masks than are asked for",
                "name another folder, or ask for the same with the same seed and size",
            );
            Err(problem.of(&path).into())
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            if folder.exists() && !png::png_files(folder)?.is_empty() {
                let problem = Problem::new(
                    "has PNG pictures in it already, and no masks.toml that says what they are",
                    "name another folder",
                );
                return Err(problem.of(folder).into());
            }
            Ok(files::write(&path, text.as_bytes())?)
        }
        Err(error) => Err(Problem::io("read", &error).of(&path).into()),
    }
}

/// Makes the masks that are not there yet, `each` in each cell, on all cores; how many those were.
fn make(folder: &Path, set: &MaskSet, each: u32) -> Result<u32, MakeError> {
    let cells = &set.description().cells;
    for cell in cells {
        let folder = folder.join(&cell.folder);
        std::fs::create_dir_all(&folder)
            .map_err(|error| Problem::io("made as a folder", &error).of(&folder))?;
    }
    let bar = progress_bar(cells.len() as u64 * u64::from(each));
    let made = AtomicU32::new(0);
    let all = 0..cells.len() as u32 * each;
    let done = all.into_par_iter().try_for_each(|index| {
        let (cell, number) = ((index / each) as usize, index % each);
        if interrupt::asked() {
            return Err(MakeError::Stopped);
        }
        let path = folder
            .join(&cells[cell].folder)
            .join(format!("{number:05}.png"));
        if !path.exists() {
            put(&path, &png::to_png(&set.draw(cell, number)?)?)?;
            made.fetch_add(1, Ordering::Relaxed);
        }
        bar.inc(1);
        Ok(())
    });
    bar.finish_and_clear();
    done.map(|()| made.into_inner())
}

/// Writes a mask under a name of its own, then renames it. What a killed run leaves is written over by the next; thousands
/// of small files are not worth waiting for the disk after each.
fn put(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let unfinished = path.with_extension("unfinished");
    std::fs::write(&unfinished, bytes)
        .and_then(|()| std::fs::rename(&unfinished, path))
        .map_err(|error| Problem::io("written", &error).of(path))
}

fn progress_bar(masks: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} masks, {per_sec}, {eta} left");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(masks).with_style(style.progress_chars("━╸ "))
}
