//! Pictures that look alike.

use super::{Facts, Index};
use std::collections::HashMap;
use std::path::Path;

/// Pictures whose hashes differ in so many of 128 bits at most look alike: the same one in another size, another file
/// format, a neighbouring frame.
const APART: u32 = 7;
/// The hash in bands of so many bits. Two hashes that differ in at most [`APART`] bits agree in one of the eight bands.
const BAND: u32 = 16;

/// Pairs of pictures that look alike, each picture at most once as the second.
pub fn near_duplicates(index: &Index) -> Vec<(&Path, &Path)> {
    let pictures: Vec<(&Path, Facts)> = index.pictures().collect();
    let mut seen: HashMap<(u32, u16), Vec<usize>> = HashMap::new();
    let mut pairs = Vec::new();
    for (i, (path, facts)) in pictures.iter().enumerate() {
        let bands = || (0..128 / BAND).map(|band| (band, bits(facts.likeness, band)));
        let near = |&&j: &&usize| differing(facts.likeness, pictures[j].1.likeness) <= APART;
        let first = bands()
            .filter_map(|band| seen.get(&band))
            .flatten()
            .find(near);
        match first {
            Some(&first) => pairs.push((pictures[first].0, *path)),
            // Only what is like none before is compared with those that follow.
            None => bands().for_each(|band| seen.entry(band).or_default().push(i)),
        }
    }
    pairs
}

fn bits((across, down): (u64, u64), band: u32) -> u16 {
    let hash = u128::from(across) << 64 | u128::from(down);
    (hash >> (BAND * band)) as u16
}

fn differing(a: (u64, u64), b: (u64, u64)) -> u32 {
    (a.0 ^ b.0).count_ones() + (a.1 ^ b.1).count_ones()
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{RgbImage, imageops};

    #[test]
    fn a_copy_in_another_size_is_found_and_others_are_not() {
        let (pictures, run) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let picture = |frequency: f32| {
            RgbImage::from_fn(120, 90, |x, y| {
                let v = (frequency * x as f32 / 120.0).sin() * (frequency * y as f32 / 70.0).cos();
                image::Rgb([(127.0 + 100.0 * v) as u8; 3])
            })
        };
        let save =
            |picture: &RgbImage, name: &str| picture.save(pictures.path().join(name)).unwrap();
        for (i, frequency) in [5.0, 8.0, 12.0, 17.0].into_iter().enumerate() {
            save(&picture(frequency), &format!("{i}.png"));
        }
        let small = imageops::resize(&picture(12.0), 60, 45, imageops::FilterType::Triangle);
        save(&small, "small.jpg");
        let index = Index::open(pictures.path(), run.path()).unwrap();
        let names: Vec<_> = near_duplicates(&index)
            .iter()
            .map(|(a, b)| [a, b].map(|path| path.file_name().unwrap().to_owned()))
            .collect();
        assert_eq!(names, [["2.png", "small.jpg"]]);
    }
}
