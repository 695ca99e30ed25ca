//! `cargo xtask bench`.
use anyhow::Result;
/// What can be told.
#[derive(clap::Args)]
pub struct Arguments {}
/// Runs.
pub fn run(_: &Arguments) -> Result<()> {
    Ok(())
}
