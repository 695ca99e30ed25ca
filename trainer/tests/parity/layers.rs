//! The layers.

use crate::{known, parity};
use reweave_models::Edge;
use reweave_models::layers::attention::{Form, Halving, Propagation, contextual_attention};
use reweave_models::layers::conv::{Conv, Padding, conv, conv_up, spectral_conv};
use reweave_models::layers::deformable::{Rays, deformable, halved_hole};
use reweave_models::layers::fourier::{Parts, fourier};
use reweave_models::layers::gated::{gated, gated_up};
use reweave_models::layers::norm::{instance_norm, layer_norm};
use reweave_models::layers::partial::{Masked, partial, partial_padded};
use reweave_models::layers::prefill::prefill;
use reweave_models::layers::resnet::block;

parity!(plain_convolution, 5 x 20 x 33, |s, x, _hole| conv(s, x, Conv::k(5).out(7).stride(2)));
parity!(gated_convolution, 5 x 20 x 33, |s, x, _hole| gated(s, x, Conv::k(3).out(8).dilation(4)));
parity!(gated_convolution_up, 5 x 12 x 17, |s, x, _hole| gated_up(s, x, Conv::k(3).out(8)));
parity!(spectral_convolution, 4 x 20 x 33, |s, x, _hole| spectral_conv(s, x, Conv::k(5).out(6).stride(2)));
parity!(partial_convolution, 3 x 24 x 37, |s, x, hole| {
    let masked = Masked { x: x.clone(), known: known(s, hole) };
    partial(s, &[&masked], Conv::k(7).out(6).stride(2), true).x
});
parity!(partial_convolution_of_two_sources, 3 x 24 x 37, |s, x, hole| {
    let first = Masked { x: x.clone(), known: known(s, hole) };
    let second = partial(&s.at("second"), &[&first], Conv::k(5).out(4), false);
    partial(s, &[&first, &second], Conv::k(3).out(6), true).x
});
parity!(partial_convolution_as_padding, 4 x 15 x 22, |s, x, _hole| partial_padded(s, x, Conv::k(3).out(6)));
parity!(resnet_block, 6 x 15 x 22, |s, x, _hole| block(s, x));
parity!(prefilled, 3 x 70 x 101, |s, x, hole| prefill(s.backend(), x, &known(s, hole)));
parity!(attention, 6 x 24 x 36, |s, x, hole| contextual_attention(s.backend(), x, hole, Form::default()));
parity!(attention_as_the_authors_compute_it, 6 x 24 x 36, |s, x, hole| {
    let form = Form { halving: Halving::Corners, propagation: Propagation::Flattened };
    contextual_attention(s.backend(), x, hole, form)
});
parity!(convolution_padded_as_by_tensorflow, 3 x 20 x 34, |s, x, _hole| {
    conv(s, x, Conv::k(5).out(4).stride(2).padding(Padding::Same))
});
parity!(convolution_of_a_mirrored_picture, 3 x 9 x 14, |s, x, _hole| {
    conv(s, x, Conv::k(7).out(4).edge(Edge::Reflect))
});
parity!(grouped_convolution, 6 x 20 x 33, |s, x, _hole| conv(s, x, Conv::k(3).out(9).groups(3).dilation(2)));
parity!(depthwise_convolution, 6 x 20 x 33, |s, x, _hole| conv(s, x, Conv::k(5).out(6).groups(6)));
parity!(convolution_that_doubles, 5 x 9 x 14, |s, x, _hole| conv_up(s, x, 7));
parity!(normalisation_of_each_channel, 4 x 9 x 14, |s, x, _hole| instance_norm(s, x));
parity!(normalisation_of_each_position, 6 x 9 x 14, |s, x, _hole| layer_norm(s, x));
parity!(deformable_sampling, 6 x 24 x 37, |s, x, hole| deformable(s, x, &Rays::new(s.backend(), hole), 3, 5));
parity!(deformable_sampling_of_few_positions, 6 x 5 x 3, |s, x, _hole| {
    let b = s.backend();
    let hole = halved_hole(b, &b.upsample(&b.clamp(&b.affine(&b.slice_channels(x, 0, 1), 9.0, 0.0), 0.0, 1.0)));
    deformable(s, x, &Rays::new(b, &hole), 1, 5)
});
parity!(fourier_convolution, 8 x 12 x 18, |s, x, _hole| {
    let b = s.backend();
    let parts = Parts { local: x.clone(), global: None };
    let parts = fourier(&s.at("first"), &parts, Conv::k(3).out(8).stride(2), 4, None);
    let parts = fourier(&s.at("second"), &parts, Conv::k(3).out(8).edge(Edge::Reflect), 4, None);
    b.concat(&[&parts.local, &parts.global.unwrap()], 1)
});
