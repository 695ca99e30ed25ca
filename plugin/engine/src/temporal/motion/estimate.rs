//! Finding the motion between two frames.
//!
//! From coarse to fine: on small copies of both frames every shift is tried; the best one is then refined on larger and
//! larger copies by Gauss-Newton steps on the grey values themselves (Lucas and Kanade), with weights that forget pixels
//! which do not go with the rest: people, water, leaves (iteratively reweighted least squares, Tukey's weights). Shifts
//! come first, shears and zooms next, perspective last, because each is only to be trusted when the ones before it fit.

use super::homography::Homography;
use super::plane::Plane;
use super::solve::Normal;

/// The longer side of the copies on which all shifts are tried.
const COARSEST: usize = 64;
/// At least this share of the picture has to overlap, and this share of the overlap has to agree.
const LEAST_OVERLAP: f64 = 0.2;
const LEAST_AGREEING: f64 = 0.5;
/// Pixels agree when they differ by less than this; noise and a little blur do not make them differ by more.
const AGREE: f32 = 0.06;

/// The motion that takes pixels of `to` to where they lie in `from`. `None` when no motion makes the two agree: after a
/// cut, on a flat wall, or where nothing but foreground is seen.
pub(crate) fn estimate(from: Plane, to: Plane) -> Option<Homography> {
    if (from.width, from.height) != (to.width, to.height) {
        return None;
    }
    let (from, to) = (from.pyramid(COARSEST), to.pyramid(COARSEST));
    let coarsest = from.len() - 1;
    // A scene may look like itself at several shifts. Which one is true shows when they are refined.
    let shifts = likely_shifts(
        &from[coarsest].without_shading(),
        &to[coarsest].without_shading(),
    );
    let level = coarsest.saturating_sub(1);
    let tries = shifts.into_iter().map(|shift| {
        let (mut motion, mut light) = refine(
            &from[coarsest],
            &to[coarsest],
            shift,
            Light::default(),
            Kind::Shift,
        );
        if level != coarsest {
            (motion, light) = refine(
                &from[level],
                &to[level],
                motion.rescaled(0.5),
                light,
                Kind::Shift,
            );
        }
        (
            agreement(&from[level], &to[level], &motion, light),
            motion,
            light,
        )
    });
    let (_, mut motion, mut light) = tries.max_by(|a, b| a.0.total_cmp(&b.0))?;
    for level in (0..=level).rev() {
        let (from, to) = (&from[level], &to[level]);
        let kinds = if level == 0 {
            &[Kind::Affine, Kind::Perspective][..]
        } else {
            &[Kind::Affine]
        };
        for kind in kinds {
            (motion, light) = refine(from, to, motion, light, *kind);
        }
        if level > 0 {
            motion = motion.rescaled(0.5);
        }
    }
    agree(&from[0], &to[0], &motion, light).then_some(motion)
}

/// The shifts by whole pixels that make two small frames most alike, the likeliest first.
fn likely_shifts(from: &Plane, to: &Plane) -> Vec<Homography> {
    const MOST: usize = 8;
    let reach = |side: usize| (side as isize * 2 / 3).max(1);
    let (reach_x, reach_y) = (reach(to.width), reach(to.height));
    let shifts = (-reach_y..=reach_y).flat_map(|dy| (-reach_x..=reach_x).map(move |dx| (dx, dy)));
    let mut scored: Vec<_> = shifts
        .filter_map(|(dx, dy)| likeness(from, to, dx, dy).map(|score| (score, dx, dy)))
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut peaks: Vec<(isize, isize)> = Vec::new();
    for (_, dx, dy) in scored {
        if peaks
            .iter()
            .all(|(x, y)| (x - dx).abs().max((y - dy).abs()) > 2)
        {
            peaks.push((dx, dy));
        }
        if peaks.len() == MOST {
            break;
        }
    }
    peaks
        .into_iter()
        .map(|(dx, dy)| Homography::translation(dx as f64, dy as f64))
        .collect()
}

/// How much of a frame a motion explains, from 0 to 1: the share of pixels that overlap and agree.
fn agreement(from: &Plane, to: &Plane, motion: &Homography, light: Light) -> f64 {
    let seen = compare(from, to, motion, light, 1);
    let sum: f64 = seen
        .iter()
        .map(|pixel| (1.0 - f64::from((pixel.difference / AGREE).powi(2))).max(0.0))
        .sum();
    // A small overlap agrees by chance: what does not overlap counts half.
    sum / (seen.len() as f64 + (to.width * to.height) as f64)
}

