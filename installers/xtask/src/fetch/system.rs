//! Programs of the system that some tests call: found, or installed where we may, or named to the user.

use crate::command::{exists, run_quietly};
use anyhow::{Context, Result, ensure};
use std::process::Command;

/// Fails unless there is a C compiler called `cc`.
pub fn compiler() -> Result<()> {
    if exists("cc", "--version") {
        return Ok(());
    }
    install(&["gcc", "libc6-dev"]).context("the tests need a C compiler")
}

/// Makes sure of `program`, which comes in the Debian package `package`.
pub fn need(program: &str, package: &str) -> Result<()> {
    if on_path(program) {
        return Ok(());
    }
    install(&[package])
}

/// Whether the path has a file of this name. Not every program can be asked without doing something.
fn on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Whether we may do anything on this machine.
pub fn is_root() -> bool {
    Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|answer| answer.stdout.trim_ascii() == b"0")
}

/// Fails unless a program may be run in a Debian root: as root, with mounts and processes of its own, which some containers
/// forbid their root.
pub fn may_enter_roots() -> Result<()> {
    ensure!(
        is_root(),
        "making a Debian root and running in it takes the rights of root"
    );
    need("unshare", "util-linux")?;
    run_quietly(Command::new("unshare").args(["--mount", "--pid", "--fork", "true"]))
        .context("this system does not let its root run programs in a Debian root")?;
    Ok(())
}

/// Installs Debian packages if this is a Debian and we are its root; else says which ones are wanted.
pub fn install(packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    ensure!(
        is_root() && exists("apt-get", "--version"),
        "please install {list} (Debian's names), then try again"
    );
    eprintln!("installing {list} (apt-get)");
    // Containers are often set up to empty the common archive folder after any run of apt, under another run's feet.
    let archives = std::env::temp_dir().join(format!("reweave-apt-{}", std::process::id()));
    std::fs::create_dir_all(archives.join("partial"))?;
    let apt = |arguments: &[&str]| {
        run_quietly(
            Command::new("apt-get")
                .env("DEBIAN_FRONTEND", "noninteractive")
                .arg("-o")
                .arg(format!("Dir::Cache::archives={}", archives.display()))
                .args(["-o", "DPkg::Lock::Timeout=300"])
                .args(arguments),
        )
    };
    let mut arguments = vec!["install", "-y", "--no-install-recommends"];
    arguments.extend(packages);
    let outcome = apt(&["update"]).and_then(|_| apt(&arguments));
    std::fs::remove_dir_all(&archives)?;
    outcome.map(|_| ())
}
