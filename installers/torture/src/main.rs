//! What `cargo xtask torture` runs beside the tests: batches that are killed, crafted files in little memory, and files of
//! every format, cards and models that are mutated, each read and filled by a worker process that may die of it.
//!
//! A mutated file is a number: with the same seed it is the same on every machine, and `reweave-torture work --from N
//! --count 1` tries it again alone.

mod crafted;
mod kills;
mod limited;
mod mutate;
mod seeds;
mod watch;
mod work;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, ensure};
use clap::{Parser, Subcommand};

/// Kills batches, and tries damaged files on the engine.
#[derive(Parser)]
struct Arguments {
    /// Which mutations are made, and when batches are killed
    #[arg(long, default_value_t = 1, global = true)]
    seed: u64,
    #[command(subcommand)]
    role: Role,
}

#[derive(Subcommand)]
enum Role {
    /// Do all of it, and print what happened
    All {
        /// The command reweave
        #[arg(long)]
        reweave: PathBuf,
        /// A folder of small files that ask for much
        #[arg(long)]
        crafted: PathBuf,
        /// How long mutated files are tried, in seconds
        #[arg(long)]
        seconds: u64,
        /// How many batches are killed
        #[arg(long, default_value_t = 20)]
        kills: u32,
    },
    /// Try mutated files one after another, saying the number of each before it is begun (started by the other)
    Work {
        /// The first file
        #[arg(long)]
        from: u64,
        /// How many
        #[arg(long, default_value_t = u64::MAX)]
        count: u64,
    },
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let seed = arguments.seed;
    match arguments.role {
        Role::Work { from, count } => work::cases(seed, from, count),
        Role::All {
            reweave,
            crafted,
            seconds,
            kills,
        } => {
            let reweave = reweave.canonicalize()?;
            let killed = kills::kills(&reweave, kills, seed)?;
            println!("{killed}");
            let refused = crafted::in_little_memory(&reweave, &crafted)?;
            println!("{refused} crafted files ended in words, in little memory");
            let table = watch::watch(seed, Duration::from_secs(seconds))?;
            print!("{table}");
            ensure!(
                table.holds(),
                "a file brought a worker down, broke something, or changed what is known; or not all kinds were tried"
            );
            Ok(())
        }
    }
}
