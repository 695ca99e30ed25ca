//! `reweave-train`: makes the models of Reweave from a folder of pictures.

use anyhow::Result;
use clap::{Parser, Subcommand};
use reweave_trainer::device::DeviceChoice;
use reweave_trainer::{export, new, report, score, train};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

#[derive(Parser)]
#[command(
    version,
    name = "reweave-train",
    about = "Trains inpainting networks and exports them as models for Reweave"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Look at pictures and machine, and write a recipe that fits them
    New {
        /// Folder of pictures to learn from (webp, png, jpg, tif; folders below it too)
        pictures: PathBuf,
        /// Folder of the run, which gets recipe.toml
        #[arg(long)]
        run: PathBuf,
        /// Start from this model, NAME.onnx with its card beside it
        #[arg(long, value_name = "MODEL")]
        start: Option<PathBuf>,
        /// How long the training may take
        #[arg(long, default_value_t = 8.0)]
        hours: f64,
        /// The model's name
        #[arg(long, default_value = "ours")]
        name: String,
        /// Folder with lpips_vgg.onnx and lpips_alex.onnx, for perceptual losses
        #[arg(long, env = "REWEAVE_FEATURES", default_value_os_t = default_features())]
        features: PathBuf,
        /// Threads of the CPU to compute with [default: all]
        #[arg(long)]
        threads: Option<i32>,
        /// Where to compute
        #[arg(long, value_enum, default_value_t)]
        device: DeviceChoice,
    },
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
        #[arg(long, env = "REWEAVE_FEATURES", default_value_os_t = default_features())]
        features: PathBuf,
        /// Stop after this many minutes, keeping the state
        #[arg(long)]
        minutes: Option<f64>,
        /// Threads of the CPU to compute with [default: all]
        #[arg(long)]
        threads: Option<i32>,
        /// Where to compute
        #[arg(long, value_enum, default_value_t)]
        device: DeviceChoice,
        /// Keep the state every so many minutes
        #[arg(long, value_name = "MINUTES", default_value_t = 3.0)]
        keep_every: f64,
        /// Threads that read and crop pictures [default: 2 on the CPU, up to 16 for a card]
        #[arg(long, value_name = "NUMBER")]
        readers: Option<usize>,
    },
    /// Write a checkpoint's network as a model: NAME.onnx and its card NAME.json
    Export {
        /// The checkpoint of a training; its recipe lies inside
        checkpoint: PathBuf,
        /// Folder and name of the model, such as models/zoo/gated
        #[arg(short, long, required_unless_present = "install")]
        output: Option<PathBuf>,
        /// Put it where GIMP, OpenFX hosts and `reweave fill` find it, instead
        #[arg(long, conflicts_with = "output")]
        install: bool,
        /// The model's name [default: the recipe's]
        #[arg(long, requires = "install")]
        name: Option<String>,
        /// Replace a model of the same name
        #[arg(long)]
        overwrite: bool,
        /// Put it into this folder instead of your own
        #[arg(long, value_name = "FOLDER", requires = "install")]
        models_folder: Option<PathBuf>,
        /// Keep large parameters as 16-bit numbers: half the file
        #[arg(long)]
        half: bool,
    },
    /// Write a page about a training: curves, fills over time, scores, recipe, licences
    Report {
        /// The run's folder
        run: PathBuf,
        /// The page [default: report.html in the run's folder]
        #[arg(short, long)]
        output: Option<PathBuf>,
        /// The exported model, whose card has the scores
        #[arg(long)]
        model: Option<PathBuf>,
    },
    /// Measure a model's fills: L1 %, PSNR, SSIM, LPIPS and noise for each kind of mask
    Score {
        /// The model, NAME.onnx with its card NAME.json beside it
        model: PathBuf,
        /// Folder of pictures NAME.webp and masks NAME_KIND.png (white = hole)
        #[arg(long)]
        pictures: PathBuf,
        /// Folder with lpips_vgg.onnx and lpips_alex.onnx
        #[arg(long, env = "REWEAVE_FEATURES", default_value_os_t = default_features())]
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
        /// Show a guided model the true edges in the hole, as a sketch
        #[arg(long, conflicts_with = "write_card")]
        sketches: bool,
        /// Write the scores onto the model's card
        #[arg(long)]
        write_card: bool,
        /// Print one line of JSON, for scripts
        #[arg(long)]
        json: bool,
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
            sketches,
            write_card,
            json,
        } => score::score(&score::Request {
            model: &model,
            pictures: &pictures,
            features: &features,
            onnxruntime: &onnxruntime,
            fills: fills.as_deref(),
            every,
            sketches,
            write_card,
            json,
        }),
        Command::New {
            pictures,
            run,
            start,
            hours,
            name,
            features,
            threads,
            device,
        } => {
            compute_with(threads);
            new::create(&new::Request {
                pictures,
                run,
                start,
                hours,
                features,
                device,
                name,
            })
        }
        Command::Export {
            checkpoint,
            output,
            name,
            overwrite,
            models_folder,
            half,
            ..
        } => {
            let request = export::Request {
                checkpoint: &checkpoint,
                name: name.as_deref(),
                half,
            };
            match output {
                Some(output) => export::export(&request, &output, overwrite),
                None => export::install(&request, models_folder.as_deref(), overwrite).map(drop),
            }
        }
        Command::Report { run, output, model } => {
            let output = output.unwrap_or_else(|| run.join("report.html"));
            report::report(&run, model.as_deref(), &output)
        }
        Command::Fit {
            recipe,
            pictures,
            run,
            start,
            features,
            minutes,
            threads,
            device,
            keep_every,
            readers,
        } => {
            compute_with(threads);
            let run = run.unwrap_or_else(|| recipe.parent().map(PathBuf::from).unwrap_or_default());
            let places = train::Places {
                recipe,
                pictures,
                features,
                run,
                start,
            };
            let manner = train::Manner {
                device,
                limit: minutes.map(of_minutes).transpose()?,
                keep_every: of_minutes(keep_every)?,
                readers,
            };
            let stop = stop_on_interrupt()?;
            train::fit(&places, &manner, &stop)
        }
    }
}

/// Where `cargo xtask` puts the classifiers of perceptual losses; `features` where the user has no cache folder.
fn default_features() -> PathBuf {
    let cache = dirs::cache_dir().unwrap_or_default();
    Some(cache.join("reweave/lpips"))
        .filter(|folder| folder.is_dir())
        .unwrap_or_else(|| "features".into())
}

fn compute_with(threads: Option<i32>) {
    if let Some(threads) = threads {
        tch::set_num_threads(threads.max(1));
    }
}

fn of_minutes(minutes: f64) -> Result<Duration> {
    Duration::try_from_secs_f64(60.0 * minutes)
        .map_err(|_| anyhow::anyhow!("{minutes} is no number of minutes"))
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
