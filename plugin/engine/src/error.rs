//! What can go wrong in a fill, each said so that a person knows what to do next.

use std::path::PathBuf;

use reweave_models::card::CardError;

/// Why there is no filled picture.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The progress callback asked to stop.
    #[error("cancelled")]
    Cancelled,

    /// Bytes, size and stride of a pixel buffer do not fit together.
    #[error("pixel buffer: {why}")]
    Buffer {
        /// Which rule is broken, with the numbers.
        why: String,
    },

    /// Hole and picture are of different size.
    #[error(
        "the hole is {hole_width}x{hole_height} pixels, the picture {picture_width}x{picture_height}: give a mask of the picture's size"
    )]
    SizeMismatch {
        /// Width of the picture in pixels.
        picture_width: usize,
        /// Height of the picture in pixels.
        picture_height: usize,
        /// Width of the hole's mask in pixels.
        hole_width: usize,
        /// Height of the hole's mask in pixels.
        hole_height: usize,
    },

    /// Sketch and picture are of different size.
    #[error(
        "the sketch is {sketch_width}x{sketch_height} pixels, the picture {picture_width}x{picture_height}: draw it in the picture's size"
    )]
    SketchSize {
        /// Width of the picture in pixels.
        picture_width: usize,
        /// Height of the picture in pixels.
        picture_height: usize,
        /// Width of the sketch in pixels.
        sketch_width: usize,
        /// Height of the sketch in pixels.
        sketch_height: usize,
    },

    /// A sketch was given to a model that looks at none.
    #[error(
        "the model '{model}' takes no sketch: leave the sketch away, or choose a model that is guided"
    )]
    NoGuide {
        /// Name on the card.
        model: String,
    },

    /// A hole was to be taken from an alpha channel that is not there.
    #[error("the picture has no alpha channel to take the hole from: give a mask instead")]
    NoAlpha,

    /// A setting that does not exist, or a value that it does not take.
    #[error("setting '{key}': {why}")]
    Setting {
        /// The key as given.
        key: String,
        /// What it takes.
        why: String,
    },

    /// The model's file cannot be used.
    #[error("{path}: {why}")]
    Model {
        /// The file.
        path: PathBuf,
        /// What is wrong and what to do next.
        why: String,
    },

    /// The model's card cannot be used.
    #[error(transparent)]
    Card(#[from] CardError),

    /// The card and the model beside it tell different things.
    #[error("the card of {path} does not fit the model: {why}")]
    CardMismatch {
        /// The model.
        path: PathBuf,
        /// The difference.
        why: String,
    },

    /// The network failed while it ran.
    #[error("model '{model}' failed on a region of {width}x{height} pixels: {why}")]
    Network {
        /// Name on the card.
        model: String,
        /// Width of the network's input.
        width: usize,
        /// Height of the network's input.
        height: usize,
        /// What the runtime said.
        why: String,
    },

    /// A buffer could not be allocated.
    #[error("not enough memory for {what} ({mebibytes} MiB): {advice}")]
    OutOfMemory {
        /// What the memory was for.
        what: String,
        /// How much was asked for, in MiB, rounded up.
        mebibytes: u64,
        /// What would need less.
        advice: String,
    },
}

impl Error {
    pub(crate) fn buffer(why: impl Into<String>) -> Self {
        Self::Buffer { why: why.into() }
    }

    pub(crate) fn model(path: impl Into<PathBuf>, why: impl Into<String>) -> Self {
        Self::Model {
            path: path.into(),
            why: why.into(),
        }
    }
}

/// Asks for `len` elements of `value`, and fails in words instead of ending the process of the host.
pub(crate) fn try_vec<T: Clone>(value: T, len: usize, what: &str) -> Result<Vec<T>, Error> {
    let mut vec = Vec::new();
    vec.try_reserve_exact(len).map_err(|_| {
        let bytes = (len as u128).saturating_mul(size_of::<T>() as u128);
        Error::OutOfMemory {
            what: what.into(),
            mebibytes: u64::try_from(bytes.div_ceil(1 << 20)).unwrap_or(u64::MAX),
            advice: "close other programs, or fill a smaller picture or a smaller hole".into(),
        }
    })?;
    vec.resize(len, value);
    Ok(vec)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_impossible_allocation_is_an_error_with_advice() {
        let error = try_vec(0u64, usize::MAX / 16, "a region").unwrap_err();
        let message = error.to_string();
        assert!(
            message.contains("a region") && message.contains("smaller hole"),
            "{message}"
        );
    }
}
