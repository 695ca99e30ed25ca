//! The bits of a scan, and the Huffman codes in them.

use super::markers::next_marker;

/// Reads bits, the highest of a byte first, up to the next marker.
pub(super) struct Bits<'a> {
    file: &'a [u8],
    at: usize,
    /// The bits that were fetched, the next one highest of `count`.
    held: u64,
    count: u32,
}

/// The scan has fewer bits than its blocks need.
pub(super) struct Exhausted;

impl<'a> Bits<'a> {
    /// Begins at a byte.
    pub(super) fn new(file: &'a [u8], at: usize) -> Self {
        Self {
            file,
            at,
            held: 0,
            count: 0,
        }
    }

    /// The place of the first byte that was not fetched: a marker once the bits are used up.
    pub(super) fn place(&self) -> usize {
        self.at
    }

    fn fetch(&mut self) {
        while self.count <= 48 {
            let byte = match (self.file.get(self.at), self.file.get(self.at + 1)) {
                (Some(0xff), Some(0)) => {
                    self.at += 2;
                    0xff
                }
                (Some(0xff) | None, _) => return,
                (Some(&byte), _) => {
                    self.at += 1;
                    byte
                }
            };
            self.held = self.held << 8 | u64::from(byte);
            self.count += 8;
        }
    }

    /// The next `count` bits as a number, at most 16.
    pub(super) fn take(&mut self, count: u32) -> Result<u32, Exhausted> {
        if self.count < count {
            self.fetch();
        }
        self.count = self.count.checked_sub(count).ok_or(Exhausted)?;
        Ok((self.held >> self.count) as u32 & ((1 << count) - 1))
    }

    /// The bits behind the restart marker of this number (0 to 7), which must be the next one.
    pub(super) fn restart(self, number: u8) -> Result<Self, Exhausted> {
        let marker = next_marker(self.file, self.at).ok_or(Exhausted)?;
        if self.file[marker + 1] != 0xd0 + number {
            return Err(Exhausted);
        }
        Ok(Self::new(self.file, marker + 2))
    }

    /// The symbol that the next bits stand for.
    pub(super) fn symbol(&mut self, codes: Option<&Codes>) -> Result<u8, Exhausted> {
        let codes = codes.ok_or(Exhausted)?;
        if self.count < 16 {
            self.fetch();
        }
        // The last code of a scan may be shorter than what is looked at.
        let ahead = if self.count >= 16 {
            self.held >> (self.count - 16)
        } else {
            self.held << (16 - self.count)
        };
        let (length, symbol) = codes.by_start[ahead as usize & 0xffff];
        self.take(length.into())?;
        Ok(symbol)
    }
}

/// A Huffman table: length and symbol of the code that each 16 bits begin with.
pub(super) struct Codes {
    by_start: Vec<(u8, u8)>,
}

impl Codes {
    /// Reads one table of a DHT segment: how many codes there are of each length, then their symbols.
    pub(super) fn read(counts: &[u8; 16], symbols: &[u8]) -> Self {
        // What is no code takes all bits that there are, and so ends the scan soon.
        let mut by_start = vec![(16, 0); 1 << 16];
        let (mut from, mut symbols) = (0_usize, symbols.iter());
        for (length, &count) in (1_u8..).zip(counts) {
            for _ in 0..count {
                let to = from + (1 << (16 - length));
                if let (Some(&symbol), Some(codes)) = (symbols.next(), by_start.get_mut(from..to)) {
                    codes.fill((length, symbol));
                }
                from = to;
            }
        }
        Self { by_start }
    }
}
