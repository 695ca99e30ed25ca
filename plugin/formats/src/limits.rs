//! How large a picture may be, checked against its header before anything is allocated.

use crate::error::Problem;

/// What a picture may cost before it is refused.
///
/// A header of a few bytes can promise terabytes (a decompression bomb), so no decoder allocates before
/// [`Limits::check`] has agreed.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Most pixels, in millions.
    pub megapixels: u32,
}

impl Default for Limits {
    /// 500 megapixels.
    fn default() -> Self {
        Self { megapixels: 500 }
    }
}

impl Limits {
    /// Whether a picture of this size may be read.
    pub(crate) fn check(self, width: u64, height: u64) -> Result<(), Problem> {
        if width == 0 || height == 0 {
            return Err(Problem::damaged(
                "header",
                format!("{width}x{height} pixels"),
            ));
        }
        let most = u64::from(self.megapixels) * 1_000_000;
        if width.checked_mul(height).is_none_or(|pixels| pixels > most) {
            return Err(Problem::new(
                format!(
                    "says it has {width}x{height} pixels, more than the {} megapixels allowed",
                    self.megapixels
                ),
                "if it is meant to be that large, raise --max-megapixels",
            ));
        }
        Ok(())
    }

    /// A zeroed buffer of `bytes`, or a message where memory is short.
    pub(crate) fn buffer(self, bytes: usize) -> Result<Vec<u8>, Problem> {
        let mut buffer = Vec::new();
        buffer
            .try_reserve_exact(bytes)
            .map_err(|_| no_memory(bytes))?;
        buffer.resize(bytes, 0);
        Ok(buffer)
    }

    /// The bytes that pixels of this size take, or a message where no machine could hold them.
    pub(crate) fn bytes(self, width: u32, height: u32, pixel: usize) -> Result<usize, Problem> {
        self.check(width.into(), height.into())?;
        (width as usize)
            .checked_mul(height as usize)
            .and_then(|pixels| pixels.checked_mul(pixel))
            .ok_or_else(|| no_memory(usize::MAX))
    }
}

fn no_memory(bytes: usize) -> Problem {
    Problem::new(
        format!(
            "needs {} MB of memory, more than is free",
            bytes / 1_000_000
        ),
        "close other programs or work on a smaller crop",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bombs_are_refused_before_they_are_allocated() {
        let limits = Limits { megapixels: 500 };
        assert!(limits.check(20_000, 16).is_ok());
        assert!(limits.check(25_000, 20_000).is_ok());
        for (width, height) in [(65_535, 65_535), (u64::MAX, 2), (0, 5)] {
            assert!(limits.check(width, height).is_err(), "{width}x{height}");
        }
        assert!(
            limits
                .check(65_535, 65_535)
                .unwrap_err()
                .advice
                .contains("--max-megapixels")
        );
    }
}