/// Correlation of the overlap of two frames, from -1 to 1; light and contrast do not count. `None` when they hardly
/// overlap.
fn likeness(from: &Plane, to: &Plane, dx: isize, dy: isize) -> Option<f64> {
    let (width, height) = (to.width as isize, to.height as isize);
    let (mut n, mut a, mut b, mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    for y in 0.max(-dy)..height.min(height - dy) {
        for x in 0.max(-dx)..width.min(width - dx) {
            let (here, there) = (
                (y * width + x) as usize,
                ((y + dy) * width + x + dx) as usize,
            );
            if to.known[here] && from.known[there] {
                let (u, v) = (f64::from(to.grey[here]), f64::from(from.grey[there]));
                n += 1.0;
                a += u;
                b += v;
                aa += u * u;
                bb += v * v;
                ab += u * v;
            }
        }
    }
    if n < LEAST_OVERLAP * (width * height) as f64 {
        return None;
    }
    let (spread_a, spread_b) = (aa - a * a / n, bb - b * b / n);
    // A flat overlap says nothing.
    if spread_a < 1e-6 * n || spread_b < 1e-6 * n {
        return None;
    }
    Some((ab - a * b / n) / (spread_a * spread_b).sqrt())
}

/// Which motions are looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Shift,
    Affine,
    Perspective,
}

impl Kind {
    fn unknowns(self) -> usize {
        match self {
            Self::Shift => 2,
            Self::Affine => 6,
            Self::Perspective => 8,
        }
    }
}

/// How `from`'s grey becomes `to`'s: exposure changes along a shot.
#[derive(Clone, Copy)]
struct Light {
    gain: f32,
    offset: f32,
}

impl Default for Light {
    fn default() -> Self {
        Self {
            gain: 1.0,
            offset: 0.0,
        }
    }
}

/// Improves a motion until it no longer changes.
fn refine(
    from: &Plane,
    to: &Plane,
    start: Homography,
    light: Light,
    kind: Kind,
) -> (Homography, Light) {
    let (mut motion, mut light) = (start, light);
    // More pixels than this make it slower, not better.
    let step = (((to.width * to.height) as f64 / 200_000.0).sqrt().ceil() as usize).max(1);
    for _ in 0..20 {
        let Some((next, next_light)) = improve(from, to, &motion, light, kind, step) else {
            break;
        };
        let moved = next.farthest_from(&motion, to.width, to.height);
        // A step that throws the picture away is no improvement.
        if !moved.is_finite() || moved > 0.5 * to.width.max(to.height) as f64 {
            break;
        }
        (motion, light) = (next, next_light);
        if moved < 0.002 {
            break;
        }
    }
    (motion, light)
}

/// One step of Gauss and Newton.
fn improve(
    from: &Plane,
    to: &Plane,
    motion: &Homography,
    light: Light,
    kind: Kind,
    step: usize,
) -> Option<(Homography, Light)> {
    let seen = compare(from, to, motion, light, step);
    let spread = spread(&seen);
    let limit = (4.685 * spread).max(0.02);
    // Coordinates from about -1 to 1 keep the equations well-behaved.
    let (centre_x, centre_y) = (to.width as f64 / 2.0, to.height as f64 / 2.0);
    let size = centre_x.max(centre_y);
    let unknowns = kind.unknowns();
    let mut normal = Normal::new(unknowns + 2);
    for pixel in &seen {
        let weight = (1.0 - (pixel.difference / limit).powi(2)).max(0.0).powi(2);
        if weight == 0.0 {
            continue;
        }
        // The change is made in `to`'s coordinates, before the motion: slopes there, by the chain rule.
        let (u, v) = ((pixel.x - centre_x) / size, (pixel.y - centre_y) / size);
        let [gx, gy] = pixel.slope;
        let along = gx * u + gy * v;
        let full = [
            gx,
            gy,
            gx * u,
            gx * v,
            gy * u,
            gy * v,
            -along * u,
            -along * v,
        ];
        let mut row = [0.0; super::solve::MOST];
        row[..unknowns].copy_from_slice(&full[..unknowns]);
        row[unknowns] = f64::from(pixel.grey);
        row[unknowns + 1] = 1.0;
        normal.add(&row, -f64::from(pixel.difference), f64::from(weight));
    }
    let found = normal.solve()?;
    let mut change = [0.0; 8];
    change[..unknowns].copy_from_slice(&found[..unknowns]);
    // What was found are pixels; of the unit here there are `size` pixels.
    let [x, y, xx, xy, yx, yy, px, py] = change.map(|pixels| pixels / size);
    let change = Homography([1.0 + xx, xy, x, yx, 1.0 + yy, y, px, py, 1.0]);
    let to_unit = Homography([
        1.0 / size,
        0.0,
        -centre_x / size,
        0.0,
        1.0 / size,
        -centre_y / size,
        0.0,
        0.0,
        1.0,
    ]);
    let to_pixels = Homography([size, 0.0, centre_x, 0.0, size, centre_y, 0.0, 0.0, 1.0]);
    let change = to_pixels.after(&change.after(&to_unit));
    let light = Light {
        gain: (light.gain + found[unknowns] as f32).clamp(0.25, 4.0),
        offset: (light.offset + found[unknowns + 1] as f32).clamp(-1.0, 1.0),
    };
    Some((motion.after(&change), light))
}

