//! GIMP on this machine: the plug-in's folder, where GIMP looks for it, and why the menu entry does not show.

pub mod bundle;
pub mod examine;
pub mod places;

/// The name of the plug-in: its folder and its executable have to be called the same, or GIMP passes over them in
/// silence.
pub const NAME: &str = "reweave";

/// The executable's file name in the plug-in's folder.
pub fn program_name() -> String {
    format!("{NAME}{}", std::env::consts::EXE_SUFFIX)
}
