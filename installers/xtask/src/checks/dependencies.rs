//! What stands in the manifests.

use crate::command::run_quietly;
use crate::fetch::Cache;
use crate::fetch::tools::MACHETE;
use crate::house::House;
use anyhow::Result;
use std::process::Command;

/// Fails if a manifest names a dependency that no code uses.
pub fn used(house: &House) -> Result<()> {
    let program = Cache::locate()?.tool(house, &MACHETE)?;
    run_quietly(Command::new(program).current_dir(&house.root))?;
    Ok(())
}
