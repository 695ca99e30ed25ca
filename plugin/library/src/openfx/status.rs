//! Status codes that cannot be overlooked.

use reweave_openfx_sys as ofx;

/// What became of a call to the host, or what the host is told about an action.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status(pub ofx::OfxStatus);

/// A value, or the status that says why there is none.
pub type Result<T = ()> = std::result::Result<T, Status>;

impl Status {
    /// Done.
    pub const OK: Self = Self(ofx::kOfxStatOK);
    /// It did not work; a message says why.
    pub const FAILED: Self = Self(ofx::kOfxStatFailed);
    /// The thing asked for does not exist.
    pub const UNKNOWN: Self = Self(ofx::kOfxStatErrUnknown);
    /// The host lacks a suite or function that the plug-in cannot do without.
    pub const MISSING_HOST_FEATURE: Self = Self(ofx::kOfxStatErrMissingHostFeature);
    /// Pixels of a kind that cannot be used.
    pub const FORMAT: Self = Self(ofx::kOfxStatErrFormat);
    /// A value that cannot be.
    pub const VALUE: Self = Self(ofx::kOfxStatErrValue);
    /// Let the host do what it does when nobody says otherwise.
    pub const REPLY_DEFAULT: Self = Self(ofx::kOfxStatReplyDefault);

    /// Success as `Ok`, anything else as `Err`.
    pub fn ok(self) -> Result {
        if self == Self::OK { Ok(()) } else { Err(self) }
    }
}
