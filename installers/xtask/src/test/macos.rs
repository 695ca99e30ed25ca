//! The package for macOS, built and looked at where it cannot be run: whether its programs are such as a Mac takes.

use super::steps::Steps;
use crate::bundle::{self, Kind, Parts, Platform};
use crate::command::run_quietly;
use crate::fetch::{Cache, roots, system};
use crate::house::House;
use anyhow::{Context, Result, ensure};
use object::macho::{self, MachHeader64};
use object::read::macho::{LoadCommandVariant, MachHeader, MachOFile64};
use object::{LittleEndian, Object};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::slice;

/// Libraries that every Mac has, beside frameworks.
const OF_THE_SYSTEM: [&str; 7] = [
    "/usr/lib/libSystem.B.dylib",
    "/usr/lib/libc++.1.dylib",
    "/usr/lib/libcharset.1.dylib",
    "/usr/lib/libiconv.2.dylib",
    "/usr/lib/libobjc.A.dylib",
    "/usr/lib/libsqlite3.dylib",
    "/usr/lib/libz.1.dylib",
];
/// The version that ONNX Runtime asks for.
const OLDEST: u32 = 14;

/// Builds, packs and looks; skipped where no Debian can be made that builds for macOS.
pub fn run(steps: &mut Steps, house: &House) {
    let ready = Cache::locate().and_then(|cache| {
        roots::fetch(cache.folder(), &roots::WINDOWS)?;
        system::need("zip", "zip")?;
        system::need("unzip", "unzip")
    });
    if let Err(error) = ready {
        return steps.skip(&format!("the package for macOS: {error:#}"));
    }
    let Some(parts) = steps.check("macOS: build", || Parts::build(house, Platform::MacOs)) else {
        return;
    };
    steps.check("macOS: pack, and look at what was packed", || {
        pack(house, &parts)
    });
}

fn pack(house: &House, parts: &Parts) -> Result<()> {
    let folder = house.target.join("xtask/macos");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    bundle::pack(slice::from_ref(parts), &[Kind::Macos], &folder)?;
    let name = format!("reweave-{}-macos-arm64", parts.version);
    run_quietly(
        Command::new("unzip")
            .arg("-q")
            .arg(format!("{name}.zip"))
            .current_dir(&folder),
    )?;
    let top = folder.join(name);
    let readme = fs::read_to_string(top.join("README.txt"))?;
    ensure!(
        readme.contains("NOBODY HAS RUN THIS ON A MAC YET"),
        "the package does not say that nobody has run it"
    );
    for program in [
        "reweave/reweave",
        "reweave/reweave-gimp",
        "Reweave.ofx.bundle/Contents/MacOS/reweave",
    ] {
        let rights = std::os::unix::fs::PermissionsExt::mode(
            &fs::metadata(top.join(program))?.permissions(),
        );
        ensure!(rights & 0o111 == 0o111, "{program} may not be run");
        is_for_macs(&top.join(program), macho::MH_EXECUTE)?;
    }
    let bundle = top.join("Reweave.ofx.bundle/Contents");
    for library in [
        bundle.join("MacOS/Reweave.ofx"),
        bundle.join("MacOS/libreweave-onnxruntime.dylib"),
        top.join("reweave/libreweave_plugin.dylib"),
    ] {
        is_for_macs(&library, macho::MH_DYLIB)?;
    }
    exports(
        &bundle.join("MacOS/Reweave.ofx"),
        &["_OfxGetNumberOfPlugins", "_OfxGetPlugin", "_reweave_fill"],
    )?;
    for models in [bundle.join("Resources/models"), top.join("reweave/models")] {
        ensure!(
            models.join("gated.onnx").is_file() && models.join("gated.json").is_file(),
            "{} lacks a model",
            models.display()
        );
    }
    ensure!(
        bundle.join("Info.plist").is_file(),
        "the bundle has no Info.plist"
    );
    Ok(())
}

/// Fails unless it is a program or library for Apple's processors, needs nothing but what every Mac has, and bears a signature
/// that holds: without one Apple's processors run nothing.
fn is_for_macs(file: &Path, kind: u32) -> Result<()> {
    look_at(file, kind).with_context(|| file.display().to_string())
}

