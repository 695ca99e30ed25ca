//! The tensors of a model: what each carries, and in which form.

use serde::{Deserialize, Serialize};

/// The input tensors, by role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inputs {
    /// The picture to be filled.
    pub picture: PictureInput,
    /// How the network learns where the hole is.
    pub hole: HoleInput,
    /// A line drawing of what the hole should show, for networks that take one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guide: Option<GuideInput>,
}

/// The input tensor that carries the picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureInput {
    /// Name of the tensor in the model.
    pub name: String,
    /// Order of the axes.
    #[serde(default)]
    pub layout: Layout,
    /// Type of the elements.
    #[serde(rename = "type", default)]
    pub element: Element,
    /// What black and white are.
    pub range: Range,
    /// Order of the colours.
    #[serde(default)]
    pub channels: ChannelOrder,
    /// Set where the network wants the hole's pixels blanked out before it sees them: the value, in the units of
    /// `range`. Networks made here blank the hole themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blank: Option<f32>,
}

/// How the network learns where the hole is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoleInput {
    /// Name of the tensor; absent when the hole is a fourth channel of the picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where the extra channel stands, when there is no tensor of its own.
    #[serde(default)]
    pub channel: HoleChannel,
    /// Type of the elements; of the picture's type when it is a channel.
    #[serde(rename = "type", default)]
    pub element: Element,
    /// Which of the two values means hole.
    #[serde(default)]
    pub meaning: Meaning,
    /// The two values.
    #[serde(default)]
    pub range: Range,
}

/// The input tensor that carries a line drawing: one channel, the upper end of the range on lines, the lower elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuideInput {
    /// Name of the tensor in the model.
    pub name: String,
    /// Type of the elements.
    #[serde(rename = "type", default)]
    pub element: Element,
    /// The two values.
    #[serde(default)]
    pub range: Range,
}

/// The output tensor that carries the filled picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// Name of the tensor in the model.
    pub name: String,
    /// Type of the elements.
    #[serde(rename = "type", default)]
    pub element: Element,
    /// What black and white are.
    pub range: Range,
}

/// Order of the axes of the picture tensor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Layout {
    /// Batch, channels, height, width.
    #[default]
    #[serde(rename = "NCHW")]
    Nchw,
    /// Batch, height, width, channels.
    #[serde(rename = "NHWC")]
    Nhwc,
}

/// Type of a tensor's elements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Element {
    /// 32-bit float.
    #[default]
    #[serde(rename = "f32")]
    F32,
    /// 8-bit unsigned integer.
    #[serde(rename = "u8")]
    U8,
}

/// What black and white are in a tensor, or off and on in a mask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Range {
    /// Black is -1, white is 1.
    #[serde(rename = "-1..1")]
    MinusOneToOne,
    /// Black is 0, white is 1.
    #[default]
    #[serde(rename = "0..1")]
    ZeroToOne,
    /// Black is 0, white is 255.
    #[serde(rename = "0..255")]
    ZeroTo255,
    /// -0.5 and 0.5, which some masks use.
    #[serde(rename = "-0.5..0.5")]
    MinusHalfToHalf,
}

impl Range {
    /// The values of black and of white.
    pub const fn ends(self) -> (f32, f32) {
        match self {
            Self::MinusOneToOne => (-1.0, 1.0),
            Self::ZeroToOne => (0.0, 1.0),
            Self::ZeroTo255 => (0.0, 255.0),
            Self::MinusHalfToHalf => (-0.5, 0.5),
        }
    }
}

/// Order of the colours in the picture tensor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChannelOrder {
    /// Red, green, blue.
    #[default]
    Rgb,
    /// Blue, green, red.
    Bgr,
}

/// Where the hole stands when it is a channel of the picture tensor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HoleChannel {
    /// After the colours.
    #[default]
    Last,
    /// Before the colours.
    First,
}

/// Which value of the mask means hole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// The upper end of the range is hole.
    #[default]
    OneIsHole,
    /// The lower end of the range is hole.
    ZeroIsHole,
}
