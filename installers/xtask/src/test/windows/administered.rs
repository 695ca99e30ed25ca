//! The package for administrators, in a Wine of its own: what the page tells of it, one block of commands after the other.

use super::Setup;
use super::wine::Wine;
use crate::bundle::{self, Kind};
use crate::fetch::Cache;
use crate::house::House;
use crate::test::installers::EXAMPLE;
use crate::test::page;
use crate::test::pictures::difference;
use anyhow::{Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};

const PAGE: &str = "docs/install/windows.md";
const SECTION: &str = "For all users";
/// Where Windows keeps programs, and what they share.
const PROGRAM: &str = "Program Files/Reweave";
const BUNDLE: &str = "Program Files/Common Files/OFX/Plugins/Reweave.ofx.bundle";

/// Install, fill, upgrade, remove; then the node alone. `expected` is the example as this system fills it.
pub fn run(house: &House, setup: &Setup, expected: &Path) -> Result<()> {
    // Beside that of the setup.
    let wine = Wine::new(&setup.folder.join("administered"))?;
    for (from, to) in EXAMPLE {
        fs::copy(house.root.join(from), wine.home(to))?;
    }
    fs::copy(&setup.host, wine.home("host.exe"))?;
    wine.lay_packages(&setup.folder)?;
    let blocks = page::blocks_in(house, PAGE, SECTION, "bat")?;
    let [install, try_out, remove, node] = &blocks[..] else {
        anyhow::bail!(
            "{PAGE} has {} blocks of commands below {SECTION}",
            blocks.len()
        );
    };
    let before = wine.files()?;

    wine.terminal(install)?;
    let said = wine.terminal(try_out)?;
    ensure!(
        said.contains("models: gated, partial")
            && said.contains("Reweave.ofx loads")
            && said.contains("by ONNX Runtime")
            && !said.contains("PROBLEM"),
        "reweave said:\n{said}"
    );
    let python = Cache::locate()?.python()?;
    let found = difference(&python, &wine.home("filled.png"), expected)?;
    ensure!(
        found.largest <= 2.0 && found.share <= 0.01,
        "the fill differs from that of this system: {found:?}"
    );
    fills_in_a_host(&wine)?;
    ensure!(
        path_of_machine(&wine)?.contains(r"Program Files\\Reweave\\"),
        "the folder does not stand in Path"
    );

    let later = upgrade(setup, &wine)?;
    let partial = wine.machine(&format!("{PROGRAM}/models/partial.onnx"));
    ensure!(
        !partial.exists() && wine.machine(PROGRAM).join("reweave.exe").is_file(),
        "the later version did not take the place of the first"
    );

    // The page names the version that is made now.
    let name = |path: &Path| {
        path.file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    };
    let now = name(&setup.folder.join(file_of(&setup.parts.version)));
    wine.terminal(&remove.replace(&now, &name(&later)))?;
    let mut left = wine.files()?;
    // Windows Installer's own books, and folders that all programs share.
    left.retain(|path| {
        !before.contains(path)
            && !path.contains("/drive_c/windows/")
            && !path.contains("/AppData/Local/")
            && !path.ends_with("/Common Files/OFX")
            && !path.ends_with("/Common Files/OFX/Plugins")
    });
    ensure!(left.is_empty(), "left behind: {left:#?}");
    ensure!(
        !path_of_machine(&wine)?.contains("Reweave"),
        "the folder still stands in Path"
    );

    wine.terminal(node)?;
    ensure!(
        wine.machine(BUNDLE).is_dir() && !wine.machine(PROGRAM).join("reweave.exe").exists(),
        "another choice was installed than the node alone"
    );
    fills_in_a_host(&wine)
}

fn file_of(version: &str) -> String {
    format!("reweave-{version}-x86_64.msi")
}

/// A host finds the node where all hosts look, and the node fills.
fn fills_in_a_host(wine: &Wine) -> Result<()> {
    let said = wine.terminal(
        r#"host "%CommonProgramFiles%\OFX\Plugins\Reweave.ofx.bundle\Contents\Win64\Reweave.ofx""#,
    )?;
    ensure!(
        said.contains("Reweave Fill: ") && said.matches("pixels filled").count() == 4,
        "the host said:\n{said}"
    );
    Ok(())
}

/// A later version that has one model less; gives its package.
fn upgrade(setup: &Setup, wine: &Wine) -> Result<PathBuf> {
    let mut later = setup.parts.clone();
    // Windows Installer reads three numbers.
    later.version = "99.0.0".into();
    later
        .models
        .retain(|model| model.file_stem() != Some("partial".as_ref()));
    let out = setup.folder.join("later-msi");
    bundle::pack(&[later], &[Kind::Msi], &out)?;
    wine.lay_packages(&out)?;
    fs::remove_dir_all(&out)?;
    let file = file_of("99.0.0");
    wine.terminal(&format!("start /wait msiexec /i {file} /qn"))?;
    Ok(wine.home(&file))
}

/// The variable `Path` of all users, as it stands in the registry.
fn path_of_machine(wine: &Wine) -> Result<String> {
    let registry = wine.registry_of_machine()?;
    let paths = registry.lines().filter(|line| {
        let line = line.to_lowercase();
        line.starts_with("\"path\"=")
    });
    Ok(paths.collect::<Vec<_>>().join("\n"))
}
