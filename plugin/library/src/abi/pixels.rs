//! The caller's pixels as the engine sees them.

use super::guard::AbiError;
use reweave::{Alpha, Channels, Depth, Format, Transfer, View, ViewMut};
use reweave_abi::{ReweaveFormat, ReweavePixels, alpha, channels, depth, transfer};

/// What a pixel is.
///
/// # Errors
/// When a number is none of the constants.
fn format(given: &ReweaveFormat) -> Result<Format, AbiError> {
    let unknown = |what, value| {
        AbiError::argument(format!("{value} is not a value for {what}: see reweave.h"))
    };
    Ok(Format {
        depth: match given.depth {
            depth::U8 => Depth::U8,
            depth::U16 => Depth::U16,
            depth::HALF => Depth::F16,
            depth::FLOAT => Depth::F32,
            other => return Err(unknown("depth", other)),
        },
        channels: match given.channels {
            channels::GREY => Channels::Grey,
            channels::GREY_ALPHA => Channels::GreyAlpha,
            channels::RGB => Channels::Rgb,
            channels::RGBA => Channels::Rgba,
            other => return Err(unknown("channels", other)),
        },
        transfer: match given.transfer {
            transfer::SRGB => Transfer::Srgb,
            transfer::LINEAR => Transfer::Linear,
            other => return Err(unknown("transfer", other)),
        },
        alpha: match given.alpha {
            alpha::STRAIGHT => Alpha::Straight,
            alpha::PREMULTIPLIED => Alpha::Premultiplied,
            other => return Err(unknown("alpha", other)),
        },
    })
}

/// The one run of memory that all rows lie in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// Bytes before the top row; not 0 when rows are stored bottom up.
    pub(crate) before: usize,
    /// Length of the run in bytes. The last row's padding does not belong to it.
    pub(crate) len: usize,
}

impl Span {
    /// None when no memory can be that large. `row` is the length of a row in bytes.
    pub(crate) fn new(row: usize, stride: isize, height: usize) -> Option<Self> {
        let between = height.checked_sub(1)?.checked_mul(stride.unsigned_abs())?;
        let len = between
            .checked_add(row)
            .filter(|len| isize::try_from(*len).is_ok())?;
        Some(Self {
            before: if stride < 0 { between } else { 0 },
            len,
        })
    }
}

fn span(pixels: &ReweavePixels) -> Result<(Span, Format), AbiError> {
    let format = format(&pixels.format)?;
    if pixels.top_left.is_null() {
        return Err(AbiError::argument("top_left of the pixels is NULL"));
    }
    let (width, height, stride) = (pixels.width, pixels.height, pixels.row_stride);
    let row = width.checked_mul(format.pixel_bytes());
    let span = row
        .and_then(|row| Span::new(row, stride, height))
        .ok_or_else(|| {
            AbiError::argument(format!(
                "{width} x {height} pixels with rows {stride} bytes apart: no picture is like that"
            ))
        })?;
    Ok((span, format))
}

/// Pixels to look at.
///
/// # Errors
/// When size, stride and format do not go together.
///
/// # Safety
/// The pixels are readable, and nobody writes them, while the view lives.
pub(super) unsafe fn view<'a>(pixels: &ReweavePixels) -> Result<View<'a>, AbiError> {
    let (span, format) = span(pixels)?;
    // SAFETY: the caller promises that the pixels are there; all of them lie within the span.
    let bytes = unsafe {
        std::slice::from_raw_parts(pixels.top_left.cast::<u8>().sub(span.before), span.len)
    };
    Ok(View::with_stride(
        bytes,
        span.before,
        pixels.row_stride,
        pixels.width,
        pixels.height,
        format,
    )?)
}

/// Pixels to change.
///
/// # Errors
/// When size, stride and format do not go together.
///
/// # Safety
/// The pixels are writable, and nobody else reads or writes them, while the view lives.
pub(super) unsafe fn view_mut<'a>(pixels: &ReweavePixels) -> Result<ViewMut<'a>, AbiError> {
    let (span, format) = span(pixels)?;
    // SAFETY: the caller promises that the pixels are there; all of them lie within the span.
    let bytes = unsafe {
        std::slice::from_raw_parts_mut(pixels.top_left.cast::<u8>().sub(span.before), span.len)
    };
    Ok(ViewMut::with_stride(
        bytes,
        span.before,
        pixels.row_stride,
        pixels.width,
        pixels.height,
        format,
    )?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rows_stored_bottom_up_start_at_the_end() {
        assert_eq!(Span::new(9, 12, 4), Some(Span { before: 0, len: 45 }));
        assert_eq!(
            Span::new(9, -12, 4),
            Some(Span {
                before: 36,
                len: 45
            })
        );
        assert_eq!(Span::new(9, -12, 0), None);
    }

    proptest! {
        #[test]
        fn no_numbers_overflow(row: usize, stride: isize, height: usize) {
            if let Some(span) = Span::new(row, stride, height) {
                prop_assert!(span.before + row <= span.len);
                prop_assert!(span.len <= isize::MAX as usize);
            }
        }
    }

    #[test]
    fn bad_descriptions_are_told_apart() {
        let mut grey = [0u8; 4];
        let good = ReweavePixels {
            top_left: grey.as_mut_ptr().cast(),
            row_stride: 2,
            width: 2,
            height: 2,
            format: ReweaveFormat {
                depth: 0,
                channels: 0,
                transfer: 0,
                alpha: 0,
            },
        };
        let text = |pixels: ReweavePixels| {
            // SAFETY: four bytes lie there.
            let view = unsafe { view(&pixels) };
            view.map(|_| ()).map_err(|failure| failure.text)
        };
        assert_eq!(text(good), Ok(()));
        for (wrong, why) in [
            (
                ReweavePixels {
                    top_left: std::ptr::null_mut(),
                    ..good
                },
                "NULL",
            ),
            (ReweavePixels { width: 0, ..good }, "no pixels"),
            (ReweavePixels { height: 0, ..good }, "no picture"),
            (
                ReweavePixels {
                    row_stride: 1,
                    ..good
                },
                "shorter",
            ),
            (
                ReweavePixels {
                    width: usize::MAX,
                    format: ReweaveFormat {
                        depth: 3,
                        ..good.format
                    },
                    ..good
                },
                "no picture",
            ),
            (
                ReweavePixels {
                    format: ReweaveFormat {
                        channels: 9,
                        ..good.format
                    },
                    ..good
                },
                "channels",
            ),
        ] {
            let text = text(wrong).unwrap_err();
            assert!(text.contains(why), "{text}");
        }
    }
}
