//! Builds for other systems than Linux, in a Debian whose Rust has the sources of its library, because that library has to be
//! built for those systems too. What is built of dependencies is kept in the cache folder.

use crate::command::run_quietly;
use crate::fetch::{Cache, roots};
use crate::house::House;
use crate::root::Root;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Windows on x86-64, by the linker and the C library that Debian has for it.
pub const WINDOWS: System = System {
    name: "Windows",
    target: "x86_64-pc-windows-gnu",
    cargo: ["cargo", "build"],
    // The time at which a program was linked stands in it unless the linker is told otherwise.
    environment: "CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER=x86_64-w64-mingw32-gcc \
                  CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUSTFLAGS=-Clink-arg=-Wl,--no-insert-timestamp",
};

/// macOS on Apple's processors, by zig, which has the C library for it. Nothing that is built can be run here. What strips
/// symbols from such programs is not in Debian's Rust. ONNX Runtime asks for macOS 14 too.
pub const MACOS: System = System {
    name: "macOS",
    target: "aarch64-apple-darwin",
    cargo: ["cargo-zigbuild", "zigbuild"],
    environment: "PATH=/zig/bin:$PATH CARGO_ZIGBUILD_ZIG_PATH=/zig/ziglang/zig SDKROOT= \
                  MACOSX_DEPLOYMENT_TARGET=14.0 \
                  CARGO_TARGET_AARCH64_APPLE_DARWIN_RUSTFLAGS='-Lnative=/out/stubs -Lframework=/out/stubs' \
                  CARGO_PROFILE_RELEASE_STRIP=false CARGO_PROFILE_RELEASE_DEBUG=false",
};

/// A system to build for.
pub struct System {
    /// What people call it.
    pub name: &'static str,
    /// What rustc calls it.
    pub target: &'static str,
    /// The cargo that builds for it, and its word for that.
    cargo: [&'static str; 2],
    /// What cargo and the compilers that it calls have to be told.
    environment: &'static str,
}

/// What of macOS our dependencies name and zig does not know: files for the linker, which say where a library lies on a Mac. What
/// of them is used is found there, when a program starts.
const OF_MACOS: [(&str, &str); 3] = [
    ("libobjc.tbd", "/usr/lib/libobjc.A.dylib"),
    ("libiconv.tbd", "/usr/lib/libiconv.2.dylib"),
    (
        "Foundation.framework/Foundation.tbd",
        "/System/Library/Frameworks/Foundation.framework/Versions/C/Foundation",
    ),
];

/// Writes those files.
fn write_stubs(folder: &Path) -> Result<()> {
    for (file, there) in OF_MACOS {
        let file = folder.join(file);
        fs::create_dir_all(file.parent().unwrap_or(folder))?;
        fs::write(
            &file,
            format!(
                "--- !tapi-tbd\ntbd-version: 4\ntargets: [ arm64-macos ]\ninstall-name: '{there}'\n...\n"
            ),
        )?;
    }
    Ok(())
}

/// The network as this machine reaches it.
const NETWORK: [&str; 3] = [
    "etc/resolv.conf",
    "etc/hosts",
    "etc/ssl/certs/ca-certificates.crt",
];
/// Where the root sees a folder of ours for what comes out.
const OUT: &str = "/out";

/// The Debian, unpacked, with the sources in it.
pub struct Workshop {
    root: Root,
    out: PathBuf,
}

impl Workshop {
    /// Makes the Debian, unless the cache has it, and unpacks it. Fails where none can be made or entered.
    pub fn open(house: &House) -> Result<Self> {
        let cache = Cache::locate()?;
        let zig = cache.zig()?;
        let cache = cache.folder();
        roots::fetch(cache, &roots::WINDOWS)?;
        let work = house.target.join("xtask");
        let mut root = Root::unpack(cache, &roots::WINDOWS, &work)?;
        for file in NETWORK {
            let here = Path::new("/").join(file);
            if here.is_file() {
                fs::copy(&here, root.path(file)).with_context(|| file.to_owned())?;
            }
        }
        let (built, out) = (cache.join("cross-built"), work.join("cross"));
        for folder in [&built, &out] {
            fs::create_dir_all(folder)?;
        }
        root.show(&house.root, "/reweave");
        root.show(&built, "/built");
        root.show(&cargo_home()?, "/cargo");
        root.show(&out, OUT);
        write_stubs(&out.join("stubs"))?;
        root.show(&zig, "/zig");
        Ok(Self { root, out })
    }

    /// The command that type-checks packages.
    pub fn check(&self, system: &System, packages: &[&str]) -> Command {
        self.root.command(&cargo(system, "check", "", packages))
    }

    /// Builds packages, and gives the folder with their programs and libraries.
    pub fn build(&self, system: &System, packages: &[&str]) -> Result<&Path> {
        // Cargo lays the results into a folder of ours before it lets another run at what is kept.
        let results = format!("--artifact-dir {OUT} -Zunstable-options");
        run_quietly(
            &mut self
                .root
                .command(&cargo(system, system.cargo[1], &results, packages)),
        )
        .with_context(|| format!("Reweave does not build for {}", system.target))?;
        Ok(&self.out)
    }

    /// The version of its compiler.
    pub fn rust_version(&self) -> Result<String> {
        let said = self.root.run("rustc --version")?;
        let version = said.split_whitespace().nth(1);
        Ok(version.context("rustc tells no version")?.to_owned())
    }
}

/// What is run in the root.
fn cargo(system: &System, chore: &str, flags: &str, packages: &[&str]) -> String {
    let System {
        target,
        cargo: [cargo, _],
        environment,
        ..
    } = system;
    let packages: String = packages
        .iter()
        .map(|package| format!(" --package {package}"))
        .collect();
    format!(
        "cd /reweave\n\
         export CARGO_HOME=/cargo CARGO_TARGET_DIR=/built SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt\n\
         # Programs are packed without what only debuggers read.\n\
         export CARGO_PROFILE_RELEASE_STRIP=symbols\n\
         # Building the library is not a stable part of cargo.\n\
         export RUSTC_BOOTSTRAP=1 {environment}\n\
         {cargo} {chore} --locked --release --target {target} -Zbuild-std=std,panic_unwind {flags}{packages}"
    )
}

/// Where cargo keeps what it has downloaded.
fn cargo_home() -> Result<PathBuf> {
    let set = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = || Some(std::env::home_dir()?.join(".cargo"));
    set.or_else(home).context("no home folder: set CARGO_HOME")
}
