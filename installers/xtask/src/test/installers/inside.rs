//! The list of everything inside, compared with a package.

use super::Workshop;
use crate::command::run_quietly;
use crate::fetch::place::sha256;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Unpacks the folder for any Linux, and looks for what the list names in it.
pub fn run(workshop: &Workshop) -> Result<()> {
    let list: Value = serde_json::from_slice(&fs::read(workshop.package(".cdx.json")?)?)?;
    let folder = tempfile::tempdir()?;
    run_quietly(
        Command::new("tar")
            .arg("--extract")
            .arg("--strip-components=1")
            .arg("--file")
            .arg(workshop.package("-linux-x86_64.tar.gz")?)
            .arg("--directory")
            .arg(folder.path()),
    )?;
    let runtime = folder.path().join("libreweave-onnxruntime.so");
    is_listed(&list, "onnxruntime", &runtime)?;
    for model in &workshop.parts.models {
        if model.extension().is_some_and(|ending| ending == "onnx") {
            let name = model.file_stem().unwrap_or_default().to_string_lossy();
            let packed = folder.path().join(format!("models/{name}.onnx"));
            is_listed(&list, &name, &packed)?;
        }
    }
    let licences = fs::read_to_string(folder.path().join("THIRD-PARTY-LICENCES.txt"))?;
    ensure!(
        licences.contains("Copyright notices for The Rust Standard Library"),
        "the licences of Rust's standard library are not packed"
    );
    Ok(())
}

/// Fails unless the list gives this file's sha256 for the component of this name.
fn is_listed(list: &Value, name: &str, file: &Path) -> Result<()> {
    let components = list["components"].as_array().into_iter().flatten();
    let component = components
        .into_iter()
        .find(|component| component["name"] == name)
        .with_context(|| format!("the list does not name {name}"))?;
    let (listed, packed) = (component["hashes"][0]["content"].as_str(), sha256(file)?);
    ensure!(
        listed == Some(packed.as_str()),
        "{name} is packed with the sha256 {packed}, and listed with {listed:?}"
    );
    Ok(())
}
