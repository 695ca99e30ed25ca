//! Deformable sampling as it starts looks at known places alone, however wide the hole is.

use reweave_models::Scope;
use reweave_models::layers::deformable::{Rays, deformable};
use reweave_trainer::torch::{Shared, Torch};
use tch::{Device, Kind, Tensor};

const PIXELS: (Kind, Device) = (Kind::Float, Device::Cpu);
/// A hole of columns 6 to 15, rows 3 to 10, in 20 rows of 24.
const HOLE: [(i64, i64); 2] = [(3, 8), (6, 10)];

/// What the layer makes of `x`, and how far each position of it moves when the features at `(row, column)` do.
fn moved_by(row: i64, column: i64) -> Tensor {
    let torch = Torch::new(Device::Cpu, Kind::Float, 4);
    let hole = Tensor::zeros([1, 1, 20, 24], PIXELS);
    let [(top, rows), (left, columns)] = HOLE;
    let _ = hole
        .narrow(2, top, rows)
        .narrow(3, left, columns)
        .fill_(1.0);
    let rays = Rays::new(&torch, &Shared(hole));
    let layer = |x: Tensor| deformable(&Scope::root(&torch), &Shared(x), &rays, 2, 6).0;
    tch::manual_seed(1);
    let x = Tensor::randn([1, 4, 20, 24], PIXELS);
    let other = x.copy();
    let _ = other.narrow(2, row, 1).narrow(3, column, 1).fill_(3.0);
    let apart = tch::no_grad(|| layer(x) - layer(other));
    apart
        .abs()
        .sum_dim_intlist([1i64].as_slice(), false, None)
        .get(0)
}

fn at(moved: &Tensor, row: i64, column: i64) -> f64 {
    moved.double_value(&[row, column])
}

#[test]
fn what_lies_in_a_hole_is_seen_by_its_own_position_alone() {
    let moved = moved_by(6, 9);
    assert!(at(&moved, 6, 9) > 1e-3);
    assert_eq!(moved.gt(1e-6).sum(Kind::Int64).int64_value(&[]), 1);
}

#[test]
fn a_position_in_a_hole_sees_the_first_known_place_of_each_direction() {
    // On the hole's left, at its rim and one further away.
    let (rim, behind) = (moved_by(6, 5), moved_by(6, 4));
    assert!(
        at(&rim, 6, 6) > 1e-3 && at(&rim, 6, 15) > 1e-3,
        "along the row"
    );
    assert!(
        at(&rim, 8, 8) < 1e-6,
        "two rows down and three columns on lies on no line"
    );
    assert!(at(&behind, 6, 6) < 1e-6, "the rim stands before it");
    // Down a diagonal, three steps into the hole.
    assert!(at(&moved_by(2, 7), 5, 10) > 1e-3);
    assert!(at(&rim, 6, 4) > 1e-3, "neighbours outside are seen as ever");
}
