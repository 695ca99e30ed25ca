//! Clips (inputs and outputs) and the images that they give.

use super::properties::Properties;
use super::status::{Result, Status};
use super::suites::{Suites, call};
use crate::abi::pixels::Span;
use reweave::{Alpha, Channels, Depth, Format, Transfer, View, ViewMut};
use reweave_openfx_sys::{self as ofx, names::*};
use std::marker::PhantomData;
use std::ptr;

/// An input or output of an instance.
#[derive(Clone, Copy)]
pub struct Clip<'a> {
    suites: Suites,
    handle: ofx::OfxImageClipHandle,
    action: PhantomData<&'a ()>,
}

impl<'a> Clip<'a> {
    pub(super) fn new(suites: Suites, handle: ofx::OfxImageClipHandle) -> Result<Self> {
        if handle.is_null() {
            Err(Status::UNKNOWN)
        } else {
            Ok(Self {
                suites,
                handle,
                action: PhantomData,
            })
        }
    }

    /// What the host says about it.
    pub fn properties(&self) -> Result<Properties<'a>> {
        let mut handle = ptr::null_mut();
        call!(
            self.suites.effect.clipGetPropertySet,
            self.handle,
            &mut handle
        )?;
        Properties::new(self.suites, handle)
    }

    /// The frame at a time, as much of it as the host was told that is needed. Hosts say of unwired inputs that they
    /// are connected: only an image that is there means that something is wired.
    ///
    /// # Errors
    /// When nothing is wired to the clip or it has no such frame; the host's status says which, if it says anything.
    pub fn image(&self, time: f64) -> Result<Image<'a>> {
        let mut handle = ptr::null_mut();
        call!(
            self.suites.effect.clipGetImage,
            self.handle,
            time,
            ptr::null(),
            &mut handle
        )?;
        // From here on, the image goes back to the host whatever happens.
        Image::read(ImageHandle(Properties::new(self.suites, handle)?))
    }

    /// Where the clip has pixels at a time, in canonical coordinates.
    pub fn region_of_definition(&self, time: f64) -> Result<ofx::OfxRectD> {
        let mut bounds = ofx::OfxRectD::default();
        call!(
            self.suites.effect.clipGetRegionOfDefinition,
            self.handle,
            time,
            &mut bounds
        )?;
        Ok(bounds)
    }
}

/// An image that the host lends, given back when dropped.
struct ImageHandle<'a>(Properties<'a>);

impl Drop for ImageHandle<'_> {
    fn drop(&mut self) {
        if let Err(status) = call!(self.0.suites.effect.clipReleaseImage, self.0.handle) {
            tracing::warn!(?status, "the host did not take an image back");
        }
    }
}

/// Which numbers a pixel of an image has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Components {
    /// Red, green, blue, alpha.
    Rgba,
    /// Red, green, blue.
    Rgb,
    /// Alpha alone.
    Alpha,
}

/// A frame of a clip: pixels that the host lends during the action.
pub struct Image<'a> {
    handle: ImageHandle<'a>,
    /// Its lowest row, first byte of the leftmost pixel.
    data: *mut u8,
    /// Bytes from a row to the one *above* it. OpenFX counts rows upwards; many hosts store them downwards, so it is
    /// often negative.
    row_bytes: isize,
    /// The pixels that are there. They need not start at 0.
    pub bounds: ofx::OfxRectI,
    /// Type of a number.
    pub depth: Depth,
    /// Numbers of a pixel.
    pub components: Components,
    /// Whether colours are multiplied by alpha.
    pub alpha: Alpha,
    /// Pixels of the image for one of the clip at full resolution, if the image says so.
    pub scale: Option<f64>,
}

