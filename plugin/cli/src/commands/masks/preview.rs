//! `reweave masks preview`: a contact sheet.

use std::path::PathBuf;
use std::process::ExitCode;

use reweave_masks::Mask;
use reweave_masks::png::{Take, read_png, sheet_to_png};
use reweave_masks::sheet::sheet;

use super::{SetError, files};
use crate::report::{fail, print_line};

/// Write a contact sheet of a folder's masks
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder of masks (PNG, white is hole; folders below it too)
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// The picture to write (PNG)
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Replace the picture if it is there already
    #[arg(long)]
    overwrite: bool,
    /// How many masks, evenly taken from all
    #[arg(short = 'n', long, value_name = "NUMBER", default_value_t = 60, value_parser = clap::value_parser!(u16).range(1..=5000))]
    count: u16,
    /// Masks side by side
    #[arg(long, value_name = "NUMBER", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=100))]
    columns: u16,
    /// The longer side of each, in pixels
    #[arg(long, value_name = "PIXELS", default_value_t = 128, value_parser = clap::value_parser!(u16).range(8..=1024))]
    side: u16,
}

impl Args {
    pub fn run(self) -> ExitCode {
        match self.preview() {
            Ok(count) => {
                print_line(format_args!("{}: {count} masks", self.output.display()));
                ExitCode::SUCCESS
            }
            Err(error) => fail(error),
        }
    }

    fn preview(&self) -> Result<usize, SetError> {
        files::check_absent(&self.output, self.overwrite)?;
        let files = files::masks_in(&self.folder)?;
        let count = files.len().min(self.count.into());
        let chosen = (0..count).map(|i| &files[i * files.len() / count]);
        let masks: Vec<Mask> = chosen
            .map(|file| read_png(file, Take::White))
            .collect::<Result<_, _>>()?;
        let sheet = sheet(&masks, self.columns.into(), self.side.into());
        files::write(&self.output, &sheet_to_png(&sheet)?)?;
        Ok(count)
    }
}