/// A pixel of `to` and what lies at its place in `from`.
struct Compared {
    x: f64,
    y: f64,
    /// Grey of `from`, without the light.
    grey: f32,
    /// Grey of `from` in `to`'s light, less the grey of `to`.
    difference: f32,
    /// How the former changes along x and y of `to`.
    slope: [f64; 2],
}

fn compare(
    from: &Plane,
    to: &Plane,
    motion: &Homography,
    light: Light,
    step: usize,
) -> Vec<Compared> {
    let mut seen = Vec::with_capacity(to.width * to.height / (step * step));
    let sample = |x: f64, y: f64| {
        let (x, y) = motion.apply(x, y);
        from.sample(x as f32, y as f32)
    };
    for y in (0..to.height).step_by(step) {
        for x in (0..to.width).step_by(step) {
            let at = y * to.width + x;
            if !to.known[at] {
                continue;
            }
            let (x, y) = (x as f64, y as f64);
            // Slopes by differences of what is seen through the motion.
            let near = [
                sample(x - 1.0, y),
                sample(x + 1.0, y),
                sample(x, y - 1.0),
                sample(x, y + 1.0),
            ];
            if let (Some(grey), [Some(left), Some(right), Some(up), Some(down)]) =
                (sample(x, y), near)
            {
                let slope =
                    [right - left, down - up].map(|twice| f64::from(light.gain * twice / 2.0));
                let difference = light.gain * grey + light.offset - to.grey[at];
                seen.push(Compared {
                    x,
                    y,
                    grey,
                    difference,
                    slope,
                });
            }
        }
    }
    seen
}

/// The spread of differences, by their median: what a few large ones cannot move.
fn spread(seen: &[Compared]) -> f32 {
    let mut sizes: Vec<f32> = seen.iter().map(|pixel| pixel.difference.abs()).collect();
    if sizes.is_empty() {
        return 0.0;
    }
    let middle = sizes.len() / 2;
    1.4826 * *sizes.select_nth_unstable_by(middle, f32::total_cmp).1
}

