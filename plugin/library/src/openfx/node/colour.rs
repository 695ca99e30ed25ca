//! How the numbers of Source relate to light.

use super::parameters::Light;
use crate::openfx::clip::Clip;
use crate::openfx::effect::Effect;
use reweave::{Depth, Transfer};
use reweave_openfx_sys::names::*;

/// Hosts whose floating point pictures are scene-linear unless somebody says otherwise.
const LINEAR_HOSTS: [&str; 2] = ["uk.co.thefoundry.nuke", "fr.inria.natron"];

/// The transfer of a frame: what the user chose, else what colour management says, else what the host is known for.
pub fn transfer(effect: &Effect<'_>, source: &Clip<'_>, depth: Depth, light: Light) -> Transfer {
    match light {
        Light::Display => return Transfer::Srgb,
        Light::Linear => return Transfer::Linear,
        Light::Auto => {}
    }
    let space = source
        .properties()
        .and_then(|properties| properties.string(kOfxImageClipPropColourspace, 0));
    if let Some(space) = space.ok().filter(|space| !space.is_empty()) {
        return if is_linear(&space) {
            Transfer::Linear
        } else {
            Transfer::Srgb
        };
    }
    let host = effect
        .host()
        .and_then(|host| host.string(kOfxPropName, 0))
        .unwrap_or_default()
        .to_lowercase();
    if depth.is_float() && LINEAR_HOSTS.iter().any(|linear| host.starts_with(linear)) {
        Transfer::Linear
    } else {
        Transfer::Srgb
    }
}

/// Whether a colour space of OpenFX's list (`lin_rec709_srgb`, `ACEScg`, `srgb_tx`, `acescct`, …) is linear. Anything
/// else (display, gamma, logarithm) is near enough to what networks were trained on.
fn is_linear(space: &str) -> bool {
    let space = space.to_lowercase();
    let names = ["acescg", "aces2065-1", "aces2065_1", "ofx_scene_linear"];
    names.contains(&space.as_str())
        || space.starts_with("lin_")
        || space.starts_with("linear")
        || space.contains("- linear")
}

#[cfg(test)]
mod tests {
    use super::is_linear;

    #[test]
    fn linear_spaces_are_known() {
        for space in [
            "lin_rec709_srgb",
            "ACEScg",
            "ACES2065-1",
            "ofx_scene_linear",
            "lin_p3d65",
            "Linear Rec.709 (sRGB)",
        ] {
            assert!(is_linear(space), "{space}");
        }
        for space in [
            "srgb_tx",
            "acescct",
            "ofx_display_sdr",
            "g24_rec709_tx",
            "arri_logc4",
            "ofx_scene_log",
            "rec709_display",
        ] {
            assert!(!is_linear(space), "{space}");
        }
    }
}
