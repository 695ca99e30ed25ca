//! How a JPEG was made, so that it can be made so again.

use jpeg_encoder::SamplingFactor;

/// How a JPEG was made, and its segments that nothing else reads.
#[derive(Debug, Default)]
pub struct Own {
    /// Quantisation tables in natural order, by number.
    pub(super) tables: [Option<Box<[u16; 64]>>; 4],
    /// Horizontal and vertical sampling and table of each component.
    pub(super) components: Vec<(u8, u8, u8)>,
    pub(super) density: Option<(u8, u16, u16)>,
    /// APP segments (number, data) other than JFIF, EXIF, XMP, ICC and Adobe's colour marker: IPTC, comments of cameras.
    pub(super) others: Vec<(u8, Vec<u8>)>,
    /// Comments (COM), in whatever encoding.
    pub(super) comments: Vec<Vec<u8>>,
}

impl Own {
    /// The tables and the chroma sampling to write with, where our encoder can do the same.
    pub(super) fn quantisation(&self) -> Option<([Box<[u16; 64]>; 2], SamplingFactor)> {
        let table = |number: u8| self.tables.get(usize::from(number))?.clone();
        match *self.components {
            [(_, _, luma)] => Some(([table(luma)?, table(luma)?], SamplingFactor::F_1_1)),
            [(across, down, luma), (1, 1, blue), (1, 1, red)] if blue == red => Some((
                [table(luma)?, table(blue)?],
                SamplingFactor::from_factors(across, down)?,
            )),
            _ => None,
        }
        // Tables of more than 8 bits a value cannot be written.
        .filter(|(tables, _)| {
            tables
                .iter()
                .all(|table| table.iter().all(|&step| (1..=255).contains(&step)))
        })
    }

    /// Whether there is something that no other format has a place for.
    pub(crate) fn has_more(&self) -> bool {
        self.others.len() + self.comments.len() > 0
    }

    pub(super) fn read_tables(&mut self, mut data: &[u8]) {
        while let Some((&head, rest)) = data.split_first() {
            let (wide, number) = (head >> 4 != 0, usize::from(head & 15));
            let bytes = if wide { 128 } else { 64 };
            let (Some(values), true) = (rest.get(..bytes), number < 4) else {
                return;
            };
            let mut table = Box::new([0; 64]);
            for (place, &natural) in ZIGZAG.iter().enumerate() {
                table[natural] = match wide {
                    true => u16::from_be_bytes([values[2 * place], values[2 * place + 1]]),
                    false => u16::from(values[place]),
                };
            }
            self.tables[number] = Some(table);
            data = &rest[bytes..];
        }
    }

    pub(super) fn read_components(&mut self, data: &[u8]) {
        // Bits, height, width and the number of components come first.
        let components = data.get(6..).unwrap_or_default();
        self.components = components
            .chunks_exact(3)
            .map(|c| (c[1] >> 4, c[1] & 15, c[2]))
            .collect();
    }
}

/// Where the values of a table lie when its square is read along the diagonals.
const ZIGZAG: [usize; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];
