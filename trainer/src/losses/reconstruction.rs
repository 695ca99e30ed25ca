//! Nearness to the true picture, and evenness.

use tch::{Kind, Tensor};

/// Mean absolute differences over all pixels, of the part that is known and of the hole (Liu et al. 2018, section 3.3;
/// with both weights 1 their sum is the loss of Yu et al. 2019).
pub fn reconstruction(filled: &Tensor, picture: &Tensor, hole: &Tensor) -> (Tensor, Tensor) {
    let difference = (filled - picture).abs();
    let all = difference.mean(Kind::Float);
    let in_hole = (difference * hole).mean(Kind::Float);
    (all - &in_hole, in_hole)
}

/// Mean absolute difference of neighbours in the hole grown by one pixel (Liu et al. 2018, equation 6).
pub fn total_variation(composite: &Tensor, hole: &Tensor) -> Tensor {
    let region = hole.max_pool2d([3, 3], [1, 1], [1, 1], [1, 1], false);
    let along = |axis: i64| {
        let length = composite.size()[axis as usize] - 1;
        let (a, b) = (
            composite.narrow(axis, 0, length),
            composite.narrow(axis, 1, length),
        );
        let inside = region.narrow(axis, 0, length) * region.narrow(axis, 1, length);
        ((a - b).abs() * inside).mean(Kind::Float)
    };
    along(3) + along(2)
}
