//! Pictures whose colours are stored one after the other (PlanarConfiguration 2).

use std::io::{Read, Seek};

use tiff::decoder::Decoder;

use super::refused::refused;
use crate::error::Problem;
use crate::limits::Budget;

/// Brings the planes into `pixels`, which have `samples` samples of `bytes` bytes each.
///
/// The tiles are put together here, because the decoder cannot: `TileAttributes::get_padding` (tiff 0.11.3,
/// decoder/image.rs) takes a tile's number in the file for its number in its plane. So it holds the lowest tiles of
/// every plane but the first to be unpadded, and `expand_chunk` panics where they reach beyond the picture.
pub(super) fn read<R: Read + Seek>(
    decoder: &mut Decoder<R>,
    pixels: &mut [u8],
    samples: usize,
    bytes: usize,
    budget: &mut Budget,
) -> Result<(), Problem> {
    let (width, height) = decoder.dimensions().map_err(refused)?;
    let (most_across, most_down) = decoder.chunk_dimensions();
    let (across, down) = (width.div_ceil(most_across), height.div_ceil(most_down));
    let largest = u64::from(most_across.min(width)) * u64::from(most_down);
    budget.take(largest.saturating_mul(bytes as u64), "its tiles")?;
    let (width, height) = (width as usize, height as usize);
    let mut chunk = Vec::new();
    for number in 0..down * across * samples as u32 {
        let plane = (number / (across * down)) as usize;
        let x = (number % across) as usize * most_across as usize;
        let y = (number / across % down) as usize * most_down as usize;
        let layout = decoder.image_chunk_buffer_layout(number).map_err(refused)?;
        chunk.resize(layout.len, 0);
        decoder
            .read_chunk_bytes(number, &mut chunk)
            .map_err(refused)?;
        let columns = (width - x).min(most_across as usize);
        // A tile may come with the rows that it has below the picture.
        let rows = chunk.chunks_exact(columns * bytes).take(height - y);
        for (row, values) in rows.enumerate() {
            let start = ((y + row) * width + x) * samples * bytes;
            let row = &mut pixels[start..][..columns * samples * bytes];
            for (pixel, value) in row
                .chunks_exact_mut(samples * bytes)
                .zip(values.chunks_exact(bytes))
            {
                pixel[plane * bytes..][..bytes].copy_from_slice(value);
            }
        }
    }
    Ok(())
}
