//! Frames: pictures in memory, in every layout that hosts have.

use super::properties::{PropertySet, Value};
use super::world;
use half::f16;
use reweave_openfx_sys::{self as ofx, names::*};
use std::ffi::CStr;

/// Type of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    Byte,
    Short,
    Half,
    Float,
}

impl Depth {
    pub const ALL: [Self; 4] = [Self::Byte, Self::Short, Self::Half, Self::Float];

    pub fn bytes(self) -> usize {
        match self {
            Self::Byte => 1,
            Self::Short | Self::Half => 2,
            Self::Float => 4,
        }
    }

    fn name(self) -> &'static CStr {
        match self {
            Self::Byte => kOfxBitDepthByte,
            Self::Short => kOfxBitDepthShort,
            Self::Half => kOfxBitDepthHalf,
            Self::Float => kOfxBitDepthFloat,
        }
    }
}

/// How a frame lies in memory.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    pub depth: Depth,
    /// 4 for RGBA, 3 for RGB, 1 for alpha.
    pub channels: usize,
    pub bounds: ofx::OfxRectI,
    /// Bytes behind each row.
    pub padding: usize,
    /// Whether the top row comes first, which makes row bytes negative.
    pub top_first: bool,
    pub premultiplied: bool,
}

impl Layout {
    pub fn new(depth: Depth, channels: usize, width: i32, height: i32) -> Self {
        let bounds = ofx::OfxRectI {
            x1: 0,
            y1: 0,
            x2: width,
            y2: height,
        };
        Self {
            depth,
            channels,
            bounds,
            padding: 0,
            top_first: false,
            premultiplied: false,
        }
    }

    pub fn moved(mut self, x: i32, y: i32) -> Self {
        self.bounds = ofx::OfxRectI {
            x1: self.bounds.x1 + x,
            y1: self.bounds.y1 + y,
            x2: self.bounds.x2 + x,
            y2: self.bounds.y2 + y,
        };
        self
    }

    /// As MLT stores frames.
    pub fn top_first(self) -> Self {
        Self {
            top_first: true,
            ..self
        }
    }

    pub fn padded(self, padding: usize) -> Self {
        Self { padding, ..self }
    }

    pub fn premultiplied(self) -> Self {
        Self {
            premultiplied: true,
            ..self
        }
    }
}

/// What stands in padding and in new frames: whoever writes it is found out.
pub const PADDING: u8 = 0xA5;

/// A picture in memory.
#[derive(Clone, Debug)]
pub struct Frame {
    pub layout: Layout,
    pub bytes: Vec<u8>,
}

impl Frame {
    pub fn new(layout: Layout) -> Self {
        let mut frame = Self {
            layout,
            bytes: Vec::new(),
        };
        frame.bytes = vec![PADDING; frame.row_bytes() * frame.height()];
        frame
    }

    /// A frame with `paint(x, y, channel)` everywhere, in OpenFX's coordinates.
    pub fn painted(layout: Layout, paint: impl Fn(i32, i32, usize) -> f32) -> Self {
        let mut frame = Self::new(layout);
        for y in layout.bounds.y1..layout.bounds.y2 {
            for x in layout.bounds.x1..layout.bounds.x2 {
                (0..layout.channels)
                    .for_each(|channel| frame.put(x, y, channel, paint(x, y, channel)));
            }
        }
        frame
    }

    /// The same pixels in another layout of the same depth, channels and bounds.
    pub fn stored_as(&self, layout: Layout) -> Self {
        let mut frame = Self::new(layout);
        let pixel = layout.channels * layout.depth.bytes();
        for y in layout.bounds.y1..layout.bounds.y2 {
            for x in layout.bounds.x1..layout.bounds.x2 {
                let at = frame.offset(x, y, 0);
                frame.bytes[at..at + pixel].copy_from_slice(self.pixel(x, y));
            }
        }
        frame
    }

    pub fn width(&self) -> usize {
        (self.layout.bounds.x2 - self.layout.bounds.x1) as usize
    }

    pub fn height(&self) -> usize {
        (self.layout.bounds.y2 - self.layout.bounds.y1) as usize
    }

    fn row_bytes(&self) -> usize {
        self.width() * self.layout.channels * self.layout.depth.bytes() + self.layout.padding
    }

