//! The values of all settings, each in its own type.

use crate::choices;
use crate::runtime::Device;

/// What a user chose for a fill. [`Settings::default`] has what is used when nobody says otherwise.
///
/// What each value may be is in its row of the [`TABLE`](super::TABLE); [`fill`](crate::fill()) refuses any other.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Name or path of the model.
    pub model: String,
    /// Where the network should run.
    pub device: Device,
    /// Pixels by which the hole is widened.
    pub grow: u32,
    /// Pixels over which the fill fades in, inside the hole.
    pub feather: f64,
    /// Which surroundings the fill is made from.
    pub area: Area,
    /// Picture beside the hole, both sides together, as a multiple of the hole's size.
    pub context: f64,
    /// How often the network fills the hole.
    pub passes: u32,
    /// How much texture is synthesised from the picture.
    pub texture: Texture,
    /// Which of the possible fills.
    pub seed: u32,
    /// What becomes of alpha inside the hole.
    pub alpha: AlphaInHole,
    /// Whether colours are corrected.
    pub colour_correction: ColourCorrection,
    /// What fills the hole.
    pub method: Method,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            model: "gated".into(),
            device: Device::Auto,
            grow: 0,
            feather: 0.0,
            area: Area::All,
            context: 1.0,
            passes: 1,
            texture: Texture::Auto,
            seed: 0,
            alpha: AlphaInHole::Auto,
            colour_correction: ColourCorrection::Auto,
            method: Method::Auto,
        }
    }
}

choices! {
    /// Which surroundings the fill is made from.
    pub enum Area {
        All = ("all", "All round", "Everything round the hole."),
        Sides = ("sides", "Sides", "Only what lies left and right of the hole."),
        AboveBelow = ("above-below", "Above and below", "Only what lies above and below the hole."),
    }
}

choices! {
    /// What fills the hole.
    pub enum Method {
        Auto = (
            "auto",
            "Automatic",
            "Network and patches; patches alone where no model is installed."
        ),
        Both = (
            "both",
            "Network and patches",
            "The network says what is where; patches of the picture that agree with it make it sharp."
        ),
        Network = ("network", "Network", "The network alone, or an error where it is missing."),
        Patch = (
            "patch",
            "Patches",
            "Patches of the picture, without a network. They are sharp, and repeat what is there."
        ),
    }
}

choices! {
    /// How much texture is synthesised from the picture.
    pub enum Texture {
        Auto = (
            "auto",
            "As the model asks",
            "As measured for each model and written on its card; at least half where a large fill had to be enlarged."
        ),
        Off = ("off", "None", "The fill is as the network predicted it, and smooth in specks."),
        Half = ("half", "Half", "Half of the picture's, half of the network's."),
        Full = ("full", "Full", "The picture's alone."),
    }
}

impl Texture {
    /// The share of synthesised texture, 0 to 1; `None` is as the card says.
    pub(crate) fn share(self) -> Option<f32> {
        match self {
            Self::Auto => None,
            Self::Off => Some(0.0),
            Self::Half => Some(0.5),
            Self::Full => Some(1.0),
        }
    }
}

choices! {
    /// What becomes of alpha inside the hole.
    pub enum AlphaInHole {
        Auto = (
            "auto",
            "Automatic",
            "Opaque where the hole was taken from the alpha channel, else kept."
        ),
        Keep = ("keep", "Keep", "The alpha channel stays as it is."),
        Opaque = ("opaque", "Opaque", "The fill is opaque."),
    }
}

choices! {
    /// Whether the colours of a fill are corrected.
    pub enum ColourCorrection {
        Auto = ("auto", "As the model asks", "As measured for each model and written on its card."),
        Off = ("off", "Off", "The fill is taken as it is."),
        On = ("on", "On", "The fill is corrected."),
    }
}

impl ColourCorrection {
    /// Whether colours are corrected, with a network whose card says `card`.
    pub(crate) fn is_on(self, card: bool) -> bool {
        match self {
            Self::Auto => card,
            Self::Off => false,
            Self::On => true,
        }
    }
}
