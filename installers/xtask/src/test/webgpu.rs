//! The WebGPU provider on a graphics card that is made of software, in a Debian that has one.

use super::pictures::difference;
use super::steps::Steps;
use crate::bundle::Parts;
use crate::command::run_quietly;
use crate::fetch::{Cache, roots};
use crate::house::House;
use crate::root::{HOME, Root};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Cuts a small picture out of the example, with a hole: the card is slow. Small enough that the network sees it as it is.
const SMALL: &str = "
import sys
from PIL import Image
photo, folder = sys.argv[1:]
Image.open(photo).convert('RGB').crop((200, 100, 296, 196)).save(folder + '/photo.png')
mask = Image.new('L', (96, 96))
mask.paste(255, (40, 40, 56, 56))
mask.save(folder + '/mask.png')
";
/// What two runtimes may differ by: their sums are rounded in another order.
const LEVELS: f64 = 2.0;

/// Fills with every model on the card and on the processor; skipped where the system or the provider cannot be had.
pub fn run(steps: &mut Steps, house: &House, parts: &Parts) {
    let prepared = Cache::locate().and_then(|cache| {
        roots::fetch(cache.folder(), &roots::VULKAN)?;
        let (provider, python) = (cache.webgpu()?, cache.python()?);
        let root = Root::unpack(cache.folder(), &roots::VULKAN, &house.target.join("xtask"))?;
        Ok((root, provider, python))
    });
    let (root, provider, python) = match prepared {
        Ok(prepared) => prepared,
        Err(error) => return steps.skip(&format!("WebGPU: {error:#}")),
    };
    steps.check("WebGPU: fills as the processor does", || {
        lay(&root, house, parts, &python)?;
        fs::copy(
            &provider,
            root.path(&format!("{HOME}/libonnxruntime_providers_webgpu.so")),
        )?;
        for model in ["gated", "partial"] {
            compare(&root, &python, model)?;
        }
        Ok(())
    });
    steps.check("WebGPU: no card, and the processor fills", || {
        without_card(&root)
    });
    steps.check("WebGPU: software is no card unless it is asked for", || {
        by_itself(&root)
    });
}

/// The command as a folder of its own, and the picture.
fn lay(root: &Root, house: &House, parts: &Parts, python: &Path) -> Result<()> {
    let home = root.path(HOME);
    fs::copy(&parts.command, home.join("reweave"))?;
    fs::copy(
        &parts.runtime.library,
        home.join("libreweave-onnxruntime.so"),
    )?;
    fs::create_dir_all(home.join("models"))?;
    for model in &parts.models {
        fs::copy(
            model,
            home.join("models")
                .join(model.file_name().unwrap_or_default()),
        )?;
    }
    let photo = house.root.join("docs/examples/rocket.jpg");
    run_quietly(
        Command::new(python)
            .args(["-c", SMALL])
            .arg(photo)
            .arg(&home),
    )?;
    Ok(())
}

fn compare(root: &Root, python: &Path, model: &str) -> Result<()> {
    let said = root.run(&format!(
        "export ORT_WEBGPU_EP_ALLOW_SOFTWARE_ADAPTER=1\n\
         for device in cpu webgpu; do\n\
         ./reweave fill photo.png --mask mask.png -o {model}-$device.png --model {model} --device $device --texture off --json\n\
         done"
    ))?;
    ensure!(
        said.contains("\"provider\":\"WebGPU\""),
        "another provider answered:\n{said}"
    );
    let picture = |device: &str| root.path(&format!("{HOME}/{model}-{device}.png"));
    let found = difference(python, &picture("cpu"), &picture("webgpu"))?;
    ensure!(
        found.largest <= LEVELS,
        "{model}: the fills differ by {} levels",
        found.largest
    );
    Ok(())
}

/// A card of software is no card unless it is asked for.
fn without_card(root: &Root) -> Result<()> {
    let said = root.run(
        "./reweave fill photo.png --mask mask.png -o without.png --device webgpu --json\n./reweave devices",
    )?;
    ensure!(
        said.contains("\"provider\":\"CPU\"") && said.contains("finds no graphics card"),
        "it said:\n{said}"
    );
    ensure!(
        root.path(&format!("{HOME}/without.png")).is_file(),
        "nothing was filled"
    );
    Ok(())
}

/// Where nobody asks for it, a card of software is listed and not taken; what was found out about one that was asked for is kept.
fn by_itself(root: &Root) -> Result<()> {
    let said = root.run(
        "export ORT_WEBGPU_EP_ALLOW_SOFTWARE_ADAPTER=1\n\
         ./reweave devices --json\n\
         ./reweave fill photo.png --mask mask.png -o auto.png --json",
    )?;
    ensure!(
        said.contains("\"provider\":\"CPU\"") && said.contains("is no card but software"),
        "without being asked for it said:\n{said}"
    );
    ensure!(
        said.contains("llvmpipe") && said.contains("\"kind\":\"software\""),
        "the devices are:\n{said}"
    );
    let kept = fs::read_dir(root.path(&format!("{HOME}/.cache/reweave/cards")))
        .context("nothing was kept of the card that was asked for")?
        .count();
    ensure!(kept == 2, "of two models {kept} verdicts were kept");
    Ok(())
}
