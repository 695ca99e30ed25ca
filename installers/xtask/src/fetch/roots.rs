//! Small Debian systems with a host in them: GIMP 3.0 and 3.2, and MLT's `melt`, whatever this system is.
//!
//! Each is a tar file in `roots/`, made by mmdebstrap with Debian's signatures checked. A test unpacks what it needs
//! into a folder of its own and runs the host there by chroot.

use super::system;
use crate::command::run_quietly;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// A system to make.
pub struct Root {
    /// The file's name, without `.tar`.
    pub name: &'static str,
    /// Debian's name for the release.
    pub release: &'static str,
    /// The packages in it, parted by commas.
    pub packages: &'static str,
    /// What it is for.
    pub what: &'static str,
}

/// A system with nothing in it that need not be there, but for what shows manuals.
pub const CLEAN: Root = Root {
    name: "manuals-bookworm",
    release: "bookworm",
    packages: "man-db",
    what: "a bare Debian (mmdebstrap, 130 MB)",
};

/// The oldest system that the packages are tried on, with nothing in it at all.
pub const OLD: Root = Root {
    name: "clean-bullseye",
    release: "bullseye",
    packages: "",
    what: "a bare old Debian (mmdebstrap, 120 MB)",
};

/// A system whose packages dnf can install, as on a Fedora; rpm itself is this machine's.
pub const DNF: Root = Root {
    name: "dnf-bookworm",
    release: "bookworm",
    packages: "dnf",
    what: "a Debian with dnf (mmdebstrap, 200 MB)",
};

/// The systems with GIMP.
pub const GIMP: [Root; 2] = [
    Root {
        name: "gimp-trixie",
        release: "trixie",
        packages: "gimp",
        what: "a Debian with GIMP 3.0 (mmdebstrap, 250 MB)",
    },
    Root {
        name: "gimp-forky",
        release: "forky",
        packages: "gimp",
        what: "a Debian with GIMP 3.2 (mmdebstrap, 300 MB)",
    },
];

/// The system with an OpenFX host.
pub const OPENFX: [Root; 1] = [Root {
    name: "mlt-sid",
    release: "sid",
    packages: "melt,libmlt-data,ca-certificates,imagemagick",
    what: "a Debian with melt (mmdebstrap, 300 MB)",
}];

/// The system that builds for Windows: its Rust has the sources of the standard library.
pub const WINDOWS: Root = Root {
    name: "windows-trixie",
    release: "trixie",
    packages: "ca-certificates,rustc-web,cargo-web,rust-web-src,gcc,libc6-dev,gcc-mingw-w64-x86-64-win32",
    what: "a Debian that builds for Windows (mmdebstrap, 2 GB)",
};

/// The system that runs programs for Windows.
pub const WINE: Root = Root {
    name: "wine-trixie",
    release: "trixie",
    packages: "wine64,wine",
    what: "a Debian with Wine (mmdebstrap, 1 GB)",
};

/// The system with a graphics card that is made of software.
pub const VULKAN: Root = Root {
    name: "vulkan-trixie",
    release: "trixie",
    packages: "mesa-vulkan-drivers,libvulkan1",
    what: "a Debian with Vulkan in software (mmdebstrap, 400 MB)",
};

/// What a real GIMP in a window is driven and looked at with.
pub const WINDOW: [(&str, &str); 4] = [
    ("Xvfb", "xvfb"),
    ("xauth", "xauth"),
    ("xdotool", "xdotool"),
    ("import", "imagemagick"),
];

/// Where it is kept: `roots/NAME.tar` in the cache.
pub fn file(cache: &Path, root: &Root) -> PathBuf {
    cache.join("roots").join(format!("{}.tar", root.name))
}

/// Makes the file in the cache, unless it is there. Fails too where nothing could be run in it.
pub fn fetch(cache: &Path, root: &Root) -> Result<()> {
    let (folder, file) = (cache.join("roots"), file(cache, root));
    system::may_enter_roots()?;
    if file.exists() {
        return Ok(());
    }
    system::need("mmdebstrap", "mmdebstrap")?;
    fs::create_dir_all(&folder)?;
    eprintln!("fetching {} into {}", root.what, file.display());
    let start = Instant::now();
    // The ending tells mmdebstrap what to write.
    let part = folder.join(format!("{}.part.tar", root.name));
    run_quietly(
        Command::new("mmdebstrap")
            .args(["--mode=root", "--variant=apt"])
            .arg(r#"--aptopt=APT::Install-Recommends "false""#)
            // A mirror's index of a moving release may be older than the clock likes; its signature counts.
            .arg(r#"--aptopt=Acquire::Check-Valid-Until "false""#)
            .args(
                ["doc", "man", "locale"]
                    .map(|kind| format!("--dpkgopt=path-exclude=/usr/share/{kind}/*")),
            )
            .arg("--dpkgopt=force-unsafe-io")
            .args(include(root))
            .arg(root.release)
            .arg(&part)
            .arg(mirror()),
    )
    .with_context(|| format!("cannot make {}", root.what))?;
    fs::rename(&part, &file)?;
    eprintln!("  done in {:.0} s", start.elapsed().as_secs_f32());
    Ok(())
}

/// What mmdebstrap is told of packages; it takes no empty list.
fn include(root: &Root) -> Option<String> {
    (!root.packages.is_empty()).then(|| format!("--include={}", root.packages))
}

/// The mirror that this Debian uses, or the common one.
fn mirror() -> String {
    let sources = fs::read_to_string("/etc/apt/sources.list.d/debian.sources").unwrap_or_default();
    sources
        .lines()
        .find_map(|line| line.strip_prefix("URIs:"))
        .and_then(|uris| uris.split_whitespace().next())
        .unwrap_or("http://deb.debian.org/debian")
        .to_owned()
}