/// Whether a motion explains what is seen: enough of the two frames overlaps, enough of that agrees, and edges run the
/// same way, which they would not do by chance.
fn agree(from: &Plane, to: &Plane, motion: &Homography, light: Light) -> bool {
    let light_is_plausible = (0.6..=1.7).contains(&light.gain);
    if !(light_is_plausible && motion.is_plausible(to.width, to.height)) {
        return false;
    }
    let step = (((to.width * to.height) as f64 / 100_000.0).sqrt().ceil() as usize).max(1);
    let seen = compare(from, to, motion, light, step);
    let all = (to.width.div_ceil(step) * to.height.div_ceil(step)) as f64;
    if (seen.len() as f64) < LEAST_OVERLAP * all {
        return false;
    }
    let agreeing = seen
        .iter()
        .filter(|pixel| pixel.difference.abs() < AGREE)
        .count();
    let (mut edges, mut alike) = (0.0, 0.0);
    for pixel in &seen {
        let size = pixel.slope[0].hypot(pixel.slope[1]);
        if let Some(slope) = to
            .slope(pixel.x as usize, pixel.y as usize)
            .filter(|_| size > 0.01)
        {
            let product = slope[0] * pixel.slope[0] + slope[1] * pixel.slope[1];
            edges += 1.0;
            alike += product / (size * slope[0].hypot(slope[1])).max(1e-9);
        }
    }
    agreeing as f64 >= LEAST_AGREEING * seen.len() as f64
        && edges >= 0.01 * seen.len() as f64
        && alike >= 0.5 * edges
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A number from 0 to 1 for a point of a grid, by chance.
    fn chance(x: i64, y: i64) -> f64 {
        let mut bits = (x as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
            ^ (y as u64).wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
        bits = (bits ^ (bits >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        ((bits ^ (bits >> 32)) & 0xffff) as f64 / 65535.0
    }

    /// Smooth chance, with a detail for each unit.
    fn noise(x: f64, y: f64) -> f64 {
        let (left, top) = (x.floor(), y.floor());
        let ease = |t: f64| t * t * (3.0 - 2.0 * t);
        let (u, v) = (ease(x - left), ease(y - top));
        let at = |dx, dy| chance(left as i64 + dx, top as i64 + dy);
        let upper = at(0, 0) + (at(1, 0) - at(0, 0)) * u;
        let lower = at(0, 1) + (at(1, 1) - at(0, 1)) * u;
        upper + (lower - upper) * v
    }

    /// A scene with detail of all sizes, everywhere.
    fn scene(x: f64, y: f64) -> f32 {
        let sizes = [
            (60.0, 0.45),
            (25.0, 0.25),
            (11.0, 0.15),
            (5.0, 0.1),
            (2.5, 0.05),
        ];
        sizes
            .iter()
            .map(|(size, share)| share * noise(x / size, y / size))
            .sum::<f64>() as f32
    }

    const WIDTH: usize = 240;
    const HEIGHT: usize = 160;

    /// `from` sees the scene; `to` sees it through `motion`, darker, with a person who stays where he is on the screen
    /// and a hole.
    fn found(motion: Homography, gain: f32) -> Option<Homography> {
        let person = |x: usize, y: usize| (100..140).contains(&x) && (60..150).contains(&y);
        let grey = |x: f64, y: f64| scene(x + 500.0, y + 300.0);
        let from = Plane::new(WIDTH, HEIGHT, |x, y| {
            (x < 10 || y > 20).then(|| {
                if person(x, y) {
                    0.1
                } else {
                    grey(x as f64, y as f64)
                }
            })
        });
        let to = Plane::new(WIDTH, HEIGHT, |x, y| {
            let (u, v) = motion.apply(x as f64, y as f64);
            (!(20..60).contains(&y) || x > 50)
                .then(|| gain * if person(x, y) { 0.1 } else { grey(u, v) } + 0.02)
        });
        estimate(from, to)
    }

    #[test]
    fn finds_what_the_camera_did() {
        for (motion, name) in [
            (Homography::IDENTITY, "still"),
            (Homography::translation(17.3, -9.8), "pan"),
            (Homography::translation(-63.0, 21.5), "fast pan"),
            (
                Homography([0.998, -0.035, 4.0, 0.035, 0.998, -3.0, 0.0, 0.0, 1.0]),
                "roll",
            ),
            (
                Homography([1.06, 0.0, -6.0, 0.0, 1.06, -5.0, 0.0, 0.0, 1.0]),
                "zoom",
            ),
            (
                Homography([1.02, 0.01, -8.0, -0.008, 0.99, 5.0, 9e-5, -6e-5, 1.0]),
                "tilt",
            ),
        ] {
            for gain in [1.0, 0.85] {
                let found = found(motion, gain).unwrap_or_else(|| panic!("{name} {gain}"));
                let off = found.farthest_from(&motion, WIDTH, HEIGHT);
                assert!(off < 0.25, "{name} {gain}: {off} {found:?}");
            }
        }
    }

    #[test]
    fn tells_when_there_is_nothing_to_find() {
        let flat = Plane::new(WIDTH, HEIGHT, |_, _| Some(0.5));
        assert_eq!(estimate(flat.clone(), flat.clone()), None);
        let one = Plane::new(WIDTH, HEIGHT, |x, y| Some(scene(x as f64, y as f64)));
        let other = Plane::new(WIDTH, HEIGHT, |x, y| {
            Some(scene(y as f64 * 1.7 + 4000.0, 900.0 - x as f64))
        });
        assert_eq!(estimate(one.clone(), other), None);
        assert_eq!(
            estimate(one.clone(), Plane::new(WIDTH, HEIGHT, |_, _| None)),
            None
        );
        assert_eq!(estimate(one, Plane::new(10, 10, |_, _| Some(0.0))), None);
    }
}
