//! `reweave-bench`: measures what docs/benchmarks.md says, and makes a gallery to look at. Started by `cargo xtask bench`
//! and `cargo xtask gallery`, which fetch the peers.
//!
//! The machine that it runs on is never quiet, so nothing is measured alone: what is compared runs in turns, and the
//! number given is the median of the ratios of neighbours. Each contestant is a process of its own, so that none
//! shares threads, memory or a session with another.

mod contest;
mod contestant;
mod dust;
mod entrants;
mod fills;
mod gallery;
mod machine;
mod memory;
mod page;
mod profile;
mod report;
mod scene;
mod scores;
mod sizes;
mod speed;
mod worker;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Measures the engine against bare sessions and peers.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    part: Part,
}

#[derive(Subcommand)]
enum Part {
    /// Run all contests and write the report
    Report(Setup),
    /// Fill pictures by all methods, and write a page to compare them on
    Gallery(gallery::Arguments),
    /// Be one contestant: fill scenes with MODEL on request (started by the report)
    Worker {
        /// The .onnx file or its card
        model: PathBuf,
    },
}

/// Programs, libraries and models, ours and the peers'.
#[derive(clap::Args)]
struct Tools {
    /// The folder of our models
    #[arg(long)]
    models: PathBuf,
    /// A Python with onnxruntime and OpenCV
    #[arg(long)]
    python: PathBuf,
    /// The shared library of ONNX Runtime
    #[arg(long)]
    onnxruntime: PathBuf,
    /// The command reweave
    #[arg(long)]
    reweave: PathBuf,
    /// MI-GAN's ONNX file
    #[arg(long)]
    migan: Option<PathBuf>,
}

/// What the contests need.
#[derive(clap::Args)]
struct Setup {
    #[command(flatten)]
    tools: Tools,
    /// The Markdown file to write
    #[arg(long)]
    out: PathBuf,
    /// The folder with LPIPS as ONNX files
    #[arg(long)]
    lpips: PathBuf,
    /// A folder of NN.webp with masks NN_narrow.png and NN_wide.png, to score fills on
    #[arg(long)]
    pictures: Option<PathBuf>,
    /// A folder to work in, which also stands in for the user's data folder
    #[arg(long)]
    empty: PathBuf,
    /// How often each pair is measured
    #[arg(long, default_value_t = 15)]
    rounds: usize,
}

fn main() -> Result<()> {
    match Arguments::parse().part {
        Part::Report(setup) => report::write(&setup),
        Part::Gallery(arguments) => gallery::write(&arguments),
        Part::Worker { model } => worker::serve(&model),
    }
}
