//! `reweave-train`: makes the models of Reweave from a folder of pictures.

use anyhow::Result;
use clap::{Parser, Subcommand};
use reweave_trainer::{export, score, train};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

#[derive(Parser)]
#[command(
    version,
    about = "Trains inpainting networks and exports them as models for Reweave"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Train by a recipe; goes on from the checkpoint in the run's folder if there is one
    Fit {
        /// What to train and how (TOML)
        recipe: PathBuf,
        /// Folder of pictures to learn from (webp, png, jpg; folders below it too)
        #[arg(long)]
        pictures: PathBuf,
        /// Folder for checkpoint and log [default: the recipe's own folder]
        #[arg(long)]
        run: Option<PathBuf>,
        /// Start a fresh run from the weights of this model (.onnx) or checkpoint (.safetensors)
        #[arg(long, value_name = "MODEL")]
        start: Option<PathBuf>,
        /// Folder with lpips_vgg.onnx and lpips_alex.onnx, for perceptual losses
        #[arg(long, env = "REWEAVE_FEATURES", default_value = "features")]
        features: PathBuf,
        /// Stop after this many minutes, keeping the state
        #[arg(long)]
        minutes: Option<f64>,
        /// Threads of the CPU to compute with [default: all]
        #[arg(long)]
        threads: Option<i32>,
    },
    /// Write a checkpoint's network as a model: NAME.onnx and its card NAME.json
    Export {
        /// The checkpoint of a training; its recipe lies inside
        checkpoint: PathBuf,
        /// Folder and name of the model, such as models/zoo/gated
        #[arg(short, long)]
        output: PathBuf,
        /// Keep large parameters as 16-bit numbers: half the file
        #[arg(long)]
        half: bool,
    },
    /// Measure a model's fills: L1 %, PSNR, SSIM and LPIPS for each kind of mask
    Score {
        /// The model, NAME.onnx with its card NAME.json beside it
        model: PathBuf,
        /// Folder of pictures NAME.webp and masks NAME_KIND.png (white = hole)
        #[arg(long)]
        pictures: PathBuf,
        /// Folder with lpips_vgg.onnx and lpips_alex.onnx
        #[arg(long, env = "REWEAVE_FEATURES", default_value = "features")]
        features: PathBuf,
        /// The library of ONNX Runtime
        #[arg(long, env = "REWEAVE_ONNXRUNTIME")]
        onnxruntime: PathBuf,
        /// Keep the fills in this folder
        #[arg(long)]
        fills: Option<PathBuf>,
        /// Use only every Nth picture
        #[arg(long, default_value_t = 1, value_name = "N")]
        every: usize,
        /// Write the scores onto the model's card
        #[arg(long)]
        write_card: bool,
    },
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Score {
            model,
            pictures,
            features,
            onnxruntime,
            fills,
            every,
            write_card,
        } => score::score(&score::Request {
            model: &model,
            pictures: &pictures,
            features: &features,
            onnxruntime: &onnxruntime,
            fills: fills.as_deref(),
            every,
            write_card,
        }),
        Command::Export {
            checkpoint,
            output,
            half,
        } => export::export(&checkpoint, &output, half),
        Command::Fit {
            recipe,
            pictures,
            run,
            start,
            features,
            minutes,
            threads,
        } => {
            if let Some(threads) = threads {
                tch::set_num_threads(threads);
            }
            let run = run.unwrap_or_else(|| recipe.parent().map(PathBuf::from).unwrap_or_default());
            let places = train::Places {
                recipe,
                pictures,
                features,
                run,
                start,
            };
            let limit = minutes.map(|m| Duration::from_secs_f64(60.0 * m));
            let stop = stop_on_interrupt()?;
            train::fit(&places, limit, &stop)
        }
    }
}

/// Set by Ctrl-C: the step under way is finished and the state kept. A second Ctrl-C ends at once.
fn stop_on_interrupt() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = stop.clone();
    ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        eprintln!("\nstopping after this step; once more to stop at once");
    })?;
    Ok(stop)
}
