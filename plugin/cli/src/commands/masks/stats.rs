//! `reweave masks stats`: what a set of masks is like.

use std::path::PathBuf;
use std::process::ExitCode;

use rayon::prelude::*;
use reweave_masks::png::{Take, read_png};
use reweave_masks::statistics::{MaskStatistics, Row, table};
use reweave_masks::{MaskError, protocol};
use serde_json::json;

use super::{SetError, chart, files};
use crate::report::{fail, print_bytes};

/// Say what a folder's masks are like: shares of hole, contact with the border, sizes of holes
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder of masks (PNG, white is hole; folders below it too)
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// Print one JSON line for each row of the table
    #[arg(long)]
    json: bool,
    /// Draw it, too, to this file (SVG)
    #[arg(long, value_name = "FILE")]
    chart: Option<PathBuf>,
    /// Replace the drawing if it is there already
    #[arg(long, requires = "chart")]
    overwrite: bool,
    /// How near to the picture's edge a hole touches the border, in pixels
    #[arg(long, value_name = "PIXELS", default_value_t = protocol::BORDER)]
    border_width: usize,
}

impl Args {
    pub fn run(self) -> ExitCode {
        match self.statistics() {
            Ok(text) => print_bytes(text.as_bytes()),
            Err(error) => fail(error),
        }
    }

    fn statistics(&self) -> Result<String, SetError> {
        if let Some(file) = &self.chart {
            files::check_absent(file, self.overwrite)?;
        }
        let masks: Vec<MaskStatistics> = files::masks_in(&self.folder)?
            .par_iter()
            .map(|file| {
                let mask = read_png(file, Take::White)?;
                Ok(MaskStatistics::of(&mask, self.border_width))
            })
            .collect::<Result<_, MaskError>>()?;
        if let Some(file) = &self.chart {
            files::write(file, chart::svg(&masks).as_bytes())?;
        }
        let rows = table(&masks);
        Ok(if self.json {
            rows.iter().map(json_line).collect()
        } else {
            text_table(&rows)
        })
    }
}

fn json_line(row: &Row) -> String {
    format!("{}\n", json!(row))
}

fn text_table(rows: &[Row]) -> String {
    let mut text = format!(
        "{:>9} {:>7} {:>9} {:>9} {:>7} {:>6} {:>12}\n",
        "hole %", "masks", "at border", "away", "mean %", "holes", "largest %"
    );
    for row in rows {
        let (low, high) = row.percent;
        let name = match row.percent {
            (0, 100) => "all".to_owned(),
            _ => format!("{low}-{high}"),
        };
        let away = row.masks - row.touching;
        text += &format!("{name:>9} {:>7} {:>9} {away:>9}", row.masks, row.touching);
        if row.masks > 0 {
            text += &format!(
                " {:>7.1} {:>6} {:>12.1}",
                row.mean_percent, row.holes, row.largest_percent
            );
        }
        text += "\n";
    }
    text + "holes: connected ones in a mask; largest: the largest of them; both are medians\n"
}
