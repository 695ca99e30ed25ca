//! The known places that pixels of the hole may be copied from.

use super::level::{Level, WHAT};
use crate::error::{Error, try_vec};
use crate::hole::distance;
use crate::texture::guide::Guide;

/// How far from the hole places are looked for at full size, in pixels. What is near belongs to the same things: with all
/// of the picture to choose from, fills of wide holes get worse.
const NEAR: f32 = 50.0;
/// With fewer known pixels near the hole, all of the picture is looked at.
const ENOUGH: usize = 200;
/// Which part of all places is as bright as what is expected.
const ALIKE: usize = 8;

/// The known pixels near the hole.
pub(super) struct Places {
    /// From dark to bright in the large, where there is a prediction.
    places: Vec<u32>,
    /// How many are darker than each of all tones; empty without a prediction.
    darker: Vec<usize>,
}

impl Places {
    /// Those of a level that is so many times smaller than the picture.
    pub fn near(level: &Level, shrunk: usize) -> Result<Self, Error> {
        let distances = distance::to_nearest(&level.hole, level.width)?;
        let reach = NEAR / shrunk as f32;
        let known = |reach: f32| {
            let all = (0..).zip(&distances);
            all.filter(move |(at, distance): &(u32, _)| {
                level.is_known(*at as usize) && **distance <= reach
            })
            .map(|(at, _)| at)
        };
        let count = known(reach).count();
        let reach = if count < ENOUGH { f32::INFINITY } else { reach };
        let mut places = try_vec(0, known(reach).count(), WHAT)?;
        for (place, index) in places.iter_mut().zip(known(reach)) {
            *place = index;
        }
        let mut darker = Vec::new();
        if !level.expected.is_empty() {
            let tone_of = |place: &u32| tone(&level.expected[*place as usize]);
            places.sort_unstable_by_key(|place| (tone_of(place), *place));
            darker = vec![0; TONES + 1];
            for place in &places {
                darker[tone_of(place) + 1] += 1;
            }
            for tone in 0..TONES {
                darker[tone + 1] += darker[tone];
            }
        }
        Ok(Self { places, darker })
    }

    /// All of them.
    pub fn all(&self) -> &[u32] {
        &self.places
    }

    /// Those that are about as bright in the large as is expected.
    pub fn alike(&self, expected: &Guide) -> &[u32] {
        let middle = self.darker[tone(expected)];
        let reach = self.places.len().div_ceil(2 * ALIKE);
        &self.places[middle.saturating_sub(reach)..(middle + reach).min(self.places.len())]
    }
}

/// How many tones there are.
const TONES: usize = 3 * u8::MAX as usize + 1;

fn tone(guide: &Guide) -> usize {
    guide.iter().map(|value| usize::from(*value)).sum()
}

#[cfg(test)]
mod tests {
    use super::super::level::MARGIN;
    use super::*;

    #[test]
    fn alike_places_are_the_next_in_brightness_and_never_none() {
        let side = 40;
        let hole: Vec<bool> = (0..side * side).map(|i| i % side == side / 2).collect();
        let rgb = vec![0.5; 3 * side * side];
        // Brighter row by row.
        let expected: Vec<_> = (0..side * side)
            .map(|i| [(i / side * 4) as u8; 3])
            .collect();
        let level = Level::of(&rgb, &hole, &expected, side).unwrap();
        let places = Places::near(&level, 1).unwrap();
        assert_eq!(places.all().len(), side * (side - 1));
        for row in [0, 13, side - 1] {
            let alike = places.alike(&[(row * 4) as u8; 3]);
            let near = |place: &u32| {
                (*place as usize / level.width).abs_diff(row + MARGIN) <= side / ALIKE
            };
            assert!(alike.len() >= places.all().len() / ALIKE / 2);
            assert!(alike.iter().all(near), "{row}: {alike:?}");
        }
        for beyond in [[0; 3], [255; 3]] {
            assert!(!places.alike(&beyond).is_empty());
        }
    }
}
