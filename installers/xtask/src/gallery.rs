//! `cargo xtask gallery`: fills pictures by our models and by the peers, on a page to compare them pixel by pixel.

use crate::bench::Bench;
use anyhow::{Result, ensure};
use std::path::PathBuf;

/// What `cargo xtask gallery` can be told.
#[derive(clap::Args)]
pub struct Arguments {
    /// The pictures: NN.webp with masks NN_narrow.png and NN_wide.png
    #[arg(value_name = "FOLDER")]
    pictures: PathBuf,
    /// Another folder to write than target/gallery
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

/// Makes it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let bench = Bench::build()?;
    let folder = || bench.house.target.join("gallery");
    let out = arguments.out.clone().unwrap_or_else(folder);
    let mut command = bench.command("gallery")?;
    command.arg("--pictures").arg(&arguments.pictures);
    command.arg("--out").arg(&out);
    let status = command.status()?;
    ensure!(status.success(), "the gallery failed ({status})");
    Ok(())
}
