//! What stands in the manifests.

use crate::command::run_quietly;
use crate::fetch::Cache;
use crate::fetch::tools::MACHETE;
use crate::house::House;
use anyhow::Result;
use std::path::Path;
use std::process::Command;

/// Fails if a manifest names a dependency that no code uses.
pub fn used(house: &House) -> Result<()> {
    let program = Cache::locate()?.tool(house, &MACHETE)?;
    run_quietly(Command::new(program).current_dir(&house.root))?;
    Ok(())
}

/// The command that fails if a dependency has a licence that will not do, comes from somewhere else than the registry, or
/// is there in two versions without a reason in `deny.toml`. Known vulnerabilities are looked up by hand: their list is on
/// the network, and changes without a change of ours.
pub fn allowed(house: &House, deny: &Path) -> Command {
    let mut command = Command::new(deny);
    command
        .args(["--offline", "check", "licenses", "bans", "sources"])
        .current_dir(&house.root);
    command
}
