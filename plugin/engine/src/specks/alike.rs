//! Places that look like a speck's surroundings.

use multiversion::multiversion;

use super::window::Window;

/// So many places are averaged. One alone is grainy like the picture, but wrong more often.
const PLACES: usize = 8;

/// Places that are compared at the same time.
const LANES: usize = 16;

/// The mean of the places nearby whose rim is most like the speck's, up to one brightness: three planes of the size of the
/// patch, to be laid over it. None where there are few places, or nothing is known that they could be compared with.
pub(super) fn mean(window: &Window) -> Option<[Vec<f32>; 3]> {
    let patch = window.patch;
    let distances = distances(window)?;
    let mut places: Vec<usize> = (0..distances.len())
        .filter(|&place| distances[place].is_finite())
        .collect();
    // Most of what is near is not alike.
    let wanted = PLACES.min(places.len() / PLACES);
    if wanted == 0 {
        return None;
    }
    places.select_nth_unstable_by(wanted - 1, |&a, &b| {
        distances[a].total_cmp(&distances[b]).then(a.cmp(&b))
    });
    places.truncate(wanted);
    places.sort_unstable();
    Some([0, 1, 2].map(|channel| {
        let plane = window.plane(channel);
        let mut mean = vec![0.0; patch.area()];
        for place in &places {
            let rows = mean.chunks_exact_mut(patch.width).enumerate();
            for (y, row) in rows {
                let from = place + y * window.input.width;
                for (mean, value) in row.iter_mut().zip(&plane[from..]) {
                    *mean += value / wanted as f32;
                }
            }
        }
        mean
    }))
}

/// For each place, by the pixel of the window that its top left corner lies on: the variance, round the speck, of its
/// difference from the patch, all channels together. Infinite where a place is not wholly known, or not wholly inside.
fn distances(window: &Window) -> Option<Vec<f32>> {
    let (width, patch) = (window.input.width, window.patch);
    let across = width - patch.width + 1;
    let down = window.input.height - patch.height + 1;
    let rim = rim(window);
    let weights: f32 = rim.iter().map(|(.., weight)| weight).sum();
    if rim.is_empty() {
        return None;
    }
    let count = (down - 1) * width + across;
    let mut distances = vec![0.0; count.next_multiple_of(LANES)];
    let mut plane = vec![0.0; window.input.len() + LANES];
    for channel in 0..3 {
        let values = window.plane(channel);
        plane[..values.len()].copy_from_slice(values);
        let own = |&(x, y, weight): &(usize, usize, f32)| Own {
            at: y * width + x,
            value: values[window.in_window(x, y)],
            weight,
        };
        let rim: Vec<Own> = rim.iter().map(own).collect();
        add_variances(&mut distances, &plane, &rim, weights);
    }
    distances.truncate(count);
    for row in distances.chunks_mut(width) {
        row.iter_mut()
            .skip(across)
            .for_each(|distance| *distance = f32::INFINITY);
    }
    // Every place over a pixel that is not known is out.
    let unknown = window
        .input
        .hole
        .iter()
        .enumerate()
        .filter(|(_, hole)| **hole);
    for (x, y) in unknown.map(|(index, _)| (index % width, index / width)) {
        let columns = (x + 1).saturating_sub(patch.width)..across.min(x + 1);
        for row in (y + 1).saturating_sub(patch.height)..down.min(y + 1) {
            distances[row * width..][columns.clone()].fill(f32::INFINITY);
        }
    }
    Some(distances)
}

/// A pixel of the speck's rim in one channel: how far it lies behind the patch's first pixel, rows as long as the window's.
struct Own {
    at: usize,
    value: f32,
    weight: f32,
}

/// Adds the variances of one channel. Places are taken in the order of the window's pixels, whose last rows `plane` has
/// some more behind, so that a row's end is no end; what comes out for places that reach over it is of no use.
#[multiversion(targets("x86_64+avx2"))]
fn add_variances(distances: &mut [f32], plane: &[f32], rim: &[Own], weights: f32) {
    let (blocks, _) = distances.as_chunks_mut::<LANES>();
    for (block, distances) in blocks.iter_mut().enumerate() {
        let mut sums = [0.0; LANES];
        let mut squares = [0.0; LANES];
        for own in rim {
            let Some(others) = plane[block * LANES + own.at..].first_chunk::<LANES>() else {
                continue;
            };
            for ((sum, square), other) in sums.iter_mut().zip(&mut squares).zip(others) {
                let apart = other - own.value;
                *sum += own.weight * apart;
                *square += own.weight * apart * apart;
            }
        }
        for ((distance, sum), square) in distances.iter_mut().zip(sums).zip(squares) {
            *distance += square - sum * sum / weights;
        }
    }
}

/// The known pixels round the speck, in the patch, each with its weight: the nearer the more.
fn rim(window: &Window) -> Vec<(usize, usize, f32)> {
    let mut rim = Vec::with_capacity(window.patch.area());
    for y in 0..window.patch.height {
        for x in 0..window.patch.width {
            if window.is_known(x, y) {
                let apart = |&(own_x, own_y): &(usize, usize)| {
                    (own_x.abs_diff(x) as f32).hypot(own_y.abs_diff(y) as f32)
                };
                let nearest = window.speck.iter().map(apart).fold(f32::INFINITY, f32::min);
                rim.push((x, y, (-nearest / 1.5).exp()));
            }
        }
    }
    rim
}
