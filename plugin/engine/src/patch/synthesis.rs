//! Copying: each pixel of the hole takes the place of one known pixel, and so do its neighbours, from the next ones, where
//! that agrees with what lies round them.

use multiversion::multiversion;
use multiversion::target::match_target;

use super::level::{Colour, Level, MARGIN, WHAT};
use super::order::Order;
use super::places::Places;
use super::surroundings::{Shape, Surroundings};
use crate::cores;
use crate::error::{Error, try_vec};
use crate::progress::SubProgress;
use crate::seed::scramble;

/// What is being done, for those who watch.
const DOING: &str = "copying patches";

/// Random places that a pixel looks at when it is filled first, at the smallest size; and afterwards.
const FIRST_LOOKS: usize = 600;
const LOOKS: usize = 150;
/// Times that all pixels look for a better place: at the smallest size, where the first time fills them; and at the others.
const FIRST_ROUNDS: usize = 3;
const ROUNDS: usize = 2;
/// Bands that look at the same time where all pixels have a colour already: one alone has too few pixels for many cores.
/// With 16 or one, LPIPS alex is the same to within what a seed moves it by.
const BANDS: usize = 8;
/// Neighbours whose places lead to those that a pixel looks at, in the picture of full size.
const FOLLOWED: usize = 8;
/// The same at the smallest size.
const FOLLOWED_FIRST: usize = 24;
/// How far away, squared, the pixels lie by which a pixel's surroundings are compared, at the smallest size and at the others.
/// With 8 at the smallest size too, LPIPS alex of wide holes is a fiftieth higher, and that of narrow ones a sixtieth lower; with
/// 13 at full size too, nothing is won, at more time.
const FIRST_APART: isize = 13;
const APART: isize = 8;
/// When fewer than one in so many pixels have found a better place, they are good.
const SETTLED: usize = 100;
/// Pixels that one core looks after before it takes more.
const AT_ONCE: usize = 32;

/// Of no pixel: those outside the hole copy nothing.
pub(super) const NONE: u32 = u32::MAX;

/// Fills the hole of a level. Gives back for each pixel of the hole the one that it was copied from, and [`NONE`] for the
/// others; `coarser` is the next smaller level with the same of it. Where nothing is known, nothing is filled.
pub(super) fn fill(
    level: &mut Level,
    coarser: Option<(&Level, &[u32])>,
    shrunk: usize,
    seed: u32,
    progress: &mut SubProgress<'_>,
) -> Result<Vec<u32>, Error> {
    let order = Order::of(level, seed)?;
    let places = Places::near(level, shrunk)?;
    let mut copied = try_vec(NONE, level.len(), WHAT)?;
    if places.all().is_empty() || order.pixels().is_empty() {
        return Ok(copied);
    }
    let mut has_colour = try_vec(NOTHING, level.len(), WHAT)?;
    for (at, has_colour) in has_colour.iter_mut().enumerate() {
        if level.is_known(at) {
            *has_colour = COLOUR;
        }
    }
    if let Some((coarser, coarse)) = coarser {
        double(level, coarser, coarse, &mut copied, &mut has_colour);
    }
    let (rounds, followed, shape) = match coarser {
        None => (FIRST_ROUNDS, FOLLOWED_FIRST, Shape::within(FIRST_APART)),
        Some(_) => (ROUNDS, FOLLOWED, Shape::within(APART)),
    };
    let mut found = try_vec(NONE, order.pixels().len(), WHAT)?;
    for round in 0..rounds {
        let looks = match (coarser, round) {
            (Some(_), _) => 0,
            (None, 0) => FIRST_LOOKS,
            (None, _) => LOOKS,
        };
        let seed = scramble(seed ^ scramble((round as u32) << 8 | shrunk as u32));
        let mut better = 0;
        let bands = order.bands();
        let at_a_time = match (coarser, round) {
            (None, 0) => 1,
            _ => BANDS,
        };
        for from in (0..bands).step_by(at_a_time) {
            if from % BANDS == 0 {
                let done = round as f32 + from as f32 / bands as f32;
                progress.step(done / rounds as f32, DOING)?;
            }
            let to = (from + at_a_time).min(bands);
            let inwards = coarser.is_none() || round % 2 == 0;
            let band = order.within(match inwards {
                true => from..to,
                false => bands - to..bands - from,
            });
            let look = Look {
                level,
                shape: &shape,
                has_colour: &has_colour,
                copied: &copied,
                places: &places,
                looks,
                followed,
                seed,
            };
            let found = &mut found[..band.len()];
            let chunks = found.chunks_mut(AT_ONCE).zip(band.chunks(AT_ONCE));
            let work = |(found, pixels): (&mut [u32], &[u32])| look_for_all(&look, pixels, found);
            match band.len() {
                // To call the other cores takes longer.
                0..=AT_ONCE => chunks.for_each(work),
                _ => cores::for_each(chunks, work),
            }
            for (pixel, found) in band.iter().zip(found) {
                let pixel = *pixel as usize;
                better += usize::from(copied[pixel] != *found);
                copied[pixel] = *found;
                level.copy(pixel, *found as usize);
                has_colour[pixel] = COLOUR;
            }
        }
        if better * SETTLED < order.pixels().len() {
            break;
        }
    }
    Ok(copied)
}

/// What says of each byte of a pixel that it has no colour, or that it has one.
const NOTHING: Colour = [0; 4];
const COLOUR: Colour = [255; 4];

