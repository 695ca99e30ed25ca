//! Networks: one file each, to be read beside its paper.

pub mod dds;
pub mod deepfill;
pub mod gated_unet;
pub mod lama;
pub mod mask_generator;
pub mod partial_unet;
pub mod patchgan;

use crate::card::ChannelOrder;
use crate::{Backend, Scope};
use dds::Dds;
use deepfill::DeepFill;
use gated_unet::GatedUnet;
use lama::Lama;
use partial_unet::PartialUnet;
use serde::{Deserialize, Serialize};

/// What one stage of a generator predicts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stage<T> {
    /// What the paper calls it, such as `coarse`.
    pub name: &'static str,
    /// The whole picture `[N, 3, H, W]`. Known pixels are only approximately those of the input, so put them back.
    pub picture: T,
    /// How much its reconstruction loss counts, relative to the others of the network.
    pub weight: f64,
}

impl<T> Stage<T> {
    /// A stage that counts as much as any other.
    pub fn new(name: &'static str, picture: T) -> Self {
        Stage {
            name,
            picture,
            weight: 1.0,
        }
    }
}

/// What a generator is shown.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a, T> {
    /// The picture `[N, 3, H, W]` in `[-1, 1]`; what it holds in the hole must not be looked at.
    pub picture: &'a T,
    /// The hole `[N, 1, H, W]`, 1 = hole.
    pub hole: &'a T,
    /// The lines of a sketch `[N, 1, H, W]` from 0 to 1, 1 = line. For networks that are [guided](Network::is_guided); those
    /// in the hole are looked at.
    pub guide: Option<&'a T>,
}

impl<'a, T> Input<'a, T> {
    /// A picture with its hole, and no sketch.
    pub fn new(picture: &'a T, hole: &'a T) -> Self {
        Input {
            picture,
            hole,
            guide: None,
        }
    }

    /// The lines in the hole; none where nothing was drawn.
    pub(crate) fn lines<B: Backend<Tensor = T>>(&self, b: &B) -> T {
        match self.guide {
            Some(guide) => b.mul(guide, self.hole),
            None => b.affine(self.hole, 0.0, 0.0),
        }
    }
}

/// What every generator has to say of itself.
pub trait Network {
    /// Fills the hole of a picture. At least one stage, in order; the last is the answer.
    fn fill<B: Backend>(&self, s: &Scope<B>, input: Input<B::Tensor>) -> Vec<Stage<B::Tensor>>;

    /// Whether it looks at the lines of a sketch.
    fn is_guided(&self) -> bool {
        false
    }

    /// Height and width must be multiples of this.
    fn size_multiple(&self) -> usize;

    /// Height and width must not be less than this.
    fn smallest(&self) -> usize {
        self.size_multiple()
    }

    /// Order of the colours in the pictures that it takes and gives.
    fn channels(&self) -> ChannelOrder {
        ChannelOrder::Rgb
    }

    /// Path of the part whose batch normalisations keep their statistics in the second phase of a training, where the
    /// paper has one.
    fn frozen_norms(&self) -> Option<&'static str> {
        None
    }
}

/// Defines the generators, and passes what is asked of one on to its network.
macro_rules! generators {
    ($($(#[$doc:meta])* $name:ident($network:ty),)*) => {
        /// A generator: what fills pictures, with everything needed to build it again.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "kind", rename_all = "kebab-case")]
        pub enum Generator {
            $($(#[$doc])* $name($network),)*
        }

        impl Network for Generator {
            fn fill<B: Backend>(
                &self,
                s: &Scope<B>,
                input: Input<B::Tensor>,
            ) -> Vec<Stage<B::Tensor>> {
                match self {
                    $(Generator::$name(network) => network.fill(s, input),)*
                }
            }

            fn is_guided(&self) -> bool {
                match self {
                    $(Generator::$name(network) => network.is_guided(),)*
                }
            }

            fn size_multiple(&self) -> usize {
                match self {
                    $(Generator::$name(network) => network.size_multiple(),)*
                }
            }

            fn smallest(&self) -> usize {
                match self {
                    $(Generator::$name(network) => network.smallest(),)*
                }
            }

            fn channels(&self) -> ChannelOrder {
                match self {
                    $(Generator::$name(network) => network.channels(),)*
                }
            }

            fn frozen_norms(&self) -> Option<&'static str> {
                match self {
                    $(Generator::$name(network) => network.frozen_norms(),)*
                }
            }
        }
    };
}

generators! {
    /// Small U-Net whose blocks sample known places.
    Dds(Dds),
    /// DeepFill v2: two stages of gated convolutions.
    Gated(DeepFill),
    /// U-Net of gated convolutions in residual blocks.
    GatedUnet(GatedUnet),
    /// LaMa: residual blocks of fast Fourier convolutions.
    Lama(Lama),
    /// U-Net of partial convolutions.
    Partial(PartialUnet),
}
