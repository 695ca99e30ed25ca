//! Door 1: the C ABI. `ffi/include/reweave.h` says what each function does; here is how.
//!
//! Every function checks its pointers, does its work inside `guard`, and gives a status. Nothing else in it is
//! `unsafe` than looking through the pointers that C gave.

mod coverage;
mod fill;
pub(crate) mod guard;
mod handle;
mod hole;
mod models;
pub(crate) mod pixels;
mod settings;
mod sketch;
mod table;
mod text;
mod version;
mod worker;

pub use coverage::{reweave_hole_coverage, reweave_hole_reach};
pub use fill::{reweave_fill, reweave_fill_guided, reweave_fill_needs};
pub use hole::{
    reweave_hole_bounds, reweave_hole_free, reweave_hole_from_alpha, reweave_hole_from_colour,
    reweave_hole_from_mask,
};
pub use models::{
    reweave_model_free, reweave_model_is_guided, reweave_model_open, reweave_model_runtime,
    reweave_models_at, reweave_models_count, reweave_models_free, reweave_models_list,
};
pub use settings::{
    reweave_settings_free, reweave_settings_get, reweave_settings_new, reweave_settings_set,
};
pub use sketch::{reweave_sketch_free, reweave_sketch_from_drawing};
pub use table::{reweave_setting_at, reweave_setting_count};
pub use version::{reweave_abi_version, reweave_last_error, reweave_version};
pub use worker::reweave_worker;