impl<'a> Image<'a> {
    fn read(handle: ImageHandle<'a>) -> Result<Self> {
        let properties = &handle.0;
        let data = properties.pointer(kOfxImagePropData)?;
        let bounds = properties.rect(kOfxImagePropBounds)?;
        if data.is_null() || bounds.x2 <= bounds.x1 || bounds.y2 <= bounds.y1 {
            return Err(Status::FAILED);
        }
        let depth = properties.string(kOfxImageEffectPropPixelDepth, 0)?;
        let depth = [
            (kOfxBitDepthByte, Depth::U8),
            (kOfxBitDepthShort, Depth::U16),
            (kOfxBitDepthHalf, Depth::F16),
            (kOfxBitDepthFloat, Depth::F32),
        ]
        .into_iter()
        .find_map(|(name, value)| (name.to_bytes() == depth.as_bytes()).then_some(value))
        .ok_or(Status::FORMAT)?;
        let components = properties.string(kOfxImageEffectPropComponents, 0)?;
        let components = [
            (kOfxImageComponentRGBA, Components::Rgba),
            (kOfxImageComponentRGB, Components::Rgb),
            (kOfxImageComponentAlpha, Components::Alpha),
        ]
        .into_iter()
        .find_map(|(name, value)| (name.to_bytes() == components.as_bytes()).then_some(value))
        .ok_or(Status::FORMAT)?;
        let premultiplication = properties
            .string(kOfxImageEffectPropPreMultiplication, 0)
            .unwrap_or_default();
        let alpha = if premultiplication.as_bytes() == kOfxImagePreMultiplied.to_bytes() {
            Alpha::Premultiplied
        } else {
            Alpha::Straight
        };
        let scale = properties
            .double(kOfxImageEffectPropRenderScale, 0)
            .ok()
            .filter(|scale| *scale > 0.0);
        let mut image = Self {
            row_bytes: 0,
            data: data.cast(),
            bounds,
            depth,
            components,
            alpha,
            scale,
            handle,
        };
        let tight = image.width() * image.format(Transfer::Srgb).pixel_bytes();
        // Hosts may leave it out or 0 where rows follow each other without a gap.
        image.row_bytes = match image.handle.0.int(kOfxImagePropRowBytes, 0) {
            Ok(0) | Err(_) => tight as isize,
            Ok(given) => given as isize,
        };
        if image.height() > 1 && image.row_bytes.unsigned_abs() < tight {
            return Err(Status::FORMAT);
        }
        Ok(image)
    }

    /// Columns.
    pub fn width(&self) -> usize {
        usize::try_from(i64::from(self.bounds.x2) - i64::from(self.bounds.x1)).unwrap_or(0)
    }

    /// Rows.
    pub fn height(&self) -> usize {
        usize::try_from(i64::from(self.bounds.y2) - i64::from(self.bounds.y1)).unwrap_or(0)
    }

    /// What a pixel is, in the engine's words; an alpha clip is a grey picture.
    pub fn format(&self, transfer: Transfer) -> Format {
        let channels = match self.components {
            Components::Rgba => Channels::Rgba,
            Components::Rgb => Channels::Rgb,
            Components::Alpha => Channels::Grey,
        };
        Format {
            depth: self.depth,
            channels,
            transfer,
            alpha: self.alpha,
        }
    }

    /// The top row first, as the engine has it: OpenFX's first row is the lowest.
    fn top_down(&self) -> Result<(*mut u8, Span, isize)> {
        let above = self.height() as isize - 1;
        let stride = -self.row_bytes;
        let row = self.width() * self.format(Transfer::Srgb).pixel_bytes();
        let span = Span::new(row, stride, self.height()).ok_or(Status::FORMAT)?;
        Ok((
            self.data.wrapping_offset(above * self.row_bytes),
            span,
            stride,
        ))
    }

    /// The pixels, to look at; the top row is row 0.
    pub fn view(&self, transfer: Transfer) -> Result<View<'_>> {
        let (top, span, stride) = self.top_down()?;
        // SAFETY: the host vouches for data, bounds and row bytes until the image is released, which is when `self`
        // is dropped; all rows lie within the span.
        let bytes = unsafe { std::slice::from_raw_parts(top.wrapping_sub(span.before), span.len) };
        View::with_stride(
            bytes,
            span.before,
            stride,
            self.width(),
            self.height(),
            self.format(transfer),
        )
        .map_err(|_| Status::FORMAT)
    }

    /// The pixels, to change; the top row is row 0. Only for the output.
    pub fn view_mut(&mut self, transfer: Transfer) -> Result<ViewMut<'_>> {
        let (top, span, stride) = self.top_down()?;
        // SAFETY: as in `view`; nobody else writes the output while it is rendered, because the node takes no tiles.
        let bytes =
            unsafe { std::slice::from_raw_parts_mut(top.wrapping_sub(span.before), span.len) };
        ViewMut::with_stride(
            bytes,
            span.before,
            stride,
            self.width(),
            self.height(),
            self.format(transfer),
        )
        .map_err(|_| Status::FORMAT)
    }
}
