//! The package for Debian, in three systems: a bare one, one with GIMP, and one with an OpenFX host.

use super::Workshop;
use crate::bundle::{self, Kind, Parts};
use crate::command::run_quietly;
use crate::fetch::roots;
use crate::root::{HOME, Root};
use crate::test::page;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::process::Command;

const PAGE: &str = "docs/install/linux.md";
const SECTION: &str = "Debian";
/// The roots are made to unpack no manuals, as containers are.
const WITH_MANUALS: &str = "rm /etc/dpkg/dpkg.cfg.d/99mmdebstrap";
/// A model of the user's own, which is none of the package's business.
const OWN_MODEL: &str = "home/user/.local/share/reweave/models/own.onnx";

/// Debian's own judge of packages; what is overridden says why in `installers/deb/lintian-overrides`.
pub fn lintian(workshop: &Workshop) -> Result<()> {
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
    root.run(&format!("{WITH_MANUALS}\n{install}"))?;
    let said = root.run(try_out)?;
    workshop.is_well(&said)?;
    ensure!(
        said.contains("General Commands Manual"),
        "man reweave shows no manual:\n{said}"
    );
    workshop.is_filled(&root.path(&format!("{HOME}/filled.png")))?;

    let telemetry = root.path(&format!("{HOME}/.cache/Microsoft"));
    ensure!(
        !telemetry.exists(),
        "ONNX Runtime keeps what it would send to its makers"
    );

    // The package's own files are not the command's to replace or to take out.
    let said = root.run(
        "sudo reweave install openfx\n\
         ! sudo reweave install openfx --uninstall 2>&1\n\
         test -e /usr/OFX/Plugins/Reweave.ofx.bundle/Contents/Linux-x86-64/Reweave.ofx\n\
         dpkg --verify reweave | grep OFX || true",
    )?;
    ensure!(
        said.contains("installed for all users, in /usr/OFX/Plugins")
            && said.contains("apt remove reweave")
            && !said.contains("missing"),
        "reweave install openfx said:\n{said}"
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
    bundle::pack(&[later], &[Kind::Deb], &out)?;
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

/// GIMP knows the plug-in of a user who did nothing but install the package, shows it in its menus, and fills with it.
pub fn with_gimp(workshop: &Workshop) -> Result<()> {
    // The rectangle is the whole hole: what lies outside of it stays, and what lies in it does not. A picture without a colour
    // profile: from one with a profile GIMP saves now the one, now the other of two neighbouring tones, filled or not.
    const FILL: &str = r#"
(let ((photo (car (gimp-file-load RUN-NONINTERACTIVE "photo.jpg"))))
  (gimp-file-save RUN-NONINTERACTIVE photo "/home/user/before.ppm"))
(let* ((image (car (gimp-file-load RUN-NONINTERACTIVE "/home/user/before.ppm")))
       (photo (vector-ref (car (gimp-image-get-layers image)) 0)))
  (gimp-image-select-rectangle image CHANNEL-OP-REPLACE 200 150 40 30)
  (plug-in-reweave-fill #:run-mode RUN-NONINTERACTIVE #:image image #:drawables (vector photo))
  (gimp-selection-none image)
  (gimp-file-save RUN-NONINTERACTIVE image "/home/user/after.ppm"))
"#;
    let root = unpack(workshop, &roots::GIMP[0])?;
    workshop.lay(&root.path(HOME))?;
    fs::write(root.path(&format!("{HOME}/fill.scm")), FILL)?;
    root.run("dpkg --install reweave_*_amd64.deb")?;
    root.run(
        "gimp-console -i -d -f --quit --batch-interpreter=plug-in-script-fu-eval -b '(load \"/home/user/fill.scm\")'",
    )?;
    let read = |file: &str| {
        let path = root.path(&format!("{HOME}/{file}"));
        fs::read(&path).with_context(|| format!("GIMP wrote no {file}"))
    };
    let remembered = read(".config/GIMP/3.0/pluginrc")?;
    let remembered = String::from_utf8_lossy(&remembered);
    let ours = remembered
        .split("(plug-in-def")
        .find(|of| of.contains("\"plug-in-reweave-fill\""));
    ensure!(
        ours.is_some_and(|ours| ours.contains("<Image>/Filters/Enhance")),
        "GIMP's list of plug-ins shows ours in no menu: {ours:?}"
    );
    only_the_rectangle(&read("before.ppm")?, &read("after.ppm")?)?;
    let said = root.run("reweave doctor; reweave install gimp")?;
    ensure!(
        said.contains("installed in /usr/lib/x86_64-linux-gnu/gimp/3.0")
            && said.contains("GIMP knows the plug-in")
            && said.contains("installed for all users"),
        "reweave doctor said:\n{said}"
    );
    Ok(())
}

/// Fails unless two pictures (PPM, of three bytes a pixel) are the same but for the rectangle that was filled.
fn only_the_rectangle(before: &[u8], after: &[u8]) -> Result<()> {
    let (width, pixels) = pixels(before)?;
    let (_, filled) = pixels_of_like(after, width, pixels.len())?;
    let mut inside = 0;
    for (at, (one, other)) in pixels.chunks(3).zip(filled.chunks(3)).enumerate() {
        let (x, y) = (at % width, at / width);
        let is_hole = (200..240).contains(&x) && (150..180).contains(&y);
        ensure!(
            is_hole || one == other,
            "the known pixel {x},{y} has changed"
        );
        inside += usize::from(is_hole && one != other);
    }
    ensure!(inside > 0, "GIMP filled nothing");
    Ok(())
}

fn pixels_of_like(ppm: &[u8], width: usize, bytes: usize) -> Result<(usize, &[u8])> {
    let found = pixels(ppm)?;
    ensure!(
        found.0 == width && found.1.len() == bytes,
        "the pictures are of different sizes"
    );
    Ok(found)
}

/// Width and pixels of a PPM: `P6`, perhaps a comment, width, height and 255, then the bytes.
fn pixels(ppm: &[u8]) -> Result<(usize, &[u8])> {
    let mut rest = ppm;
    let mut words = Vec::new();
    while words.len() < 4 {
        let end = rest
            .iter()
            .position(u8::is_ascii_whitespace)
            .context("this is no PPM")?;
        if rest.starts_with(b"#") {
            let line = rest.iter().position(|&byte| byte == b'\n');
            rest = &rest[line.context("this is no PPM")? + 1..];
            continue;
        }
        words.push(String::from_utf8_lossy(&rest[..end]).into_owned());
        rest = &rest[end + 1..];
    }
    ensure!(
        words[0] == "P6" && words[3] == "255",
        "this PPM is {words:?}"
    );
    Ok((words[1].parse()?, rest))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_pixel_outside_of_the_hole_is_seen() {
        let picture = |change: Option<usize>| {
            let mut bytes = b"P6\n# by hand\n300 200\n255\n".to_vec();
            let start = bytes.len();
            bytes.resize(start + 300 * 200 * 3, 7);
            if let Some(pixel) = change {
                bytes[start + pixel * 3] = 8;
            }
            bytes
        };
        let (inside, outside) = (160 * 300 + 210, 140 * 300 + 210);
        let before = picture(None);
        assert!(only_the_rectangle(&before, &picture(Some(inside))).is_ok());
        assert!(only_the_rectangle(&before, &picture(Some(outside))).is_err());
        assert!(only_the_rectangle(&before, &before).is_err());
    }
}
