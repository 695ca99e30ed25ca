//! Which channels of an OpenEXR file are the picture.

use std::collections::HashMap;

use exr::image::FlatImage;
use reweave::Channels;

use crate::error::Problem;

/// The layer and the channels in it that make up the picture.
///
/// R, G, B at the root are what every program means by the picture. Renderers may keep them in a layer
/// (`beauty.R`), and mattes come as a single channel of any name.
pub(super) fn choose(image: &FlatImage) -> Result<(usize, Vec<usize>, Channels), Problem> {
    let mut best: Option<(usize, usize, Vec<usize>, Channels)> = None;
    for (number, layer) in image.layer_data.iter().enumerate() {
        let names: Vec<String> = layer
            .channel_data
            .list
            .iter()
            .map(|channel| channel.name.to_string())
            .collect();
        let places: HashMap<&str, usize> = names
            .iter()
            .enumerate()
            .map(|(place, name)| (name.as_str(), place))
            .collect();
        for name in &names {
            let prefix = &name[..name.rfind('.').map_or(0, |dot| dot + 1)];
            let find = |letters: &[&str]| -> Option<Vec<usize>> {
                letters
                    .iter()
                    .map(|letter| places.get(format!("{prefix}{letter}").as_str()).copied())
                    .collect()
            };
            let found = find(&["R", "G", "B", "A"])
                .map(|places| (places, Channels::Rgba))
                .or_else(|| find(&["R", "G", "B"]).map(|places| (places, Channels::Rgb)))
                // Luminance with subsampled colour (RY, BY) is another thing.
                .or_else(|| {
                    find(&["Y", "A"])
                        .filter(|_| find(&["RY"]).is_none())
                        .map(|places| (places, Channels::GreyAlpha))
                })
                .or_else(|| {
                    find(&["Y"])
                        .filter(|_| find(&["RY"]).is_none())
                        .map(|places| (places, Channels::Grey))
                });
            let Some((places, kind)) = found else {
                continue;
            };
            if best
                .as_ref()
                .is_none_or(|(depth, ..)| prefix.len() < *depth)
            {
                best = Some((prefix.len(), number, places, kind));
            }
        }
        if names.len() == 1 && best.is_none() {
            best = Some((usize::MAX, number, vec![0], Channels::Grey));
        }
    }
    best.map(|(_, layer, places, kind)| (layer, places, kind))
        .ok_or_else(|| {
            let all: Vec<String> = image
                .layer_data
                .iter()
                .flat_map(|layer| {
                    layer
                        .channel_data
                        .list
                        .iter()
                        .map(|channel| channel.name.to_string())
                })
                .take(20)
                .collect();
            Problem::new(
                format!("has no channels R, G, B or Y, but {}", all.join(", ")),
                "export the picture to these channels",
            )
        })
}
