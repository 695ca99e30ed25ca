//! Whether a JPEG holds all of its pixels.
//!
//! A decoder that runs out of bits goes on with zeros and says nothing, so a file of which the middle is missing
//! looks whole to it. Here the codes of the scans are walked through without making pixels of them: baseline and
//! progressive, after ITU-T T.81, sections F and G.

use super::bits::{Bits, Codes, Exhausted};
use super::frame::{Frame, Scan};
use super::markers::{EOI, SOS, next_marker, segment};

/// The share, 0 to 1, that is missing of a scan which ends too early, in a file of a picture of `size` that a decoder
/// has read. `None` where all is there.
pub(super) fn missing(file: &[u8], size: (usize, usize)) -> Option<f32> {
    let mut frame = Frame::default();
    let mut at = 2;
    loop {
        at = next_marker(file, at)?;
        let marker = file[at + 1];
        // These have no length: restarts that are left over, and the start of a picture.
        if matches!(marker, 0x01 | 0xd0..=0xd8) {
            at += 2;
            continue;
        }
        if marker == EOI {
            let is_missing = frame.components.iter().any(|part| !part.is_begun);
            return is_missing.then_some(1.0);
        }
        let segment = segment(file, at).ok()?;
        at = segment.end;
        match marker {
            0xc0..=0xc2 => frame.begin(segment.data, marker == 0xc2, size)?,
            0xc4 => frame.read_codes(segment.data)?,
            0xdd => {
                frame.restart_interval = u16::from_be_bytes(*segment.data.first_chunk()?).into()
            }
            SOS => {
                let scan = frame.scan(segment.data)?;
                match walk(&mut frame, &scan, file, at) {
                    Ok(end) => at = end,
                    Err(share) => return Some(share),
                }
            }
            _ => {}
        }
    }
}

/// Walks through a scan that begins at `at`. Gives the place after it, or the share of it that is missing.
fn walk(frame: &mut Frame, scan: &Scan, file: &[u8], at: usize) -> Result<usize, f32> {
    for part in &scan.parts {
        frame.components[part.component].is_begun = true;
    }
    let (across, down) = frame.units_of(scan);
    let units = across * down;
    let mut bits = Bits::new(file, at);
    let mut run = 0;
    for unit in 0..units {
        let missing = |_: Exhausted| (units - unit) as f32 / units as f32;
        if unit > 0 && frame.restart_interval > 0 && unit % frame.restart_interval == 0 {
            let number = (unit / frame.restart_interval - 1) % 8;
            bits = bits.restart(number as u8).map_err(missing)?;
            run = 0;
        }
        walk_unit(
            frame,
            scan,
            (unit % across, unit / across),
            &mut bits,
            &mut run,
        )
        .map_err(missing)?;
    }
    Ok(bits.place())
}

/// Walks through the blocks of one unit. `run` is the number of blocks to come that are known to end at once.
fn walk_unit(
    frame: &mut Frame,
    scan: &Scan,
    (x, y): (usize, usize),
    bits: &mut Bits,
    run: &mut u32,
) -> Result<(), Exhausted> {
    for part in &scan.parts {
        let component = &frame.components[part.component];
        let (across, down, stride) = match scan.parts.len() {
            1 => (1, 1, component.stride),
            _ => (component.across, component.down, component.stride),
        };
        for block in 0..across * down {
            if !frame.is_progressive {
                let (direct, alternating) = frame.codes(part);
                sequential(direct, alternating, bits)?;
                continue;
            }
            let place = (y * down + block / across) * stride + x * across + block % across;
            let nonzero = &frame.components[part.component].nonzero;
            let mut set = nonzero.get(place).copied().ok_or(Exhausted)?;
            let (direct, alternating) = frame.codes(part);
            match (scan.band.0, scan.refines) {
                (0, false) => first(direct, bits)?,
                (0, true) => bits.take(1).map(drop)?,
                (_, false) => begin(scan.band, alternating, bits, run, &mut set)?,
                (_, true) => refine(scan.band, alternating, bits, run, &mut set)?,
            }
            frame.components[part.component].nonzero[place] = set;
        }
    }
    Ok(())
}

/// The first coefficient: how many bits its difference has, and these.
fn first(direct: Option<&Codes>, bits: &mut Bits) -> Result<(), Exhausted> {
    let size = bits.symbol(direct)?;
    bits.take(u32::from(size).min(16)).map(drop)
}

/// A block of a baseline scan: runs of zeros, each with the size of the coefficient that ends it.
fn sequential(
    direct: Option<&Codes>,
    alternating: Option<&Codes>,
    bits: &mut Bits,
) -> Result<(), Exhausted> {
    first(direct, bits)?;
    let mut at = 1;
    while at < 64 {
        let (zeros, size) = run_and_size(alternating, bits)?;
        match (zeros, size) {
            (15, 0) => at += 16,
            (_, 0) => break,
            _ => {
                bits.take(size)?;
                at += zeros as usize + 1;
            }
        }
    }
    Ok(())
}

