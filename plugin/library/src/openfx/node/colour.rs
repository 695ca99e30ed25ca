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
    if let Some(transfer) = space.ok().and_then(|space| of_space(&space)) {
        return transfer;
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

/// The transfer of a colour space by its name: one of OpenFX 1.5's list (ofxColourspaceList.h), or, where the host and we
/// have not agreed on that list, what people call theirs. Display, gamma and logarithm are all near enough to what
/// networks were trained on. `None` where the name says nothing.
fn of_space(space: &str) -> Option<Transfer> {
    // Linear without saying so in their names.
    const LINEAR: [&str; 5] = [
        "aces2065-1",
        "aces2065_1",
        "acescg",
        "aces_interchange",
        "cie-xyz-d65",
    ];
    let space = space.to_lowercase();
    if ["", "raw", "ofx_raw", "data"].contains(&space.as_str()) {
        return None;
    }
    let words = || space.split(|c: char| !c.is_ascii_alphanumeric());
    let linear =
        LINEAR.contains(&space.as_str()) || words().any(|word| word == "lin" || word == "linear");
    Some(if linear {
        Transfer::Linear
    } else {
        Transfer::Srgb
    })
}

#[cfg(test)]
mod tests {
    use super::of_space;
    use reweave::Transfer;

    #[test]
    fn scene_linear_spaces_of_the_standard_are_known() {
        for space in [
            "ofx_linear",
            "scene_linear",
            "ACES2065-1",
            "ACEScg",
            "lin_p3d65",
            "lin_rec2020",
            "lin_rec709_srgb",
            "lin_arri_wide_gamut_4",
            "lin_davinci_widegamut",
            "lin_venice_sgamut3cine",
            "Linear Rec.709 (sRGB)",
            "Utility - Linear - sRGB",
        ] {
            assert_eq!(of_space(space), Some(Transfer::Linear), "{space}");
        }
    }

    #[test]
    fn all_others_of_it_are_not() {
        for space in [
            "ofx_sdr",
            "ofx_hdr",
            "ofx_log",
            "srgb_tx",
            "srgb_display",
            "g24_rec709_tx",
            "ACEScct",
            "arri_logc4",
            "slog3_sgamut3",
            "camera_rec709",
        ] {
            assert_eq!(of_space(space), Some(Transfer::Srgb), "{space}");
        }
    }

    #[test]
    fn what_is_no_colour_says_nothing() {
        for space in ["", "Raw", "ofx_raw", "data"] {
            assert_eq!(of_space(space), None, "{space}");
        }
    }
}
