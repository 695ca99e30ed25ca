//! Copying: each pixel of the hole takes the place of one known pixel, and so do its neighbours, from the next ones, where
//! that agrees with what lies round them.

use super::level::{Level, WHAT};
use super::order::Order;
use super::places::Places;
use super::surroundings::{Comparison, Surroundings};
use crate::cores;
use crate::error::{Error, try_vec};
use crate::progress::SubProgress;
use crate::seed::scramble;

/// What is being done, for those who watch.
const DOING: &str = "copying patches";

/// Random places that a pixel looks at when it is filled first, at the smallest size; and afterwards.
const FIRST_LOOKS: usize = 400;
const LOOKS: usize = 100;
/// Times that all pixels look for a better place: at the smallest size, where the first time fills them; and at the others.
const FIRST_ROUNDS: usize = 3;
const ROUNDS: usize = 2;
/// Neighbours whose places lead to those that a pixel looks at, in the picture of full size.
const FOLLOWED: usize = 8;
/// When fewer than one in so many pixels have found a better place, they are good.
const SETTLED: usize = 100;
/// Pixels that one core looks after before it takes more.
const AT_ONCE: usize = 32;

/// Of no pixel: those outside the hole copy nothing.
pub(super) const NONE: u32 = u32::MAX;

/// Fills the hole of a level. Gives back for each pixel of the hole the one that it was copied from, and [`NONE`] for the
/// others; `coarser` is the same of the next smaller level, with its width. Where nothing is known, nothing is filled.
pub(super) fn fill(
    level: &mut Level,
    coarser: Option<(&[u32], usize)>,
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
    let mut has_colour = try_vec(false, level.len(), WHAT)?;
    for (has_colour, hole) in has_colour.iter_mut().zip(&level.hole) {
        *has_colour = !hole;
    }
    if let Some((coarse, coarse_width)) = coarser {
        double(level, coarse, coarse_width, &mut copied, &mut has_colour);
    }
    let comparison = Comparison::new();
    let (rounds, followed) = match coarser {
        None => (FIRST_ROUNDS, usize::MAX),
        Some(_) => (ROUNDS, FOLLOWED),
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
        for turn in 0..order.bands() {
            if turn % 8 == 0 {
                let done = round as f32 + turn as f32 / order.bands() as f32;
                progress.step(done / rounds as f32, DOING)?;
            }
            let inwards = coarser.is_none() || round % 2 == 0;
            let turn = match inwards {
                true => turn,
                false => order.bands() - 1 - turn,
            };
            let band = order.band(turn);
            let look = Look {
                level,
                comparison: &comparison,
                has_colour: &has_colour,
                copied: &copied,
                places: &places,
                looks,
                followed,
                seed,
            };
            let found = &mut found[..band.len()];
            let chunks = found.chunks_mut(AT_ONCE).zip(band.chunks(AT_ONCE));
            let work = |(found, pixels): (&mut [u32], &[u32])| {
                for (found, pixel) in found.iter_mut().zip(pixels) {
                    *found = look.best(*pixel);
                }
            };
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
                has_colour[pixel] = true;
            }
        }
        if better * SETTLED < order.pixels().len() {
            break;
        }
    }
    Ok(copied)
}

/// Fills what was filled at half the size from the same places.
fn double(
    level: &mut Level,
    coarse: &[u32],
    coarse_width: usize,
    copied: &mut [u32],
    has_colour: &mut [bool],
) {
    for index in 0..level.len() {
        let (x, y) = (index % level.width, index / level.width);
        let from = coarse[y / 2 * coarse_width + x / 2];
        if !level.hole[index] || from == NONE {
            continue;
        }
        let (from_x, from_y) = (from as usize % coarse_width, from as usize / coarse_width);
        // One of the four pixels under a known one may be hole, or beyond the border.
        let (dx, dy) = (x % 2, y % 2);
        let under = [(dx, dy), (1 - dx, dy), (dx, 1 - dy), (1 - dx, 1 - dy)];
        let places = under.map(|(dx, dy)| (2 * from_x + dx, 2 * from_y + dy));
        let inside = places
            .into_iter()
            .filter(|(x, y)| *x < level.width && *y < level.height);
        let mut inside = inside.map(|(x, y)| y * level.width + x);
        if let Some(place) = inside.find(|place| !level.hole[*place]) {
            copied[index] = place as u32;
            level.copy(index, place);
            has_colour[index] = true;
        }
    }
}

/// What pixels look at when they look for a place to copy.
struct Look<'a> {
    level: &'a Level,
    comparison: &'a Comparison,
    has_colour: &'a [bool],
    copied: &'a [u32],
    places: &'a Places,
    looks: usize,
    followed: usize,
    seed: u32,
}

impl Look<'_> {
    /// The best place for a pixel that can be found.
    fn best(&self, pixel: u32) -> u32 {
        let surroundings = Surroundings::of(self.comparison, self.level, self.has_colour, pixel);
        let mut random = scramble(self.seed ^ scramble(pixel));
        let mut any = || {
            random = scramble(random.wrapping_add(0x9e37_79b9));
            random
        };
        let one_of = |places: &[u32], random: u32| {
            places[((u64::from(random) * places.len() as u64) >> 32) as usize]
        };
        let mut best = self.copied[pixel as usize];
        let mut least = match best {
            NONE => {
                best = one_of(self.places.all(), any());
                u32::MAX
            }
            own => surroundings.difference(own, u32::MAX).unwrap_or(u32::MAX),
        };
        let mut try_place = |place: u32, best: &mut u32| {
            if place != *best
                && let Some(difference) = surroundings.difference(place, least)
            {
                (least, *best) = (difference, place);
            }
        };
        let (width, height) = (self.level.width as i32, self.level.height as i32);
        let known = |x: i32, y: i32| {
            let inside = (0..width).contains(&x) && (0..height).contains(&y);
            let place = (y * width + x) as u32;
            (inside && !self.level.hole[place as usize]).then_some(place)
        };
        // What lies beside a neighbour's place goes on as that does.
        for (dx, dy) in surroundings.offsets().take(self.followed) {
            let neighbour = (pixel as i32 + dy * width + dx) as usize;
            if self.level.hole[neighbour] {
                let from = self.copied[neighbour] as i32;
                if let Some(place) = known(from % width - dx, from / width - dy) {
                    try_place(place, &mut best);
                }
            }
        }
        let mut among = |places: &[u32], looks: usize, best: &mut u32| {
            for _ in 0..looks {
                try_place(one_of(places, any()), best);
            }
        };
        match &surroundings.expected {
            None => among(self.places.all(), self.looks, &mut best),
            // Who knows what to look for finds as much with half of the looks.
            Some(expected) => {
                among(self.places.alike(expected), self.looks / 4, &mut best);
                among(self.places.all(), self.looks / 4, &mut best);
            }
        }
        // Places round the best one, first far away and then nearer.
        let mut reach = (width.max(height) / 4).max(2);
        while reach >= 1 {
            let bits = any();
            let within = |bits: u32| {
                ((i64::from(bits & 0xffff) * i64::from(2 * reach + 1)) >> 16) as i32 - reach
            };
            let (x, y) = (best as i32 % width, best as i32 / width);
            if let Some(place) = known(x + within(bits), y + within(bits >> 16)) {
                try_place(place, &mut best);
            }
            reach /= 3;
        }
        best
    }
}
