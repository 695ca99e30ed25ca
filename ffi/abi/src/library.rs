//! The library, opened at run time.

use crate::functions::*;
use crate::types::ABI_VERSION;
use std::path::{Path, PathBuf};
use std::{error, fmt};

/// Names every function once: as a field of [`Library`], as a symbol to look up, and in [`Library::SYMBOLS`].
macro_rules! library {
    ($($field:ident: $ty:ty = $symbol:literal),* $(,)?) => {
        /// Every function of `reweave.h`, from a library that was opened by its path.
        ///
        /// The fields are the functions without their prefix: `reweave_fill` is `fill`. What each asks for and gives
        /// stands in the header. The library is never closed: its threads may outlive any use of it.
        #[allow(missing_docs)]
        #[derive(Clone, Copy)]
        pub struct Library {
            $(pub $field: $ty,)*
        }

        impl Library {
            /// The name of every symbol, in the header's order.
            pub const SYMBOLS: &[&str] = &[$($symbol),*];

            fn look_up(library: &'static libloading::Library, path: &Path) -> Result<Self, OpenError> {
                $(
                    // SAFETY: a library with this symbol and the ABI version checked by `open` has this type for it.
                    let $field = unsafe { library.get::<$ty>(concat!($symbol, "\0").as_bytes()) }
                        .map_err(|source| OpenError::Symbol { path: path.into(), symbol: $symbol, source })?;
                )*
                Ok(Self { $($field: *$field,)* })
            }
        }
    };
}

library! {
    abi_version: AbiVersion = "reweave_abi_version",
    version: Version = "reweave_version",
    last_error: LastError = "reweave_last_error",
    hole_from_mask: HoleFromMask = "reweave_hole_from_mask",
    hole_from_alpha: HoleFromAlpha = "reweave_hole_from_alpha",
    hole_from_colour: HoleFromColour = "reweave_hole_from_colour",
    hole_bounds: HoleBounds = "reweave_hole_bounds",
    hole_free: HoleFree = "reweave_hole_free",
    sketch_from_drawing: SketchFromDrawing = "reweave_sketch_from_drawing",
    sketch_free: SketchFree = "reweave_sketch_free",
    setting_count: SettingCount = "reweave_setting_count",
    setting_at: SettingAt = "reweave_setting_at",
    settings_new: SettingsNew = "reweave_settings_new",
    settings_set: SettingsSet = "reweave_settings_set",
    settings_get: SettingsGet = "reweave_settings_get",
    settings_free: SettingsFree = "reweave_settings_free",
    hole_coverage: HoleCoverage = "reweave_hole_coverage",
    hole_reach: HoleReach = "reweave_hole_reach",
    models_list: ModelsList = "reweave_models_list",
    models_count: ModelsCount = "reweave_models_count",
    models_at: ModelsAt = "reweave_models_at",
    models_free: ModelsFree = "reweave_models_free",
    model_open: ModelOpen = "reweave_model_open",
    model_runtime: ModelRuntime = "reweave_model_runtime",
    model_is_guided: ModelIsGuided = "reweave_model_is_guided",
    model_free: ModelFree = "reweave_model_free",
    fill_needs: FillNeeds = "reweave_fill_needs",
    fill: Fill = "reweave_fill",
    fill_guided: FillGuided = "reweave_fill_guided",
    worker: Worker = "reweave_worker",
}

impl Library {
    /// Opens the library at an absolute path.
    ///
    /// # Errors
    /// When `path` is relative (a bare name would be searched for in folders that anybody may write to), is not a
    /// library for this system, speaks another version of the ABI, or lacks a function.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        if !path.is_absolute() {
            return Err(OpenError::Relative { path: path.into() });
        }
        // SAFETY: what runs when Reweave's own library is opened is the standard library's set-up, nothing else.
        let library =
            unsafe { libloading::Library::new(path) }.map_err(|source| OpenError::Open {
                path: path.into(),
                source,
            })?;
        let library: &'static libloading::Library = Box::leak(Box::new(library));
        // SAFETY: this function has had this type in every version of the ABI.
        let version =
            unsafe { library.get::<AbiVersion>(b"reweave_abi_version\0") }.map_err(|source| {
                OpenError::Symbol {
                    path: path.into(),
                    symbol: "reweave_abi_version",
                    source,
                }
            })?;
        // SAFETY: it takes nothing and may be called at any time.
        let found = unsafe { version() };
        if found != ABI_VERSION {
            return Err(OpenError::Version {
                path: path.into(),
                found,
            });
        }
        Self::look_up(library, path)
    }
}

/// Why the library could not be opened.
#[derive(Debug)]
#[allow(missing_docs)]
pub enum OpenError {
    Relative {
        path: PathBuf,
    },
    Open {
        path: PathBuf,
        source: libloading::Error,
    },
    Symbol {
        path: PathBuf,
        symbol: &'static str,
        source: libloading::Error,
    },
    Version {
        path: PathBuf,
        found: u32,
    },
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Relative { path } => write!(
                f,
                "{}: the library is opened by its full path only",
                path.display()
            ),
            Self::Open { path, .. } => write!(
                f,
                "{}: the library cannot be opened; install Reweave again",
                path.display()
            ),
            Self::Symbol { path, symbol, .. } => {
                write!(
                    f,
                    "{}: not Reweave's library, it has no {symbol}; install Reweave again",
                    path.display()
                )
            }
            Self::Version { path, found } => write!(
                f,
                "{}: speaks version {found} of the interface, {ABI_VERSION} is needed; install program and library \
                 from the same release",
                path.display()
            ),
        }
    }
}

impl error::Error for OpenError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Open { source, .. } | Self::Symbol { source, .. } => Some(source),
            Self::Relative { .. } | Self::Version { .. } => None,
        }
    }
}
