//! What one pixel is made of.

use super::transfer::Transfer;

/// Type of one channel of one pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Depth {
    /// 8-bit unsigned integer, 0 to 255.
    U8,
    /// 16-bit unsigned integer, 0 to 65535.
    U16,
    /// Half float (IEEE 754 binary16), nominally 0 to 1.
    F16,
    /// Float (IEEE 754 binary32), nominally 0 to 1.
    F32,
}

impl Depth {
    /// Bytes of one channel.
    pub const fn bytes(self) -> usize {
        match self {
            Self::U8 => 1,
            Self::U16 | Self::F16 => 2,
            Self::F32 => 4,
        }
    }

    /// Whether values above 1, infinities and NaN are possible.
    pub const fn is_float(self) -> bool {
        matches!(self, Self::F16 | Self::F32)
    }
}

/// Channels of one pixel, in memory order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channels {
    /// One channel.
    Grey,
    /// Grey, alpha.
    GreyAlpha,
    /// Red, green, blue.
    Rgb,
    /// Red, green, blue, alpha.
    Rgba,
}

impl Channels {
    /// Number of channels, alpha included.
    pub const fn count(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::GreyAlpha => 2,
            Self::Rgb => 3,
            Self::Rgba => 4,
        }
    }

    /// Number of channels that carry colour: 1 or 3.
    pub const fn colours(self) -> usize {
        match self {
            Self::Grey | Self::GreyAlpha => 1,
            Self::Rgb | Self::Rgba => 3,
        }
    }

    /// Whether the last channel is alpha.
    pub const fn has_alpha(self) -> bool {
        matches!(self, Self::GreyAlpha | Self::Rgba)
    }
}

/// Whether colours are multiplied by alpha.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Alpha {
    /// Colours are as they are; alpha is told apart.
    #[default]
    Straight,
    /// Colours are multiplied by alpha.
    Premultiplied,
}

/// What one pixel is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Format {
    /// Type of a channel.
    pub depth: Depth,
    /// Which channels there are.
    pub channels: Channels,
    /// How the numbers relate to light.
    pub transfer: Transfer,
    /// Whether colours are multiplied by alpha; of no meaning without an alpha channel.
    pub alpha: Alpha,
}

impl Format {
    /// An sRGB-encoded format with straight alpha.
    pub const fn srgb(depth: Depth, channels: Channels) -> Self {
        Self {
            depth,
            channels,
            transfer: Transfer::Srgb,
            alpha: Alpha::Straight,
        }
    }

    /// A linear-light format with straight alpha.
    pub const fn linear(depth: Depth, channels: Channels) -> Self {
        Self {
            depth,
            channels,
            transfer: Transfer::Linear,
            alpha: Alpha::Straight,
        }
    }

    /// The same format with colours multiplied by alpha.
    pub const fn premultiplied(self) -> Self {
        Self {
            alpha: Alpha::Premultiplied,
            ..self
        }
    }

    /// Bytes of one pixel.
    pub const fn pixel_bytes(self) -> usize {
        self.depth.bytes() * self.channels.count()
    }

    /// Whether the same bytes mean the same pixels in both formats.
    pub fn stores_like(self, other: Self) -> bool {
        let same_alpha = !self.channels.has_alpha() || self.alpha == other.alpha;
        (self.depth, self.channels, self.transfer) == (other.depth, other.channels, other.transfer)
            && same_alpha
    }

    /// Whether colours have to be divided by alpha before they mean anything.
    pub const fn is_premultiplied(self) -> bool {
        self.channels.has_alpha() && matches!(self.alpha, Alpha::Premultiplied)
    }
}
