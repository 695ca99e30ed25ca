//! `cargo xtask`: the chores of the repository, in Rust, so that they run wherever the project builds.
//!
//! * `cargo xtask test` fetches what the tests need and runs everything that CI runs.
//! * `cargo xtask fetch` fetches only.
//! * `cargo xtask install gimp` (or `openfx`) builds a plug-in and puts it where its programs look; `cargo xtask install
//!   trainer` builds the trainer and puts it among the user's programs.
//! * `cargo xtask bundle deb` (or `rpm`, `tar`, `openfx`, `all`) makes packages for others in `target/bundle`.
//! * `cargo xtask bindings` writes `ffi/gimp` again from GIMP's headers.
//! * `cargo xtask bench` measures and writes `docs/benchmarks.md`.
//! * `cargo xtask gallery` fills pictures by all methods, on a page to look at.
//! * `cargo xtask torture` tries to bring the engine and the command down.

mod bench;
mod bindings;
mod bundle;
mod checks;
mod command;
mod cross;
mod fetch;
mod gallery;
mod house;
mod plugins;
mod root;
mod test;
mod trainer;

use clap::{Parser, Subcommand, ValueEnum};
use std::process::ExitCode;

/// The chores of the repository: test, fetch, measure.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Run the checks and the tests: all of them, or the suites named.
    Test(test::Arguments),
    /// Fetch what the tests need into the user's cache folder, and run nothing.
    Fetch {
        /// The real hosts too: Debian roots with GIMP and melt, 2.1 GB
        #[arg(long)]
        hosts: bool,
    },
    /// Build a plug-in, or the trainer, and put it where it is looked for.
    Install {
        /// What to install
        what: Installable,
    },
    /// Make packages for others in target/bundle, with their check sums.
    Bundle {
        /// The kinds of package
        #[arg(required = true)]
        kinds: Vec<bundle::Kind>,
    },
    /// Write the bindings of GIMP's libraries in ffi/gimp again, from the headers of GIMP 3.0 and 2.10.
    Bindings,
    /// Measure the engine against bare sessions and peers, and write docs/benchmarks.md.
    Bench(bench::Arguments),
    /// Fill pictures by our models and by peers, and write a page to compare them on
    Gallery(gallery::Arguments),
    /// Try to bring the engine and the command down: hostile files, quirks of hosts, kills, mutations.
    Torture(test::torture::Arguments),
}

#[derive(Clone, Copy, ValueEnum)]
enum Installable {
    /// The plug-in, for every GIMP of this user
    Gimp,
    /// The node, for Natron, Nuke, Resolve, Fusion, Kdenlive, Shotcut and other OpenFX hosts
    Openfx,
    /// The program reweave-train, with libtorch (544 MB) and classifiers for its losses (64 MB)
    Trainer,
}

fn install(what: Installable) -> anyhow::Result<()> {
    match what {
        Installable::Gimp => plugins::install(plugins::Program::Gimp),
        Installable::Openfx => plugins::install(plugins::Program::Openfx),
        Installable::Trainer => trainer::install(),
    }
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().chore {
        Chore::Test(arguments) => test::run(&arguments),
        Chore::Fetch { hosts } => fetch::Cache::locate()
            .and_then(|cache| cache.fetch_all())
            .map(|mut fetched| {
                fetched.add_hosts(hosts, hosts);
                for missing in &fetched.missing {
                    eprintln!("not fetched: {missing}");
                }
                fetched.missing.is_empty()
            }),
        Chore::Install { what } => install(what).map(|()| true),
        Chore::Bundle { kinds } => bundle::run(&kinds).map(|()| true),
        Chore::Bindings => bindings::write().map(|()| true),
        Chore::Bench(arguments) => bench::run(&arguments).map(|()| true),
        Chore::Gallery(arguments) => gallery::run(&arguments).map(|()| true),
        Chore::Torture(arguments) => test::torture::run(&arguments),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
