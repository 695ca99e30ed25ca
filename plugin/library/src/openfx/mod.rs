//! Door 2: the node **Reweave Fill** for OpenFX hosts.
//!
//! A host looks for the three exported functions below, asks each plug-in what it is, and then sends it actions by
//! name. The files of this module form three layers:
//!
//! - `suites`, `status`, `properties`, `effect`, `clip`, `param`, `message`, `progress`: OpenFX without pointers. Whatever a host
//!   lends (images, a progress bar) is given back when the value is dropped, every status has to be looked at, and a
//!   null where a function should be is a status like any other.
//! - `entry`, `arguments`: from the host's call to a Rust function, and no panic back.
//! - `node`: what the node does, in words that need no knowledge of C.

mod arguments;
mod clip;
mod effect;
mod entry;
mod message;
mod node;
mod param;
mod progress;
mod properties;
mod status;
mod suites;

pub use entry::{OfxGetNumberOfPlugins, OfxGetPlugin, OfxSetHost};
