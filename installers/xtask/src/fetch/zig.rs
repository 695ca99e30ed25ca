//! zig, a linker and a compiler of C that brings the C libraries of other systems along: any version of glibc, and macOS's.
//! cargo-zigbuild has cargo use it.

use super::{linux_only, place::place};
use crate::command::run_quietly;
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::process::Command;

const WHAT: &str = "zig 0.17.1 and cargo-zigbuild 0.24.1 (pip, 103 MB)";
/// Exactly these.
const WHEELS: &str = "\
ziglang==0.17.1 --hash=sha256:ea6cc5d87b033cf0aedfbc8f9549a908cae6c50ac31f1698188fa48a74524b54
cargo-zigbuild==0.24.1 --hash=sha256:238a1ab54a95053a4eadc34775c81f795a8ad75f80bfed63f3f445f518102375
";

/// In the folder, that of cargo-zigbuild.
pub const PROGRAMS: &str = "bin";
/// In the folder, zig itself.
pub const ZIG: &str = "ziglang/zig";

/// Gives the folder with the programs.
pub fn fetch(cache: &Path, python: &Path) -> Result<PathBuf> {
    place(cache, "zig-0.17.1", "bin/cargo-zigbuild", WHAT, |part| {
        linux_only("zig")?;
        let list = part.join("requirements.txt");
        std::fs::write(&list, WHEELS)?;
        run_quietly(
            Command::new(python)
                .args(["-m", "pip", "install", "--quiet", "--no-cache-dir"])
                .args(["--no-deps", "--only-binary=:all:", "--require-hashes"])
                .arg("--target")
                .arg(part)
                .arg("-r")
                .arg(&list),
        )?;
        Ok(())
    })
}
