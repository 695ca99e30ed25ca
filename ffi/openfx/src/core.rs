//! `ofxCore.h`: host, plug-in, status and rectangles.

use std::ffi::{c_char, c_int, c_uint, c_void};

/// What became of a call: one of the `kOfxStat…` values.
pub type OfxStatus = c_int;

/// A frame number, not always whole.
pub type OfxTime = f64;

/// Defines handles: pointers to things that only the host knows.
macro_rules! handles {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        $(
            $(#[$doc])*
            pub type $name = *mut c_void;
        )*
    };
}

handles! {
    /// A dictionary of properties.
    OfxPropertySetHandle,
    /// An effect's description or one of its instances.
    OfxImageEffectHandle,
    /// An input or output of an effect.
    OfxImageClipHandle,
    /// The parameters of an effect.
    OfxParamSetHandle,
    /// One parameter of an instance.
    OfxParamHandle,
    /// Memory that the host lends.
    OfxImageMemoryHandle,
}

/// Done.
pub const kOfxStatOK: OfxStatus = 0;
/// It did not work.
pub const kOfxStatFailed: OfxStatus = 1;
/// It did not work, and nothing will from now on.
pub const kOfxStatErrFatal: OfxStatus = 2;
/// The host does not know the thing that was asked for.
pub const kOfxStatErrUnknown: OfxStatus = 3;
/// The host lacks what the plug-in cannot do without.
pub const kOfxStatErrMissingHostFeature: OfxStatus = 4;
/// Not done by this host or plug-in.
pub const kOfxStatErrUnsupported: OfxStatus = 5;
/// It is there already.
pub const kOfxStatErrExists: OfxStatus = 6;
/// Pixels or data of a kind that cannot be used.
pub const kOfxStatErrFormat: OfxStatus = 7;
/// Out of memory.
pub const kOfxStatErrMemory: OfxStatus = 8;
/// A handle that is none.
pub const kOfxStatErrBadHandle: OfxStatus = 9;
/// An index past the end.
pub const kOfxStatErrBadIndex: OfxStatus = 10;
/// A value that cannot be.
pub const kOfxStatErrValue: OfxStatus = 11;
/// Yes.
pub const kOfxStatReplyYes: OfxStatus = 12;
/// No.
pub const kOfxStatReplyNo: OfxStatus = 13;
/// Let the host do what it does when nobody says otherwise.
pub const kOfxStatReplyDefault: OfxStatus = 14;

/// What a host gives to a plug-in before anything else.
#[repr(C)]
pub struct OfxHost {
    /// What the host says about itself.
    pub host: OfxPropertySetHandle,
    /// Finds a suite by name and version; null if the host has none.
    pub fetchSuite: Option<
        unsafe extern "C" fn(
            host: OfxPropertySetHandle,
            suiteName: *const c_char,
            suiteVersion: c_int,
        ) -> *const c_void,
    >,
}

/// The one function of a plug-in.
pub type OfxPluginEntryPoint = unsafe extern "C" fn(
    action: *const c_char,
    handle: *const c_void,
    inArgs: OfxPropertySetHandle,
    outArgs: OfxPropertySetHandle,
) -> OfxStatus;

/// What a plug-in says about itself before it is loaded.
#[repr(C)]
pub struct OfxPlugin {
    /// [`names::kOfxImageEffectPluginApi`](crate::names::kOfxImageEffectPluginApi).
    pub pluginApi: *const c_char,
    /// Of that interface: 1.
    pub apiVersion: c_int,
    /// Never changes: projects store it.
    pub pluginIdentifier: *const c_char,
    /// Raised when old projects would no longer look the same.
    pub pluginVersionMajor: c_uint,
    /// Raised when anything else changes.
    pub pluginVersionMinor: c_uint,
    /// Called once, before the first action.
    pub setHost: Option<unsafe extern "C" fn(host: *mut OfxHost)>,
    /// Called with every action.
    pub mainEntry: Option<OfxPluginEntryPoint>,
}

/// Whole pixels; `x2` and `y2` are the first that no longer belong to it. y points upwards.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OfxRectI {
    /// Left.
    pub x1: c_int,
    /// Bottom.
    pub y1: c_int,
    /// Right.
    pub x2: c_int,
    /// Top.
    pub y2: c_int,
}

/// The same in canonical coordinates: pixels at full resolution with square pixels.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct OfxRectD {
    /// Left.
    pub x1: f64,
    /// Bottom.
    pub y1: f64,
    /// Right.
    pub x2: f64,
    /// Top.
    pub y2: f64,
}

/// A range of times or parameter values.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct OfxRangeD {
    /// First.
    pub min: f64,
    /// Last.
    pub max: f64,
}
