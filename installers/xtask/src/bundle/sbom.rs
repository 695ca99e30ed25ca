//! The list of everything inside, for machines: a software bill of materials in the form of CycloneDX 1.5.

use super::parts::{Parts, Platform};
use crate::fetch::place::sha256;
use anyhow::Result;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// Writes it into the folder `out`.
pub fn write(parts: &Parts, out: &Path) -> Result<PathBuf> {
    let system = match parts.platform {
        Platform::Linux => "",
        Platform::Windows => "-windows",
        Platform::MacOs => "-macos",
    };
    let file = out.join(format!("reweave-{}{system}.cdx.json", parts.version));
    let mut text = serde_json::to_string_pretty(&list(parts)?)?;
    text.push('\n');
    fs::write(&file, text)?;
    Ok(file)
}

fn list(parts: &Parts) -> Result<Value> {
    let hash = |sha256: &str| json!([{ "alg": "SHA-256", "content": sha256 }]);
    let mut components = Vec::new();
    for found in &parts.crates {
        components.push(json!({
            "type": "library",
            "name": found.name,
            "version": found.version,
            "licenses": [{ "expression": found.licence }],
            "hashes": hash(&found.sha256),
            "purl": format!("pkg:cargo/{}@{}", found.name, found.version),
        }));
    }
    components.push(json!({
        "type": "library",
        "name": "onnxruntime",
        "version": parts.runtime.version,
        "licenses": [{ "expression": "MIT" }],
        "hashes": hash(&parts.sha256_of_runtime()?),
        "purl": format!("pkg:pypi/onnxruntime@{}", parts.runtime.version),
    }));
    components.push(json!({
        "type": "library",
        "name": "rust-std",
        "version": parts.standard_library.version,
        "licenses": [{ "expression": "MIT OR Apache-2.0" }],
    }));
    for model in &parts.models {
        if model.extension().is_some_and(|ending| ending == "onnx") {
            components.push(json!({
                "type": "machine-learning-model",
                "name": model.file_stem().unwrap_or_default().to_string_lossy(),
                "version": parts.version,
                "hashes": hash(&sha256(model)?),
            }));
        }
    }
    Ok(json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": parts.date_as("+%Y-%m-%dT%H:%M:%SZ")?,
            "component": {
                "type": "application",
                "name": "reweave",
                "version": parts.version,
                "licenses": [{ "expression": "MIT OR Apache-2.0" }],
            },
        },
        "components": components,
    }))
}
