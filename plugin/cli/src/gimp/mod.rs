//! GIMP on this machine: where its plug-ins lie, putting Reweave there, and finding out why it does not show.

pub mod bundle;
pub mod examine;
pub mod install;
pub mod places;

/// The name of the plug-in: its folder and its executable have to be called the same, or GIMP passes over them in
/// silence.
pub const NAME: &str = "reweave";

/// The executable's file name in the plug-in's folder.
pub fn program_name() -> String {
    format!("{NAME}{}", std::env::consts::EXE_SUFFIX)
}

/// The file name of the engine's library, which lies beside the executable.
pub fn library_name() -> String {
    format!(
        "{}reweave_plugin{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    )
}
