//! The bundle alone, unpacked where the standard says, in a Debian with an OpenFX host.

use super::Workshop;
use crate::fetch::roots;
use crate::root::{HOME, Root};
use anyhow::{Result, ensure};
use std::fs;

/// The host finds the node, and the bundle brings its models and nothing else's, its runtime and all licences.
pub fn run(workshop: &Workshop) -> Result<()> {
    let root = Root::unpack(&workshop.cache, &roots::OPENFX[0], &workshop.packages)?;
    workshop.lay(&root.path(HOME))?;
    root.run(
        "sha256sum --check --ignore-missing SHA256SUMS | grep openfx\n\
         mkdir -p /usr/OFX/Plugins\n\
         tar -xzf reweave-*-openfx.tar.gz -C /usr/OFX/Plugins",
    )?;
    let filters = root.run("melt -query filters 2>&1")?;
    ensure!(
        filters.contains("openfx.org.reweave.Fill"),
        "melt knows {filters}"
    );
    let contents = root.path("usr/OFX/Plugins/Reweave.ofx.bundle/Contents");
    let mut models = fs::read_dir(contents.join("Resources/models"))?
        .map(|entry| Ok(entry?.file_name()))
        .collect::<Result<Vec<_>>>()?;
    models.sort();
    let packed: Vec<_> = workshop
        .parts
        .models
        .iter()
        .filter_map(|model| model.file_name())
        .collect();
    ensure!(
        models == packed,
        "the bundle has the models {models:?}, packed were {packed:?}"
    );
    let runtime = contents.join("Linux-x86-64/libreweave-onnxruntime.so");
    ensure!(runtime.is_file(), "the bundle has no ONNX Runtime");
    let licences = contents.join("Resources/licences/THIRD-PARTY-LICENCES.txt");
    let licences = fs::read_to_string(licences)?;
    ensure!(
        licences.contains("ONNX Runtime") && licences.contains("The Rust Standard Library"),
        "the bundle does not bring all licences"
    );
    Ok(())
}