/// Fills what was filled at half the size from the same places.
fn double(
    level: &mut Level,
    coarser: &Level,
    coarse: &[u32],
    copied: &mut [u32],
    has_colour: &mut [Colour],
) {
    let (width, height) = level.inside();
    for (x, y) in (0..height).flat_map(|y| (0..width).map(move |x| (x, y))) {
        let at = level.at(x, y);
        let from = coarse[coarser.at(x / 2, y / 2)];
        if !level.hole[at] || from == NONE {
            continue;
        }
        let from = from as usize;
        let (from_x, from_y) = (from % coarser.width - MARGIN, from / coarser.width - MARGIN);
        // One of the four pixels under a known one may be hole, or beyond the border.
        let (dx, dy) = (x % 2, y % 2);
        let under = [(dx, dy), (1 - dx, dy), (dx, 1 - dy), (1 - dx, 1 - dy)];
        let mut places = under
            .map(|(dx, dy)| level.at(2 * from_x + dx, 2 * from_y + dy))
            .into_iter();
        if let Some(place) = places.find(|place| level.is_known(*place)) {
            copied[at] = place as u32;
            level.copy(at, place);
            has_colour[at] = COLOUR;
        }
    }
}

/// The best place for each of some pixels that can be found.
#[multiversion(targets("x86_64+avx2"))]
fn look_for_all(look: &Look, pixels: &[u32], found: &mut [u32]) {
    let difference = match_target! {
        "x86_64+avx2" => |own: &Surroundings, place, limit| own.difference_avx2(look.level, place, limit),
        _ => |own: &Surroundings, place, limit| own.difference(look.level, place, limit),
    };
    for (found, pixel) in found.iter_mut().zip(pixels) {
        *found = look.best(*pixel, difference);
    }
}

/// What pixels look at when they look for a place to copy.
struct Look<'a> {
    level: &'a Level,
    shape: &'a Shape,
    has_colour: &'a [Colour],
    copied: &'a [u32],
    places: &'a Places,
    looks: usize,
    followed: usize,
    seed: u32,
}

impl Look<'_> {
    /// The best place for a pixel that can be found.
    #[inline(always)]
    fn best(&self, pixel: u32, difference: impl Fn(&Surroundings, u32, u32) -> u32) -> u32 {
        let level = self.level;
        let surroundings = Surroundings::of(level, self.shape, self.has_colour, pixel as usize);
        let mut random = Random(scramble(self.seed ^ scramble(pixel)));
        let place = match self.copied[pixel as usize] {
            NONE => random.one_of(self.places.all()),
            own => own,
        };
        let mut best = Best {
            level,
            least: difference(&surroundings, place, u32::MAX),
            surroundings,
            place,
            difference,
        };
        // What lies beside a neighbour's place goes on as that does. Beyond the end of a row lies the margin, of which
        // nothing is known.
        let width = level.width as isize;
        let mut followed = 0;
        for (dx, dy) in &self.shape.offsets {
            let apart = dy * width + dx;
            let neighbour = (pixel as isize + apart) as usize;
            if self.has_colour[neighbour] == NOTHING {
                continue;
            }
            if level.hole[neighbour] {
                best.or((self.copied[neighbour] as isize - apart) as u32);
            }
            followed += 1;
            if followed == self.followed {
                break;
            }
        }
        let looks = match &best.surroundings.expected {
            None => self.looks,
            // Who knows what to look for finds as much with half of the looks.
            Some(expected) => {
                let alike = self.places.alike(expected);
                for _ in 0..self.looks / 4 {
                    best.or(random.one_of(alike));
                }
                self.looks / 4
            }
        };
        for _ in 0..looks {
            best.or(random.one_of(self.places.all()));
        }
        // Places round the best one, first far away and then nearer.
        let (width, height) = (level.width as i32, level.height as i32);
        let mut reach = (width.max(height) / 4).max(2);
        while reach >= 1 {
            let bits = random.next();
            let within = |bits: u32| {
                ((i64::from(bits & 0xffff) * i64::from(2 * reach + 1)) >> 16) as i32 - reach
            };
            let x = best.place as i32 % width + within(bits);
            let y = best.place as i32 / width + within(bits >> 16);
            if (0..width).contains(&x) && (0..height).contains(&y) {
                best.or((y * width + x) as u32);
            }
            reach /= 3;
        }
        best.place
    }
}

/// Random numbers of one pixel.
struct Random(u32);

impl Random {
    #[inline(always)]
    fn next(&mut self) -> u32 {
        self.0 = scramble(self.0.wrapping_add(0x9e37_79b9));
        self.0
    }

    #[inline(always)]
    fn one_of(&mut self, places: &[u32]) -> u32 {
        places[((u64::from(self.next()) * places.len() as u64) >> 32) as usize]
    }
}

/// The best of the places that were looked at.
struct Best<'a, D> {
    level: &'a Level,
    surroundings: Surroundings,
    place: u32,
    least: u32,
    difference: D,
}

impl<D: Fn(&Surroundings, u32, u32) -> u32> Best<'_, D> {
    /// Another place, if it is known and better.
    #[inline(always)]
    fn or(&mut self, place: u32) {
        if place != self.place && self.level.is_known(place as usize) {
            let difference = (self.difference)(&self.surroundings, place, self.least);
            if difference < self.least {
                (self.least, self.place) = (difference, place);
            }
        }
    }
}