fn look_at(file: &Path, kind: u32) -> Result<()> {
    let bytes = fs::read(file)?;
    let header = MachHeader64::<LittleEndian>::parse(&bytes[..], 0)?;
    let little = header.endian()?;
    ensure!(
        header.cputype(little) == macho::CPU_TYPE_ARM64 && header.filetype(little) == kind,
        "it is for another processor, or of another kind"
    );
    let (mut oldest, mut signature) = (None, None);
    let mut commands = header.load_commands(little, &bytes[..], 0)?;
    while let Some(command) = commands.next()? {
        match command.variant()? {
            LoadCommandVariant::Dylib(library) if command.cmd() != macho::LC_ID_DYLIB => {
                let name = command.string(little, library.dylib.name)?;
                let name = String::from_utf8_lossy(name).into_owned();
                let is_known = OF_THE_SYSTEM.contains(&name.as_str())
                    || name.starts_with("/System/Library/Frameworks/");
                ensure!(is_known, "it needs {name}");
            }
            LoadCommandVariant::BuildVersion(version) => {
                oldest = Some(version.minos.get(little) >> 16);
            }
            LoadCommandVariant::LinkeditData(data) if command.cmd() == macho::LC_CODE_SIGNATURE => {
                let start = data.dataoff.get(little) as usize;
                let end = start + data.datasize.get(little) as usize;
                signature = Some(bytes.get(start..end).context("its signature is cut off")?);
            }
            _ => {}
        }
    }
    ensure!(
        oldest.is_some_and(|oldest| oldest <= OLDEST),
        "it asks for macOS {oldest:?}"
    );
    holds(signature.context("it bears no signature")?, &bytes)
}

/// Fails unless the signature's hashes are those of the pages of the file. The layout is that of `cs_blobs.h` in Apple's
/// published kernel: big-endian numbers, a table of blobs, one of which is the directory of hashes.
fn holds(signature: &[u8], file: &[u8]) -> Result<()> {
    const TABLE: u32 = 0xfade_0cc0;
    const DIRECTORY: u32 = 0xfade_0c02;
    const SHA256: u8 = 2;
    let number = |at: usize| -> Result<u32> {
        let bytes = signature.get(at..at + 4).context("a number is cut off")?;
        Ok(bytes
            .iter()
            .fold(0, |sum, &byte| sum << 8 | u32::from(byte)))
    };
    ensure!(number(0)? == TABLE, "its signature is none");
    let blobs = (0..number(8)?).map(|blob| number(16 + 8 * blob as usize));
    let mut checked = 0;
    for blob in blobs {
        let start = blob? as usize;
        if number(start)? != DIRECTORY {
            continue;
        }
        let (hashes, count) = (number(start + 16)? as usize, number(start + 28)? as usize);
        let limit = number(start + 32)? as usize;
        let sizes = signature.get(start + 36..start + 40);
        let [length, kind, _, page] = *sizes.context("its directory is cut off")? else {
            unreachable!("four bytes were asked for");
        };
        if kind != SHA256 {
            continue;
        }
        let signed = file.get(..limit).context("more is signed than there is")?;
        let pages = signed.chunks(1 << page);
        ensure!(pages.len() == count, "not all pages are signed");
        for (index, page) in pages.enumerate() {
            let at = start + hashes + index * usize::from(length);
            let hash = signature.get(at..at + usize::from(length));
            ensure!(
                hash == Sha256::digest(page).get(..usize::from(length)),
                "page {index} is another than was signed"
            );
        }
        checked += 1;
    }
    ensure!(checked > 0, "its signature has no hashes that are known");
    Ok(())
}

fn exports(library: &Path, wanted: &[&str]) -> Result<()> {
    let bytes = fs::read(library)?;
    let parsed = MachOFile64::<LittleEndian>::parse(&bytes[..])?;
    let exports = parsed.exports()?;
    for name in wanted {
        ensure!(
            exports
                .iter()
                .any(|export| export.name() == name.as_bytes()),
            "{} does not export {name}",
            library.display()
        );
    }
    Ok(())
}
