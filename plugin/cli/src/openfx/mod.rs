//! OpenFX hosts on this machine: the bundle that they load, where they look for it, and why the node does not show.

pub mod bundle;
pub mod examine;
pub mod places;

/// The bundle's folder; hosts look for names with this ending.
pub const BUNDLE: &str = "Reweave.ofx.bundle";

/// The library's name inside the bundle, which has to be the bundle's own.
pub const LIBRARY: &str = "Reweave.ofx";

/// The folder in `Contents` that has the library for this kind of machine; the standard gives the names.
pub fn architecture() -> String {
    match (std::env::consts::OS, std::env::consts::ARCH) {
        ("windows", _) => "Win64".into(),
        ("macos", _) => "MacOS".into(),
        (_, "x86_64") => "Linux-x86-64".into(),
        (_, other) => format!("Linux-{other}"),
    }
}
