//! Structs and constants of `reweave.h`.

use std::ffi::{c_char, c_void};

/// Raised when something that exists changes.
pub const ABI_VERSION: u32 = 1;

/// Defines constants that are documented by their group in the header.
macro_rules! constants {
    ($(#[$doc:meta])* $group:ident: $ty:ty { $($name:ident = $value:expr),* $(,)? }) => {
        $(#[$doc])*
        #[allow(missing_docs)]
        pub mod $group {
            $(pub const $name: $ty = $value;)*
            /// Every constant of this group by its name in the header, for the test that compares them.
            pub const ALL: &[(&str, i64)] = &[$((stringify!($name), $name as i64)),*];
        }
    };
}

/// What became of a call: one of the values in [`status`].
pub type ReweaveStatus = i32;

constants! {
    /// `REWEAVE_OK` and what else a call may return.
    status: i32 {
        OK = 0,
        CANCELLED = 1,
        BAD_ARGUMENT = 2,
        BAD_SETTING = 3,
        BAD_MODEL = 4,
        RUNTIME_FAILED = 5,
        OUT_OF_MEMORY = 6,
        FAILED = 7,
        PANICKED = 8,
    }
}

constants! {
    /// `REWEAVE_DEPTH_…`
    depth: u32 { U8 = 0, U16 = 1, HALF = 2, FLOAT = 3 }
}

constants! {
    /// `REWEAVE_CHANNELS_…`
    channels: u32 { GREY = 0, GREY_ALPHA = 1, RGB = 2, RGBA = 3 }
}

constants! {
    /// `REWEAVE_TRANSFER_…`
    transfer: u32 { SRGB = 0, LINEAR = 1 }
}

constants! {
    /// `REWEAVE_ALPHA_…`
    alpha: u32 { STRAIGHT = 0, PREMULTIPLIED = 1 }
}

constants! {
    /// `REWEAVE_KIND_…`
    kind: u32 { TEXT = 0, CHOICE = 1, INTEGER = 2, NUMBER = 3, TOGGLE = 4 }
}

constants! {
    /// `REWEAVE_LEVEL_…`
    level: u32 { BASIC = 0, ADVANCED = 1 }
}

constants! {
    /// `REWEAVE_STAGE_…`
    stage: u32 { HOLE = 0, PLAN = 1, NETWORK = 2, TEXTURE = 3, BLEND = 4 }
}

/// Size and meaning of a pixel's numbers.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReweaveFormat {
    /// One of [`depth`].
    pub depth: u32,
    /// One of [`channels`].
    pub channels: u32,
    /// One of [`transfer`].
    pub transfer: u32,
    /// One of [`alpha`].
    pub alpha: u32,
}

/// The caller's pixels.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ReweavePixels {
    /// First byte of the leftmost pixel of the top row.
    pub top_left: *mut c_void,
    /// Bytes from a row to the one below it; negative when rows are stored bottom up.
    pub row_stride: isize,
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// What a pixel is.
    pub format: ReweaveFormat,
}

/// A part of a picture, in pixels from its top left corner.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReweaveRect {
    /// Pixels to the left of it.
    pub x: usize,
    /// Pixels above it.
    pub y: usize,
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
}

/// One possible value of a setting of kind `CHOICE`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ReweaveChoice {
    /// The value to set.
    pub id: *const c_char,
    /// For people, in English.
    pub label: *const c_char,
    /// What it does, in one sentence.
    pub help: *const c_char,
}

/// One row of the settings table. No pointer is null.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ReweaveSetting {
    /// The key for `reweave_settings_set`.
    pub id: *const c_char,
    /// A few words for people.
    pub label: *const c_char,
    /// A sentence for people.
    pub help: *const c_char,
    /// Of the number, or empty.
    pub unit: *const c_char,
    /// Heading under which a dialog shows it.
    pub group: *const c_char,
    /// As text, as `reweave_settings_set` takes it.
    pub default_value: *const c_char,
    /// One of [`kind`].
    pub kind: u32,
    /// Length of `choices`.
    pub choice_count: u32,
    /// What a setting of kind `CHOICE` can be.
    pub choices: *const ReweaveChoice,
    /// Smallest allowed value of a number.
    pub minimum: f64,
    /// Largest allowed value of a number.
    pub maximum: f64,
    /// Where a slider starts.
    pub slider_minimum: f64,
    /// Where a slider ends.
    pub slider_maximum: f64,
    /// Of a spin button.
    pub step: f64,
    /// 1 for a length in pixels of the picture.
    pub scales: u32,
    /// One of [`level`].
    pub level: u32,
    /// One of [`stage`].
    pub stage: u32,
}

/// A model in one of the models folders.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ReweaveModelInfo {
    /// For `reweave_model_open` and the setting "model".
    pub name: *const c_char,
    /// A few words for people.
    pub title: *const c_char,
    /// A sentence or more for people.
    pub description: *const c_char,
    /// Under which the model may be used.
    pub licence: *const c_char,
    /// Of the `.onnx` file.
    pub path: *const c_char,
    /// Why it cannot be used, empty if it can.
    pub problem: *const c_char,
}

/// What a fill did.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ReweaveReport {
    /// `size_of::<ReweaveReport>()`, set by the caller.
    pub size: usize,
    /// Parts of the picture that the network worked on.
    pub regions: usize,
    /// Pixels filled.
    pub pixels: usize,
    /// Finding the regions.
    pub seconds_plan: f64,
    /// Turning pixels into what the network sees.
    pub seconds_read: f64,
    /// Running the network.
    pub seconds_network: f64,
    /// Synthesising texture on its prediction.
    pub seconds_texture: f64,
    /// Putting it into the picture.
    pub seconds_blend: f64,
    /// Parts of the hole so small that they were filled without the network. Reports that end before it are taken too.
    pub specks: usize,
}

impl ReweaveReport {
    /// The size without `specks`, which was added.
    pub const FIRST_SIZE: usize = std::mem::offset_of!(Self, specks);
}

impl Default for ReweaveReport {
    fn default() -> Self {
        Self {
            size: size_of::<Self>(),
            regions: 0,
            pixels: 0,
            seconds_plan: 0.0,
            seconds_read: 0.0,
            seconds_network: 0.0,
            seconds_texture: 0.0,
            seconds_blend: 0.0,
            specks: 0,
        }
    }
}

/// Defines types that are only ever seen behind a pointer.
macro_rules! opaque {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        $(
            $(#[$doc])*
            #[repr(C)]
            pub struct $name {
                _opaque: [u8; 0],
            }
        )*
    };
}

opaque! {
    /// What to fill.
    ReweaveHole,
    /// Lines along which a fill goes on.
    ReweaveSketch,
    /// A value for each row of the settings table.
    ReweaveSettings,
    /// The models that were found.
    ReweaveModelList,
    /// A model, open on a device.
    ReweaveModel,
}

/// Called during a fill with the share that is done and what is being done; not 0 cancels.
pub type ReweaveProgress =
    Option<unsafe extern "C" fn(data: *mut c_void, done: f32, doing: *const c_char) -> i32>;
