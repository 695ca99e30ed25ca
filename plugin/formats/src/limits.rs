//! What a picture file may ask for, checked against what it says before anything is allocated.

use std::fmt;

use crate::error::Problem;

/// What a file may cost before it is refused.
///
/// A few bytes can promise terabytes (a decompression bomb): in the size of the picture, in the number of its
/// channels, in the length of a tag. So no decoder allocates before the budget that these limits open has agreed.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Most pixels, in millions.
    pub megapixels: u32,
    /// Most memory in bytes, for all that is kept of one file: its pixels, its profile and metadata, its other
    /// channels, and what the decoder needs beside them.
    pub memory: u64,
}

impl Default for Limits {
    /// 500 megapixels, 4 GiB.
    fn default() -> Self {
        Self {
            megapixels: 500,
            memory: 4 << 30,
        }
    }
}

impl Limits {
    /// The budget of one file.
    pub(crate) fn budget(self) -> Budget {
        Budget {
            limits: self,
            left: self.memory,
        }
    }
}

/// The memory that a file has left to ask for.
#[derive(Debug)]
pub(crate) struct Budget {
    limits: Limits,
    left: u64,
}

impl Budget {
    /// Whether a picture of this size may be read.
    pub(crate) fn check(&self, width: u64, height: u64) -> Result<(), Problem> {
        if width == 0 || height == 0 {
            return Err(Problem::damaged(
                "header",
                format!("{width}x{height} pixels"),
            ));
        }
        let most = u64::from(self.limits.megapixels) * 1_000_000;
        if width.checked_mul(height).is_none_or(|pixels| pixels > most) {
            return Err(Problem::new(
                format!(
                    "says it has {width}x{height} pixels, more than the {} megapixels allowed",
                    self.limits.megapixels
                ),
                "if it is meant to be that large, raise --max-megapixels",
            ));
        }
        Ok(())
    }

    /// Takes `bytes` out of the budget, for `what`.
    pub(crate) fn take(&mut self, bytes: u64, what: &str) -> Result<(), Problem> {
        match self.left.checked_sub(bytes) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(self.overdrawn(bytes, what)),
        }
    }

    /// That a decoder of others would need more than is left.
    pub(crate) fn exceeded(&self, what: &str) -> Problem {
        self.overdrawn(self.left.saturating_add(1), what)
    }

    fn overdrawn(&self, bytes: u64, what: &str) -> Problem {
        let asked = (self.limits.memory - self.left).saturating_add(bytes);
        Problem::new(
            format!(
                "asks for at least {} of memory ({what}), more than the {} allowed",
                Size(asked),
                Size(self.limits.memory)
            ),
            "if it is meant to be that large, raise --max-memory",
        )
    }

    /// How many bytes are left.
    pub(crate) fn left(&self) -> usize {
        usize::try_from(self.left).unwrap_or(usize::MAX)
    }

    /// Takes the bytes of `width` times `height` pixels of `pixel` bytes each, where a picture may be that large.
    pub(crate) fn take_pixels(
        &mut self,
        width: u32,
        height: u32,
        pixel: usize,
    ) -> Result<u64, Problem> {
        let (width, height) = (u64::from(width), u64::from(height));
        self.check(width, height)?;
        let bytes = (width * height).saturating_mul(pixel as u64);
        self.take(bytes, "its pixels")?;
        Ok(bytes)
    }

    /// A zeroed buffer for pixels that come out of the budget.
    pub(crate) fn pixels(
        &mut self,
        width: u32,
        height: u32,
        pixel: usize,
    ) -> Result<Vec<u8>, Problem> {
        buffer(self.take_pixels(width, height, pixel)?)
    }
}

/// A zeroed buffer of so many bytes, or a message where memory is short.
pub(crate) fn buffer(bytes: u64) -> Result<Vec<u8>, Problem> {
    let short = || {
        Problem::new(
            format!("needs {} of memory, more than is free", Size(bytes)),
            "close other programs or work on a smaller crop",
        )
    };
    let length = usize::try_from(bytes).map_err(|_| short())?;
    let mut buffer = Vec::new();
    buffer.try_reserve_exact(length).map_err(|_| short())?;
    buffer.resize(length, 0);
    Ok(buffer)
}

/// A number of bytes as people say it.
struct Size(u64);

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mib = self.0 as f64 / f64::from(1 << 20);
        if mib >= 1024.0 {
            write!(f, "{:.1} GiB", mib / 1024.0)
        } else {
            write!(f, "{mib:.1} MiB")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bombs_are_refused_before_they_are_allocated() {
        let budget = Limits::default().budget();
        assert!(budget.check(20_000, 16).is_ok());
        assert!(budget.check(25_000, 20_000).is_ok());
        for (width, height) in [(65_535, 65_535), (u64::MAX, 2), (0, 5)] {
            assert!(budget.check(width, height).is_err(), "{width}x{height}");
        }
        let refused = budget.check(65_535, 65_535).unwrap_err();
        assert!(refused.advice.contains("--max-megapixels"));
    }

    #[test]
    fn everything_comes_out_of_one_budget() {
        let limits = Limits {
            memory: 10 << 20,
            ..Limits::default()
        };
        let mut budget = limits.budget();
        assert_eq!(budget.pixels(1 << 10, 1 << 10, 6).unwrap().len(), 6 << 20);
        budget.take(3 << 20, "its tags").unwrap();
        assert_eq!(budget.left(), 1 << 20);
        let refused = budget.take(2 << 20, "its tags").unwrap_err();
        assert_eq!(
            refused.what,
            "asks for at least 11.0 MiB of memory (its tags), more than the 10.0 MiB allowed"
        );
        assert!(refused.advice.contains("--max-memory"));
        // What was refused was not taken.
        budget.take(1 << 20, "its tags").unwrap();
        assert!(budget.take(u64::MAX, "its tags").is_err());
    }
}