    fn offset(&self, x: i32, y: i32, channel: usize) -> usize {
        let bounds = self.layout.bounds;
        assert!(
            x >= bounds.x1 && x < bounds.x2 && y >= bounds.y1 && y < bounds.y2,
            "{x} {y} in {bounds:?}"
        );
        let row = if self.layout.top_first {
            bounds.y2 - 1 - y
        } else {
            y - bounds.y1
        } as usize;
        row * self.row_bytes()
            + ((x - bounds.x1) as usize * self.layout.channels + channel)
                * self.layout.depth.bytes()
    }

    /// The bytes of a pixel.
    pub fn pixel(&self, x: i32, y: i32) -> &[u8] {
        &self.bytes[self.offset(x, y, 0)..][..self.layout.channels * self.layout.depth.bytes()]
    }

    pub fn get(&self, x: i32, y: i32, channel: usize) -> f32 {
        let bytes = &self.bytes[self.offset(x, y, channel)..];
        match self.layout.depth {
            Depth::Byte => f32::from(bytes[0]) / 255.0,
            Depth::Short => f32::from(u16::from_ne_bytes([bytes[0], bytes[1]])) / 65535.0,
            Depth::Half => f16::from_ne_bytes([bytes[0], bytes[1]]).to_f32(),
            Depth::Float => f32::from_ne_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]),
        }
    }

    pub fn put(&mut self, x: i32, y: i32, channel: usize, value: f32) {
        let offset = self.offset(x, y, channel);
        let bytes = &mut self.bytes[offset..];
        match self.layout.depth {
            Depth::Byte => bytes[0] = (value * 255.0).round() as u8,
            Depth::Short => {
                bytes[..2].copy_from_slice(&((value * 65535.0).round() as u16).to_ne_bytes())
            }
            Depth::Half => bytes[..2].copy_from_slice(&f16::from_f32(value).to_ne_bytes()),
            Depth::Float => bytes[..4].copy_from_slice(&value.to_ne_bytes()),
        }
    }

    /// Whether nothing was written behind the rows.
    pub fn padding_is_whole(&self) -> bool {
        let row = self.row_bytes();
        self.bytes.chunks_exact(row).all(|bytes| {
            bytes[row - self.layout.padding..]
                .iter()
                .all(|byte| *byte == PADDING)
        })
    }

    /// What the plug-in is told about the frame. Its pixels are lent: the frame has to outlive the set.
    pub fn properties(&mut self, scale: f64) -> PropertySet {
        let Layout {
            depth,
            channels,
            bounds,
            ..
        } = self.layout;
        let row_bytes = self.row_bytes() as i32;
        // Some hosts ask for frames of no size.
        let lowest = if self.bytes.is_empty() {
            0
        } else {
            self.offset(bounds.x1, bounds.y1, 0)
        };
        let components = match channels {
            4 => kOfxImageComponentRGBA,
            3 => kOfxImageComponentRGB,
            _ => kOfxImageComponentAlpha,
        };
        let alpha = if self.layout.premultiplied {
            kOfxImagePreMultiplied
        } else {
            kOfxImageUnPreMultiplied
        };
        let set = PropertySet::new()
            .with(
                kOfxImagePropData,
                [Value::Pointer(
                    self.bytes.as_mut_ptr().wrapping_add(lowest) as usize
                )],
            )
            .with(
                kOfxImagePropBounds,
                [bounds.x1, bounds.y1, bounds.x2, bounds.y2].map(Value::Int),
            )
            .with(kOfxImageEffectPropPixelDepth, [Value::name(depth.name())])
            .with(kOfxImageEffectPropComponents, [Value::name(components)])
            .with(kOfxImageEffectPropPreMultiplication, [Value::name(alpha)])
            .with(
                kOfxImageEffectPropRenderScale,
                [scale, scale].map(Value::Double),
            );
        if world().quirks.no_row_bytes && self.layout.padding == 0 && !self.layout.top_first {
            return set;
        }
        set.with(
            kOfxImagePropRowBytes,
            [Value::Int(if self.layout.top_first {
                -row_bytes
            } else {
                row_bytes
            })],
        )
    }
}
