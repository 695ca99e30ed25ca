//! The WebGPU provider: a library of its own that is added to ONNX Runtime while it runs. It drives a card of any maker,
//! through Vulkan on Linux, Direct3D 12 on Windows and Metal on macOS.
//!
//! The library is looked for beside the runtime and wherever runtimes are looked for, and opened by its absolute path. It
//! chooses the card itself, and takes one that is made of software only where `ORT_WEBGPU_EP_ALLOW_SOFTWARE_ADAPTER` is 1.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::{Path, PathBuf};

use once_cell::sync::OnceCell;
use ort::session::builder::SessionBuilder;

use super::library::Loaded;
use crate::runtime::adapters::has_vulkan;
use crate::runtime::locate;
use crate::runtime::nodes::render_nodes;

/// What the library calls its provider.
pub(super) const PROVIDER: &str = "WebGpuExecutionProvider";
/// What we call the library to ONNX Runtime.
const REGISTRATION: &str = "reweave.webgpu";

/// The library, once it is registered: a process does that once.
static REGISTERED: OnceCell<PathBuf> = OnceCell::new();

/// Adds the provider to a session that is being built.
pub(super) fn add(loaded: &Loaded, builder: SessionBuilder) -> Result<SessionBuilder, String> {
    registered(loaded)?;
    let mut devices = loaded.environment.devices();
    let device = devices
        .find(|device| device.ep().is_ok_and(|name| name == PROVIDER))
        .ok_or_else(why_no_card)?;
    builder
        .with_devices([device], None)
        .map_err(|error| error.to_string())
}

/// The library that is registered.
pub(super) fn registered(loaded: &Loaded) -> Result<&'static Path, String> {
    let library = REGISTERED.get_or_try_init(|| {
        let library = find(loaded)?;
        loaded
            .environment
            .register_ep_library(REGISTRATION, &library)
            .map_err(|error| format!("{}: {error}", library.display()))?;
        Ok::<_, String>(library)
    })?;
    Ok(library)
}

/// Whether the library is there.
pub(super) fn is_installed(loaded: &Loaded) -> bool {
    find(loaded).is_ok()
}

fn find(loaded: &Loaded) -> Result<PathBuf, String> {
    let name = format!("{DLL_PREFIX}onnxruntime_providers_webgpu{DLL_SUFFIX}");
    let beside = loaded.path.parent().map(Path::to_owned);
    beside
        .into_iter()
        .chain(locate::folders())
        .map(|folder| folder.join(&name))
        .find(|library| library.is_file())
        .ok_or_else(|| "not found (reweave runtime install --webgpu fetches it)".to_owned())
}

/// Why the library finds no card, as far as it can be seen from outside, and what to do.
fn why_no_card() -> String {
    let no = "it finds no graphics card";
    if !cfg!(target_os = "linux") {
        return format!("{no}: install the newest driver of the card");
    }
    if !has_vulkan() {
        return format!(
            "{no}: Vulkan's loader libvulkan.so.1 is missing (sudo apt install libvulkan1 mesa-vulkan-drivers, or sudo dnf \
             install vulkan-loader mesa-vulkan-drivers)"
        );
    }
    let nodes = render_nodes(Path::new("/"));
    if nodes.is_empty() {
        return format!(
            "{no}: the kernel shows none in /dev/dri (in a container, start it with --device /dev/dri)"
        );
    }
    match nodes.iter().find(|node| std::fs::File::open(node).is_err()) {
        Some(node) => format!(
            "{no}: you may not use {} (sudo usermod -aG render $USER, then log in again)",
            node.display()
        ),
        None => format!("{no} that its driver serves (sudo apt install mesa-vulkan-drivers)"),
    }
}
