//! The part of OpenFX 1.5 that Reweave uses, written by hand from the standard.
//!
//! OpenFX is a C interface between a host (Natron, Nuke, Resolve, …) and plug-ins for pictures. Its idea in three
//! sentences: a plug-in is one function, [`OfxPluginEntryPoint`], that gets *actions* by name; what an action is about
//! lies in *property sets* (dictionaries from name to numbers, strings and pointers); and whatever the plug-in wants
//! from the host it asks of *suites* (tables of functions, fetched by name and version).
//!
//! One file for each suite, and [`names`] for the strings. Names are those of the C headers, so that the standard's
//! documentation can be searched with them. Every function in a suite is an `Option`, because hosts are known to leave
//! some of them null.
//!
//! Nothing here is safe to use on its own; `plugin/library/src/openfx` has the safe layer.

#![warn(missing_docs)]
#![allow(non_upper_case_globals, non_snake_case)]

mod core;
mod effect;
mod message;
pub mod names;
mod param;
mod progress;
mod property;

pub use self::core::*;
pub use effect::*;
pub use message::*;
pub use param::*;
pub use progress::*;
pub use property::*;
