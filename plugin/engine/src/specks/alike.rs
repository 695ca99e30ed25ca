//! Places that look like a speck's surroundings.

use multiversion::multiversion;

use super::window::Window;

/// So many places are averaged. One alone is grainy like the picture, but wrong more often.
const PLACES: usize = 8;

/// The mean of the places nearby whose rim is most like the speck's, up to one brightness: three planes of the size of the
/// patch, to be laid over it. None where there are few places, or nothing is known that they could be compared with.
pub(super) fn mean(window: &Window) -> Option<[Vec<f32>; 3]> {
    let (width, patch) = (window.input.width, window.patch);
    let across = width - patch.width + 1;
    let down = window.input.height - patch.height + 1;
    let distances = distances(window, across, down)?;
    let mut places: Vec<usize> = (0..across * down)
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
                let from = (place / across + y) * width + place % across;
                for (mean, value) in row.iter_mut().zip(&plane[from..]) {
                    *mean += value / wanted as f32;
                }
            }
        }
        mean
    }))
}

/// For each place, by row and column of its top left corner: the variance, round the speck, of its difference from the
/// patch, all channels together. Infinite where a place is not wholly known.
fn distances(window: &Window, across: usize, down: usize) -> Option<Vec<f32>> {
    let (width, patch) = (window.input.width, window.patch);
    let rim = rim(window);
    let weights: f32 = rim.iter().map(|(.., weight)| weight).sum();
    if rim.is_empty() {
        return None;
    }
    let mut distances = vec![0.0; across * down];
    let mut differences = Differences {
        across,
        sums: vec![0.0; across * down],
        squares: vec![0.0; across * down],
    };
    for channel in 0..3 {
        let plane = window.plane(channel);
        differences.sums.fill(0.0);
        differences.squares.fill(0.0);
        for &(x, y, weight) in &rim {
            let own = plane[window.in_window(x, y)];
            add(
                &mut differences,
                own,
                &plane[y * width + x..],
                width,
                weight,
            );
        }
        let Differences { sums, squares, .. } = &differences;
        for ((distance, sum), square) in distances.iter_mut().zip(sums).zip(squares) {
            *distance += square - sum * sum / weights;
        }
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
            distances[row * across..][columns.clone()].fill(f32::INFINITY);
        }
    }
    Some(distances)
}

/// Weighted sums of the differences between the patch and each place, `across` of them in a row.
struct Differences {
    across: usize,
    sums: Vec<f32>,
    squares: Vec<f32>,
}

/// Adds one value of the patch and, for each place, the one that lies there. `others` begins with that of the first place;
/// its rows are `width` long.
#[multiversion(targets("x86_64+avx2"))]
fn add(to: &mut Differences, own: f32, others: &[f32], width: usize, weight: f32) {
    let sums = to.sums.chunks_exact_mut(to.across);
    let rows = sums.zip(to.squares.chunks_exact_mut(to.across));
    for (row, (sums, squares)) in rows.enumerate() {
        let values = &others[row * width..][..to.across];
        for ((sum, square), value) in sums.iter_mut().zip(squares).zip(values) {
            let apart = value - own;
            *sum += weight * apart;
            *square += weight * apart * apart;
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
