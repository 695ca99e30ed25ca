//! The packages, installed where people install them: in clean systems, by the commands that `docs/install` tells.
//!
//! | file | what it tries |
//! |---|---|
//! | `deb.rs` | the package for Debian: alone, with GIMP, with an OpenFX host |
//! | `rpm.rs` | the package for Fedora |
//! | `tar.rs` | the folder for any Linux |
//! | `openfx.rs` | the bundle alone, in an OpenFX host |
//! | `flatpak.rs` | the extension for a GIMP by Flatpak, which is not there itself |
//! | `inside.rs` | what the list of everything inside says of it |

mod deb;
mod flatpak;
mod inside;
mod openfx;
mod rpm;
mod tar;

use super::steps::Steps;
use crate::bundle::{self, Kind, Parts};
use crate::command::run_quietly;
use crate::fetch::{Cache, roots, system};
use crate::house::House;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::slice;

/// What all these tests use.
pub struct Workshop<'a> {
    house: &'a House,
    /// What is packed.
    parts: Parts,
    /// The kinds of package that could be made.
    kinds: Vec<Kind>,
    /// Where the packages lie, and their sums.
    packages: PathBuf,
    /// What a fill of the example gives: the packed command has to give the same bytes.
    expected: Vec<u8>,
    /// The cache folder, with the roots.
    cache: PathBuf,
}

/// What is packed, each with the programs that it takes and the Debian packages in which they come.
const KINDS: [(Kind, &[(&str, &str)]); 5] = [
    (
        Kind::Deb,
        &[("dpkg-shlibdeps", "dpkg-dev"), ("dpkg-deb", "dpkg")],
    ),
    (Kind::Rpm, &[("rpmbuild", "rpm"), ("rpm", "rpm")]),
    (Kind::Tar, &[("tar", "tar")]),
    (Kind::Openfx, &[("tar", "tar")]),
    (
        Kind::Flatpak,
        &[("flatpak", "flatpak"), ("faketime", "faketime")],
    ),
];

/// The picture and the mask that are filled.
pub const EXAMPLE: [(&str, &str); 2] = [
    ("docs/examples/rocket.jpg", "photo.jpg"),
    ("docs/examples/rocket_mask.png", "mask.png"),
];

/// Packs what was built, and tries the packages; what cannot be packed or tried here is skipped, with the reason.
pub fn run(steps: &mut Steps, house: &House, parts: Parts) {
    if let Err(error) = system::need("strip", "binutils") {
        return steps.skip(&format!("packages: {error:#}"));
    }
    let (kinds, missing) = possible(system::need);
    for why in missing {
        steps.skip(&why);
    }
    let Some(workshop) = steps.check("packages", || open(house, parts, kinds)) else {
        return;
    };
    steps.check("the same parts pack to the same bytes", || {
        again(&workshop.parts, &workshop.kinds, &workshop.packages)
    });
    steps.check("the list of what is inside is right", || {
        inside::run(&workshop)
    });
    for root in [
        &roots::CLEAN,
        &roots::OLD,
        &roots::DNF,
        &roots::GIMP[0],
        &roots::OPENFX[0],
    ] {
        if let Err(error) = roots::fetch(&workshop.cache, root) {
            return steps.skip(&format!("packages in {}: {error:#}", root.what));
        }
    }
    if workshop.has(Kind::Deb) {
        match system::need("lintian", "lintian") {
            Ok(()) => drop(steps.check(".deb: lintian", || deb::lintian(&workshop))),
            Err(error) => steps.skip(&format!(".deb: lintian: {error:#}")),
        }
        steps.check(".deb: install, fill, upgrade, remove", || {
            deb::alone(&workshop)
        });
        steps.check(".deb with GIMP", || deb::with_gimp(&workshop));
        steps.check(".deb with an OpenFX host", || {
            deb::with_openfx_host(&workshop)
        });
    }
    if workshop.has(Kind::Rpm) {
        steps.check(".rpm: install, fill, remove", || rpm::run(&workshop));
    }
    steps.check(".tar.gz: unpack, fill, install, remove", || {
        tar::run(&workshop)
    });
    steps.check(".tar.gz on an old system", || {
        tar::on_an_old_system(&workshop)
    });
    steps.check("the bundle for OpenFX hosts alone", || {
        openfx::run(&workshop)
    });
    if workshop.has(Kind::Flatpak) {
        steps.check(".flatpak: install, run, remove", || flatpak::run(&workshop));
    }
}