/// A block of a scan that begins coefficients `from` to `to`.
fn begin(
    (from, to): (usize, usize),
    codes: Option<&Codes>,
    bits: &mut Bits,
    run: &mut u32,
    nonzero: &mut u64,
) -> Result<(), Exhausted> {
    if *run > 0 {
        *run -= 1;
        return Ok(());
    }
    let mut at = from;
    while at <= to {
        let (zeros, size) = run_and_size(codes, bits)?;
        match (zeros, size) {
            (15, 0) => at += 16,
            (_, 0) => {
                *run = (1 << zeros) + bits.take(zeros)? - 1;
                break;
            }
            _ => {
                bits.take(size)?;
                at += zeros as usize;
                if at <= to {
                    *nonzero |= 1 << at;
                }
                at += 1;
            }
        }
    }
    Ok(())
}

/// A block of a scan that adds a bit to coefficients `from` to `to`: to each that is not 0, and new ones among them.
fn refine(
    (from, to): (usize, usize),
    codes: Option<&Codes>,
    bits: &mut Bits,
    run: &mut u32,
    nonzero: &mut u64,
) -> Result<(), Exhausted> {
    let is_set = |nonzero: u64, at: usize| nonzero >> at & 1 == 1;
    let mut at = from;
    while *run == 0 && at <= to {
        let (zeros, size) = run_and_size(codes, bits)?;
        if size == 0 && zeros < 15 {
            *run = (1 << zeros) + bits.take(zeros)?;
            break;
        }
        bits.take(u32::from(size > 0))?;
        // Only coefficients that are still 0 count; the others have their bit on the way.
        let mut left = zeros;
        while at <= to {
            if is_set(*nonzero, at) {
                bits.take(1)?;
            } else if left == 0 {
                *nonzero |= u64::from(size > 0) << at;
                at += 1;
                break;
            } else {
                left -= 1;
            }
            at += 1;
        }
    }
    if *run > 0 {
        for at in at..=to {
            bits.take(u32::from(is_set(*nonzero, at)))?;
        }
        *run -= 1;
    }
    Ok(())
}

/// How many zeros come before a coefficient, and how many bits it has.
fn run_and_size(codes: Option<&Codes>, bits: &mut Bits) -> Result<(u32, u32), Exhausted> {
    let symbol = u32::from(bits.symbol(codes)?);
    Ok((symbol >> 4, symbol & 15))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

    const SIZE: (usize, usize) = (75, 53);

    fn coded(set_up: impl Fn(&mut Encoder<&mut Vec<u8>>)) -> Vec<u8> {
        let pixels: Vec<u8> = (0..SIZE.0 * SIZE.1 * 3)
            .map(|at| (at * at / 7 % 251) as u8)
            .collect();
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, 85);
        set_up(&mut encoder);
        encoder
            .encode(&pixels, SIZE.0 as u16, SIZE.1 as u16, ColorType::Rgb)
            .unwrap();
        file
    }

    /// The file without the last part of its last scan, but with its end.
    fn cut(file: &[u8], keep: f32) -> Vec<u8> {
        let scan = file
            .windows(2)
            .rposition(|pair| pair == [0xff, SOS])
            .unwrap();
        let kept = scan + 14 + ((file.len() - scan - 16) as f32 * keep) as usize;
        // Not between a byte 0xff and what follows it.
        let kept = kept - usize::from(file[kept - 1] == 0xff);
        [&file[..kept], &[0xff, EOI]].concat()
    }

    #[test]
    fn whole_files_are_whole_and_cut_ones_are_not() {
        for progressive in [false, true] {
            for sampling in [
                SamplingFactor::F_1_1,
                SamplingFactor::F_2_2,
                SamplingFactor::F_2_1,
            ] {
                for interval in [0, 3] {
                    let file = coded(|encoder| {
                        encoder.set_sampling_factor(sampling);
                        encoder.set_progressive(progressive);
                        encoder.set_restart_interval(interval);
                    });
                    let what =
                        format!("progressive {progressive}, {sampling:?}, restarts {interval}");
                    assert_eq!(missing(&file, SIZE), None, "{what}");
                    for keep in [0.0, 0.5, 0.9] {
                        let share = missing(&cut(&file, keep), SIZE);
                        assert!(share.is_some(), "{what}: cut at {keep}");
                        if !progressive {
                            let off = share.unwrap() - (1.0 - keep);
                            assert!(off.abs() < 0.2, "{what}: {share:?} missing, cut at {keep}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_colour_without_a_scan_is_missing() {
        let mut file = coded(|_| ());
        let scan = file
            .windows(2)
            .rposition(|pair| pair == [0xff, SOS])
            .unwrap();
        file.truncate(scan);
        file.extend([0xff, EOI]);
        assert_eq!(missing(&file, SIZE), Some(1.0));
    }
}
