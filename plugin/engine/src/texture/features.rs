//! What patches are compared by.

use super::guide::step;
use super::patch::{BEFORE, SIDE};
use super::scene::Scene;
use crate::cores;
use crate::error::{Error, try_vec};
use crate::picture::codec::Pixel;

/// Red, green, blue; brightness across and down, which keeps edges in place; and the guide's red, green, blue. Eight
/// bytes, because processors add up the differences of many bytes in one step, and because the fewer of them there are
/// to fetch the better: matches lie anywhere.
type Lanes = [u8; LANES];
const LANES: usize = 8;

/// Bytes of a patch, whose differences are added up.
pub(super) const BYTES: usize = SIDE * SIDE * LANES;
/// A row of a patch.
type Row = [u8; SIDE * LANES];

/// How much a difference of brightness gradients counts against one of colour.
const GRADIENT: f32 = 0.5;

/// Features of all pixels of a scene.
pub(super) struct Features {
    pub width: usize,
    lanes: Vec<Lanes>,
}

impl Features {
    pub fn of(scene: &Scene) -> Result<Self, Error> {
        let mut lanes = try_vec(Lanes::default(), scene.len(), "texture")?;
        let rows = lanes.chunks_mut(scene.width).enumerate();
        cores::for_each(rows, |(y, row)| look(scene, y, row));
        Ok(Self {
            width: scene.width,
            lanes,
        })
    }

    /// How much the patches round two pixels differ. Both have to lie inside the picture.
    #[inline(always)]
    pub fn difference(&self, a: usize, b: usize) -> u32 {
        let mut sum = 0;
        // To stop as soon as the sum is too large would save half of the bytes and cost more: a processor cannot foresee
        // when.
        for (a, b) in self.rows(a, b) {
            let bytes = a.iter().zip(b);
            sum += bytes.map(|(a, b)| u32::from(a.abs_diff(*b))).sum::<u32>();
        }
        sum
    }

    /// The same. Compilers know the instruction that adds up differences of bytes, but use a quarter of its width.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    #[inline]
    pub fn difference_avx2(&self, a: usize, b: usize) -> u32 {
        use std::arch::x86_64::{__m256i, _mm256_add_epi64, _mm256_sad_epu8, _mm256_setzero_si256};
        let mut sums = _mm256_setzero_si256();
        for (a, b) in self.rows(a, b) {
            let (a, b): ([__m256i; 2], [__m256i; 2]) = (bytemuck::cast(*a), bytemuck::cast(*b));
            for (a, b) in a.into_iter().zip(b) {
                sums = _mm256_add_epi64(sums, _mm256_sad_epu8(a, b));
            }
        }
        bytemuck::cast::<_, [u64; 4]>(sums).iter().sum::<u64>() as u32
    }

    /// The rows of the patches round two pixels, as arrays: with a length that it knows, the compiler takes many bytes at
    /// once.
    #[inline(always)]
    fn rows(&self, a: usize, b: usize) -> impl Iterator<Item = (&Row, &Row)> {
        let corner = BEFORE * (self.width + 1);
        let from = |middle: usize| self.lanes.get(middle - corner..).unwrap_or_default();
        let (mut a, mut b) = (from(a), from(b));
        (0..SIDE).filter_map(move |_| {
            let rows = (a.first_chunk::<SIDE>()?, b.first_chunk::<SIDE>()?);
            a = a.get(self.width..).unwrap_or_default();
            b = b.get(self.width..).unwrap_or_default();
            Some((
                rows.0.as_flattened().as_array()?,
                rows.1.as_flattened().as_array()?,
            ))
        })
    }
}

/// The features of a row.
fn look(scene: &Scene, y: usize, lanes: &mut [Lanes]) {
    let row = |y: usize| &scene.pixels[y * scene.width..][..scene.width];
    let (here, below) = (row(y), row((y + 1).min(scene.height - 1)));
    // What is right of the last pixel is that pixel again.
    let right = here[1..].iter().chain(here.last());
    let guides = &scene.guide[y * scene.width..];
    let pixels = here.iter().zip(right).zip(below).zip(guides);
    for (lanes, (((pixel, right), below), guide)) in lanes.iter_mut().zip(pixels) {
        let own = brightness(pixel);
        *lanes = [
            step(pixel[0]),
            step(pixel[1]),
            step(pixel[2]),
            // From -1 to 1, moved to where bytes are.
            step((brightness(right) - own) * GRADIENT + 1.0),
            step((brightness(below) - own) * GRADIENT + 1.0),
            guide[0],
            guide[1],
            guide[2],
        ];
    }
}

/// Brightness by the weights of Rec. 601, with which the trust in matches was measured.
fn brightness(pixel: &Pixel) -> f32 {
    0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2]
}

#[cfg(test)]
mod tests {
    use super::*;
    use multiversion::multiversion;
    use multiversion::target::match_target;
    use proptest::prelude::*;

    /// The widest that this processor has.
    #[multiversion(targets("x86_64+avx2"))]
    fn widest(features: &Features, a: usize, b: usize) -> u32 {
        match_target! {
            "x86_64+avx2" => features.difference_avx2(a, b),
            _ => features.difference(a, b),
        }
    }

    proptest! {
        #[test]
        fn differences_are_sums_over_the_patch(
            (width, lanes) in (SIDE..24).prop_flat_map(|width| {
                (Just(width), proptest::collection::vec(any::<Lanes>(), width * 2 * SIDE))
            }),
            right in 0usize..16,
        ) {
            let features = Features { width, lanes };
            let corner = BEFORE * (width + 1);
            // The first patch, and the last of its columns.
            let (a, b) = (corner, corner + SIDE * width + right.min(width - SIDE));
            let mut sum = 0;
            for (y, x) in (0..SIDE).flat_map(|y| (0..SIDE).map(move |x| (y, x))) {
                let at = |middle: usize| features.lanes[middle - corner + y * width + x];
                sum += at(a).iter().zip(at(b)).map(|(a, b)| u32::from(a.abs_diff(b))).sum::<u32>();
            }
            prop_assert_eq!(features.difference(a, b), sum);
            prop_assert_eq!(widest(&features, a, b), sum);
        }
    }
}
