//! Which picture sizes a network takes.

use serde::{Deserialize, Serialize};

/// Which picture sizes a network takes, in pixels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Size {
    /// Width and height have to be multiples of this.
    #[serde(default = "Size::default_multiple")]
    pub multiple: u32,
    /// `[width, height]` for a model that takes one size only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed: Option<[u32; 2]>,
    /// The shortest side that works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<u32>,
    /// The longest side at which the network is good: larger regions are shown to it smaller.
    #[serde(default = "Size::default_working")]
    pub working: u32,
    /// Pixels of surroundings that the network wants to see on each side of a hole at least. A quarter of `working` where
    /// it is absent; a network that looks no farther is quicker with less.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<u32>,
}

impl Default for Size {
    fn default() -> Self {
        Self {
            multiple: Self::default_multiple(),
            fixed: None,
            min: None,
            working: Self::default_working(),
            context: None,
        }
    }
}

impl Size {
    const fn default_multiple() -> u32 {
        8
    }

    const fn default_working() -> u32 {
        512
    }
}
