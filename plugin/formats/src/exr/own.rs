//! The whole OpenEXR file, of which the picture is a few channels.

use exr::image::FlatImage;

/// The whole file, of which the picture is a few channels.
#[derive(Debug)]
pub struct Own {
    pub(super) image: FlatImage,
    pub(super) layer: usize,
    /// Places in the layer's list of the channels that make up the picture, in the picture's order.
    pub(super) channels: Vec<usize>,
}

impl Own {
    /// Whether there is more in the file than the picture.
    pub fn has_more(&self) -> bool {
        let all: usize = self
            .image
            .layer_data
            .iter()
            .map(|layer| layer.channel_data.list.len())
            .sum();
        all > self.channels.len()
    }
}