/// What can be packed here, and what cannot, with the reason.
fn possible(need: impl Fn(&str, &str) -> Result<()>) -> (Vec<Kind>, Vec<String>) {
    let (mut kinds, mut missing) = (Vec::new(), Vec::new());
    for (kind, programs) in KINDS {
        let lacks = programs
            .iter()
            .find_map(|(program, package)| need(program, package).err());
        match lacks {
            None => kinds.push(kind),
            Some(why) => missing.push(format!("the package {}: {why:#}", kind.name())),
        }
    }
    (kinds, missing)
}

fn open(house: &House, parts: Parts, kinds: Vec<Kind>) -> Result<Workshop<'_>> {
    let cache = Cache::locate()?;
    let packages = house.target.join("xtask/packages");
    // Packages of another version or kind would be tried in the place of these.
    if packages.exists() {
        fs::remove_dir_all(&packages)?;
    }
    bundle::pack(slice::from_ref(&parts), &kinds, &packages)?;
    let expected = packages.join("expected.png");
    fill(house, &parts, &[], &expected)?;
    Ok(Workshop {
        house,
        packages,
        expected: fs::read(expected)?,
        cache: cache.folder().to_owned(),
        parts,
        kinds,
    })
}

/// Fills the example with what was built for this system, and more words on the command line.
pub fn fill(house: &House, parts: &Parts, words: &[&str], to: &Path) -> Result<()> {
    let [photo, mask] = EXAMPLE.map(|(file, _)| house.root.join(file));
    let mut fill = Command::new(&parts.command);
    fill.arg("fill")
        .arg(photo)
        .arg("--mask")
        .arg(mask)
        .arg("-o")
        .arg(to);
    fill.args(words)
        .arg("--overwrite")
        .env("REWEAVE_ONNXRUNTIME", &parts.runtime.library);
    run_quietly(&mut fill)?;
    Ok(())
}

/// Packs once more, into another folder, what lies packed in `packages`. Fails unless all bytes are the same.
pub fn again(parts: &Parts, kinds: &[Kind], packages: &Path) -> Result<()> {
    let out = packages.join("again");
    bundle::pack(slice::from_ref(parts), kinds, &out)?;
    let sums = |folder: &Path| fs::read_to_string(folder.join("SHA256SUMS"));
    let (first, second) = (sums(packages)?, sums(&out)?);
    fs::remove_dir_all(out)?;
    ensure!(first == second, "first:\n{first}then:\n{second}");
    Ok(())
}

impl Workshop<'_> {
    fn has(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind)
    }

    /// Lays the packages, their sums and the example into a folder of a root.
    fn lay(&self, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder)?;
        for entry in fs::read_dir(&self.packages)? {
            let path = entry?.path();
            if path.is_file() {
                fs::copy(&path, folder.join(path.file_name().unwrap_or_default()))?;
            }
        }
        fs::remove_file(folder.join("expected.png"))?;
        for (from, to) in EXAMPLE {
            fs::copy(self.house.root.join(from), folder.join(to))?;
        }
        Ok(())
    }

    /// Fails unless the file is the example filled, byte for byte.
    fn is_filled(&self, file: &Path) -> Result<()> {
        let bytes = fs::read(file).with_context(|| file.display().to_string())?;
        ensure!(
            bytes == self.expected,
            "{} is another picture than the one that the build fills",
            file.display()
        );
        Ok(())
    }

    /// Fails unless `reweave doctor` has found both models and the packed runtime.
    fn is_well(&self, said: &str) -> Result<()> {
        let wanted = ["models: gated, partial", "ONNX Runtime", "loads"];
        ensure!(
            wanted.iter().all(|words| said.contains(words)),
            "reweave doctor said:\n{said}"
        );
        Ok(())
    }

    /// The only file in the folder of packages with this ending.
    fn package(&self, ending: &str) -> Result<PathBuf> {
        let mut entries =
            fs::read_dir(&self.packages)?.filter_map(|entry| Some(entry.ok()?.path()));
        entries
            .find(|path| path.to_string_lossy().ends_with(ending))
            .with_context(|| format!("no {ending} was packed"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_packed_is_named_and_the_rest_is_packed() {
        let (kinds, missing) = possible(|program, package| {
            ensure!(program != "rpmbuild", "please install {package}");
            Ok(())
        });
        assert!(kinds == [Kind::Deb, Kind::Tar, Kind::Openfx, Kind::Flatpak]);
        assert_eq!(missing, ["the package rpm: please install rpm"]);
    }
}
