//! Operations that no layer of today shows from all sides.

use crate::parity;
use reweave_models::{Corners, Edge, Init, Size, Window};

const WIDE: Window = Window {
    kernel: 4,
    stride: 3,
    dilation: 2,
    before: 2,
    after: 1,
};

parity!(batch_normalisation, 4 x 9 x 14, |s, x, _hole| s.backend().batch_norm("norm", x));
parity!(transposed_convolution_in_groups, 6 x 9 x 14, |s, x, _hole| {
    let weight = s.parameter("weight", &[6, 2, 4, 4], Init::Normal { gain: 1.0 });
    let bias = s.parameter("bias", &[4], Init::Zero);
    s.backend().conv_transposed(x, &weight, Some(&bias), WIDE, 2)
});
parity!(zeros_round_it, 2 x 7 x 11, |s, x, _hole| s.backend().pad(x, 2, 3, Edge::Zero));
parity!(mirrored_round_it, 2 x 7 x 11, |s, x, _hole| s.backend().pad(x, 3, 2, Edge::Reflect));
parity!(repeated_round_it, 2 x 7 x 11, |s, x, _hole| s.backend().pad(x, 9, 12, Edge::Replicate));
parity!(larger_by_a_factor, 2 x 7 x 11, |s, x, _hole| s.backend().resize(x, Size::Times(2.0), Corners::Edges));
parity!(larger_by_a_broken_factor, 2 x 7 x 11, |s, x, _hole| s.backend().resize(x, Size::Times(1.5), Corners::Edges));
parity!(smaller_by_a_factor, 2 x 8 x 12, |s, x, _hole| s.backend().resize(x, Size::Times(0.5), Corners::Edges));
parity!(corners_on_corners, 2 x 7 x 11, |s, x, _hole| s.backend().resize(x, Size::Times(3.0), Corners::Centres));
parity!(as_large_as_another, 2 x 16 x 24, |s, x, _hole| {
    let b = s.backend();
    b.resize(&b.subsample(x, 3), Size::Like(x), Corners::Edges)
});
parity!(corners_as_large_as_another, 2 x 16 x 24, |s, x, _hole| {
    let b = s.backend();
    b.resize(&b.subsample(x, 3), Size::Like(x), Corners::Centres)
});
parity!(subsampled_with_corners, 2 x 64 x 40, |s, x, _hole| s.backend().subsample_aligned(x, 2));
parity!(subsampled_by_four_with_corners, 2 x 64 x 40, |s, x, _hole| s.backend().subsample_aligned(x, 4));
parity!(sampled_where_the_pixels_are, 3 x 9 x 14, |s, x, _hole| {
    let b = s.backend();
    b.sub(&b.affine(x, 2.0, 0.0), &b.grid_sample(x, &b.add(&b.positions(x), &b.affine(&b.slice_channels(x, 0, 2), 0.0, 0.0))))
});
parity!(sampled_elsewhere_and_outside, 3 x 9 x 14, |s, x, _hole| {
    let b = s.backend();
    b.grid_sample(x, &b.add(&b.positions(x), &b.slice_channels(x, 1, 2)))
});
parity!(frequencies_of_even_sizes, 3 x 12 x 18, |s, x, _hole| s.backend().rfft(x, x));
parity!(frequencies_of_odd_sizes, 3 x 15 x 21, |s, x, _hole| s.backend().rfft(x, x));
parity!(frequencies_of_64_by_96, 1 x 64 x 96, |s, x, _hole| s.backend().rfft(x, x));
parity!(back_from_other_frequencies, 2 x 12 x 17, |s, x, _hole| {
    let b = s.backend();
    let weight = s.parameter("weight", &[4, 4, 1, 1], Init::Normal { gain: 1.0 });
    let mixed = b.conv(&b.rfft(x, x), &weight, None, Window::centred(1, 1, 1), 1);
    b.irfft(&mixed, x)
});
parity!(there_and_back, 2 x 12 x 18, |s, x, _hole| {
    let b = s.backend();
    b.sub(&b.affine(x, 2.0, 0.0), &b.irfft(&b.rfft(x, x), x))
});
parity!(bands_of_rows, 3 x 11 x 14, |s, x, _hole| {
    let b = s.backend();
    b.concat(&[&b.rows(x, 0, 3, 1), &b.trim(&b.rows(x, 2, 3, 2), 2, 1)], 2)
});
parity!(flattened_and_turned, 4 x 9 x 14, |s, x, _hole| {
    let b = s.backend();
    let turned = b.transpose(&b.flatten(x, 2), &[0, 2, 1]);
    assert_eq!((b.rank(x), b.rank(&turned)), (4, 3));
    b.transpose(&b.unflatten(&turned, 1, x), &[0, 3, 2, 1])
});
