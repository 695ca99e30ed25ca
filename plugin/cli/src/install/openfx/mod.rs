//! OpenFX hosts on this machine: the bundle that they load, where they look for it, and why the node does not show.

pub mod bundle;
pub mod examine;
pub mod places;

/// The bundle's folder; hosts look for names with this ending.
pub const BUNDLE: &str = "Reweave.ofx.bundle";
