//! Patterns where the true picture is smooth: what features of classifiers hardly see, and people do.

use tch::{Kind, Tensor};

/// Side of the window that a pixel's surroundings are judged in.
const SURROUNDINGS: i64 = 13;
/// Side of the window whose mean is taken off to leave the fine detail.
const DETAIL: i64 = 5;
/// The deviation of the surroundings, of 2 from black to white, at which a place counts half: 2.5 of 255.
const SMOOTH: f64 = 2.5 / 127.5;

/// Mean absolute difference of fine detail in the hole, where the true picture is smooth, over all pixels.
///
/// An absolute difference of pixels forgives a faint pattern in a sky as it forgives a missing blade of grass; the eye
/// does not. So detail (a pixel minus the mean of its 5x5 surroundings) is compared once more, each place weighed by how
/// smooth the truth is there.
pub fn smoothness(filled: &Tensor, picture: &Tensor, hole: &Tensor) -> Tensor {
    let weight = tch::no_grad(|| {
        let grey = picture.mean_dim([1i64].as_slice(), true, Kind::Float);
        let mean = local_mean(&grey, SURROUNDINGS);
        let variance = (local_mean(&grey.square(), SURROUNDINGS) - mean.square()).clamp_min(0.0);
        (variance / (SMOOTH * SMOOTH) + 1.0).reciprocal() * hole
    });
    let difference = filled - picture;
    let detail = &difference - local_mean(&difference, DETAIL);
    (detail.abs() * weight).mean(Kind::Float)
}

/// The mean of the `side` x `side` pixels round each; of those inside the picture at its edge.
fn local_mean(x: &Tensor, side: i64) -> Tensor {
    let pad = side / 2;
    // Windows are cut to rectangles at the edge, so the mean of columns' means is the mean.
    x.avg_pool2d([side, 1], [1, 1], [pad, 0], false, false, None)
        .avg_pool2d([1, side], [1, 1], [0, pad], false, false, None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tch::Device;

    fn pictures(detail: f64) -> (Tensor, Tensor, Tensor) {
        let pixels = (Kind::Float, Device::Cpu);
        let columns = Tensor::arange(32, pixels).remainder(2.0) * 2.0 - 1.0;
        let stripes = columns.reshape([1, 1, 1, 32]).expand([1, 3, 32, 32], false);
        (
            &stripes * detail,
            stripes.contiguous(),
            Tensor::ones([1, 1, 32, 32], pixels),
        )
    }

    #[test]
    fn a_pattern_counts_in_a_sky_and_hardly_in_grass() {
        let (pattern, grass, hole) = pictures(0.02);
        let sky = grass.zeros_like();
        let in_sky = smoothness(&(&sky + &pattern), &sky, &hole).double_value(&[]);
        let in_grass = smoothness(&(&grass + &pattern), &grass, &hole).double_value(&[]);
        assert!(in_sky > 0.01, "{in_sky}");
        assert!(in_grass < in_sky / 100.0, "{in_grass} {in_sky}");
    }

    #[test]
    fn a_wrong_colour_is_none_of_its_business() {
        let (_, grass, hole) = pictures(0.0);
        let sky = grass.zeros_like();
        assert!(smoothness(&(&sky + 0.5), &sky, &hole).double_value(&[]) < 1e-6);
    }
}
