//! How a JPEG divides its picture into blocks of 8x8 pixels, and the tables its scans are coded with.

use super::bits::Codes;

/// One colour of the picture.
pub(super) struct Component {
    id: u8,
    /// Blocks across and down in a unit of all components (an MCU).
    pub(super) across: usize,
    pub(super) down: usize,
    /// Blocks in a row, padded to whole units.
    pub(super) stride: usize,
    /// Which coefficients of each block are not 0 so far; later scans refine these with a bit each. Progressive only.
    pub(super) nonzero: Vec<u64>,
    /// Whether a scan has begun it.
    pub(super) is_begun: bool,
}

/// What the segments before a scan have set.
#[derive(Default)]
pub(super) struct Frame {
    width: usize,
    height: usize,
    /// Units across and down.
    units: (usize, usize),
    pub(super) is_progressive: bool,
    pub(super) components: Vec<Component>,
    direct: [Option<Codes>; 4],
    alternating: [Option<Codes>; 4],
    /// How many units lie between two restart markers; 0 for none.
    pub(super) restart_interval: usize,
}

/// A component in a scan.
pub(super) struct Part {
    /// Its place among the components.
    pub(super) component: usize,
    direct: usize,
    alternating: usize,
}

/// What the header of a scan says.
pub(super) struct Scan {
    pub(super) parts: Vec<Part>,
    /// The first and the last coefficient.
    pub(super) band: (usize, usize),
    /// Whether it adds bits to what an earlier scan began.
    pub(super) refines: bool,
}

impl Frame {
    /// Reads a frame header (SOF). None where it is not for a picture of `size`, or makes no sense.
    pub(super) fn begin(
        &mut self,
        header: &[u8],
        is_progressive: bool,
        size: (usize, usize),
    ) -> Option<()> {
        let &[_, y1, y0, x1, x0, count, ref parts @ ..] = header else {
            return None;
        };
        let number = |high, low| usize::from(u16::from_be_bytes([high, low]));
        (self.width, self.height) = (number(x1, x0), number(y1, y0));
        if (self.width, self.height) != size || !(1..=4).contains(&count) {
            return None;
        }
        let parts = parts.get(..3 * usize::from(count))?.chunks_exact(3);
        let sampling: Vec<_> = parts
            .clone()
            .map(|part| (usize::from(part[1] >> 4), usize::from(part[1] & 15)))
            .collect();
        if sampling
            .iter()
            .any(|&(across, down)| across == 0 || down == 0 || across > 4 || down > 4)
        {
            return None;
        }
        let across = sampling.iter().map(|both| both.0).max()?;
        let down = sampling.iter().map(|both| both.1).max()?;
        self.units = (
            self.width.div_ceil(8 * across),
            self.height.div_ceil(8 * down),
        );
        self.is_progressive = is_progressive;
        self.components = parts
            .zip(sampling)
            .map(|(part, (across, down))| {
                let stride = self.units.0 * across;
                let blocks = if is_progressive {
                    stride * self.units.1 * down
                } else {
                    0
                };
                Component {
                    id: part[0],
                    across,
                    down,
                    stride,
                    nonzero: vec![0; blocks],
                    is_begun: false,
                }
            })
            .collect();
        Some(())
    }

    /// Reads a segment of Huffman tables (DHT).
    pub(super) fn read_codes(&mut self, mut data: &[u8]) -> Option<()> {
        while let Some((&head, rest)) = data.split_first() {
            let (counts, rest) = rest.split_first_chunk::<16>()?;
            let all = counts.iter().map(|&count| usize::from(count)).sum();
            let codes = Codes::read(counts, rest.get(..all)?);
            let tables = match head >> 4 {
                0 => &mut self.direct,
                _ => &mut self.alternating,
            };
            *tables.get_mut(usize::from(head & 15))? = Some(codes);
            data = &rest[all..];
        }
        Some(())
    }

    /// Reads the header of a scan (SOS).
    pub(super) fn scan(&self, header: &[u8]) -> Option<Scan> {
        let (&count, rest) = header.split_first()?;
        let (parts, rest) = rest.split_at_checked(2 * usize::from(count))?;
        let &[first, last, bits, ..] = rest else {
            return None;
        };
        let parts = parts
            .chunks_exact(2)
            .map(|part| {
                let of_id = |component: &Component| component.id == part[0];
                Some(Part {
                    component: self.components.iter().position(of_id)?,
                    direct: usize::from(part[1] >> 4),
                    alternating: usize::from(part[1] & 15),
                })
            })
            .collect::<Option<Vec<_>>>()?;
        let band = match self.is_progressive {
            true => (usize::from(first), usize::from(last)),
            false => (0, 63),
        };
        let is_sound = !parts.is_empty() && band.0 <= band.1 && band.1 < 64;
        is_sound.then_some(Scan {
            parts,
            band,
            refines: self.is_progressive && bits >> 4 != 0,
        })
    }

    /// Units across and down that a scan codes. A component alone comes without the blocks that pad it to whole units.
    pub(super) fn units_of(&self, scan: &Scan) -> (usize, usize) {
        let [part] = scan.parts.as_slice() else {
            return self.units;
        };
        let part = &self.components[part.component];
        let across = self
            .components
            .iter()
            .map(|part| part.across)
            .max()
            .unwrap_or(1);
        let down = self
            .components
            .iter()
            .map(|part| part.down)
            .max()
            .unwrap_or(1);
        (
            (self.width * part.across).div_ceil(8 * across),
            (self.height * part.down).div_ceil(8 * down),
        )
    }

    /// The tables for the first coefficient of a block, and for the others.
    pub(super) fn codes(&self, part: &Part) -> (Option<&Codes>, Option<&Codes>) {
        (
            self.direct.get(part.direct).and_then(Option::as_ref),
            self.alternating
                .get(part.alternating)
                .and_then(Option::as_ref),
        )
    }
}
