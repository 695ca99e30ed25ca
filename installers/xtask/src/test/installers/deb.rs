//! The package for Debian, in three systems: a bare one, one with GIMP, and one with an OpenFX host.

use super::Workshop;
use super::page;
use crate::bundle::{self, Kind, Parts};
use crate::command::run_quietly;
use crate::fetch::{roots, system};
use crate::test::root::{HOME, Root};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::process::Command;

const PAGE: &str = "docs/install/linux.md";
const SECTION: &str = "Debian";
/// A model of the user's own, which is none of the package's business.
const OWN_MODEL: &str = "home/user/.local/share/reweave/models/own.onnx";

/// Debian's own judge of packages; what is overridden says why in `installers/deb/lintian-overrides`.
pub fn lintian(workshop: &Workshop) -> Result<()> {
    system::need("lintian", "lintian")?;
    run_quietly(
        Command::new("lintian")
            .args(["--allow-root", "--fail-on", "error,warning"])
            .arg(workshop.package(".deb")?),
    )?;
    Ok(())
}

/// The page's commands, one block after the other, and an upgrade before the last, which removes the package.
pub fn alone(workshop: &Workshop) -> Result<()> {
    let root = unpack(workshop, &roots::CLEAN)?;
    let before = root.files()?;
    workshop.lay(&root.path(HOME))?;
    let blocks = page::blocks(workshop.house, PAGE, SECTION)?;
    let [install, try_out, remove] = &blocks[..] else {
        anyhow::bail!(
            "{PAGE} has {} blocks of commands below {SECTION}",
            blocks.len()
        );
    };
    root.run(install)?;
    // This system has no manuals, as containers have none.
    let said = root.run(&try_out.replace("man reweave\n", ""))?;
    workshop.is_well(&said)?;
    workshop.is_filled(&root.path(&format!("{HOME}/filled.png")))?;

    let telemetry = root.path(&format!("{HOME}/.cache/Microsoft"));
    ensure!(
        !telemetry.exists(),
        "ONNX Runtime keeps what it would send to its makers"
    );

    let own = root.path(OWN_MODEL);
    fs::create_dir_all(own.parent().context("it lies in a folder")?)?;
    fs::write(&own, "own")?;
    upgrade(workshop, &root, install)?;

    // What apt asks before it removes is answered.
    root.run(&format!("yes | {remove}"))?;
    ensure!(own.is_file(), "the user's own model is gone");
    let mut left = root.files()?;
    left.retain(|path| !before.contains(path) && !path.starts_with("./home/user/"));
    ensure!(left.is_empty(), "left behind: {left:?}");
    Ok(())
}

/// A later version that has one model less.
fn upgrade(workshop: &Workshop, root: &Root, install: &str) -> Result<()> {
    let mut later: Parts = workshop.parts.clone();
    later.version += "+later";
    later
        .models
        .retain(|model| model.file_stem() != Some("partial".as_ref()));
    let out = workshop.packages.join("later");
    bundle::pack(&later, &[Kind::Deb], &out)?;
    let home = root.path(HOME);
    fs::remove_file(home.join(workshop.package(".deb")?.file_name().unwrap_or_default()))?;
    for entry in fs::read_dir(&out)? {
        let path = entry?.path();
        fs::copy(&path, home.join(path.file_name().unwrap_or_default()))?;
    }
    fs::remove_dir_all(out)?;
    root.run(install)?;
    let models = root.run("ls /usr/share/reweave/models; reweave doctor")?;
    ensure!(
        models.contains("gated.onnx") && !models.contains("partial"),
        "after the upgrade:\n{models}"
    );
    Ok(())
}

/// GIMP shows the plug-in to a user who did nothing but install the package, and it fills.
pub fn with_gimp(workshop: &Workshop) -> Result<()> {
    const FILL: &str = r#"
(let* ((image (car (gimp-file-load RUN-NONINTERACTIVE "photo.jpg")))
       (photo (vector-ref (car (gimp-image-get-layers image)) 0)))
  (gimp-image-select-ellipse image CHANNEL-OP-REPLACE 200 150 40 30)
  (plug-in-reweave-fill #:run-mode RUN-NONINTERACTIVE #:image image #:drawables (vector photo))
  (gimp-selection-none image)
  (gimp-file-save RUN-NONINTERACTIVE image "/home/user/filled.png"))
"#;
    let root = unpack(workshop, &roots::GIMP[0])?;
    workshop.lay(&root.path(HOME))?;
    fs::write(root.path(&format!("{HOME}/fill.scm")), FILL)?;
    root.run("dpkg --install reweave_*_amd64.deb")?;
    root.run(
        "gimp-console -i -d -f --quit --batch-interpreter=plug-in-script-fu-eval -b '(load \"/home/user/fill.scm\")'",
    )?;
    ensure!(
        root.path(&format!("{HOME}/filled.png")).is_file(),
        "GIMP filled nothing"
    );
    let said = root.run("reweave doctor; reweave install gimp")?;
    ensure!(
        said.contains("installed in /usr/lib/x86_64-linux-gnu/gimp/3.0")
            && said.contains("installed for all users"),
        "reweave doctor said:\n{said}"
    );
    Ok(())
}

/// An OpenFX host finds the node where the standard says.
pub fn with_openfx_host(workshop: &Workshop) -> Result<()> {
    let root = unpack(workshop, &roots::OPENFX[0])?;
    workshop.lay(&root.path(HOME))?;
    root.run("dpkg --install reweave_*_amd64.deb")?;
    let filters = root.run("melt -query filters 2>&1")?;
    ensure!(
        filters.contains("openfx.org.reweave.Fill"),
        "melt knows {filters}"
    );
    Ok(())
}

fn unpack(workshop: &Workshop, root: &roots::Root) -> Result<Root> {
    Root::unpack(&workshop.cache, root, &workshop.packages)
}
