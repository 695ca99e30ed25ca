//! The networks, narrow.

use crate::parity;
use reweave_models::nets::dds::{Dds, Sampling};
use reweave_models::nets::deepfill::DeepFill;
use reweave_models::nets::gated_unet::GatedUnet;
use reweave_models::nets::lama::Lama;
use reweave_models::nets::mask_generator::MaskGenerator;
use reweave_models::nets::partial_unet::PartialUnet;
use reweave_models::nets::patchgan::PatchGan;
use reweave_models::nets::{Input, Network, Stage};
use reweave_models::{Backend, Scope};

/// The picture of the stage of that name.
fn stage<T>(name: &str, stages: Vec<Stage<T>>) -> T {
    let found = stages.into_iter().find(|stage| stage.name == name);
    found.expect("the network has the stage").picture
}

/// The last stage's picture.
fn answer<T>(mut stages: Vec<Stage<T>>) -> T {
    stages.pop().expect("a network has a stage").picture
}

/// Some sketch, of numbers that a picture has.
fn lines<B: Backend>(s: &Scope<B>, picture: &B::Tensor) -> B::Tensor {
    let b = s.backend();
    b.sigmoid(&b.slice_channels(picture, 1, 1))
}

parity!(deepfill_as_published, 3 x 72 x 120, |s, x, hole| {
    answer(DeepFill { width: 16, ..DeepFill::published() }.fill(s, Input::new(x, hole)))
});
parity!(deepfill_coarse_stage, 3 x 64 x 40, |s, x, hole| {
    stage("coarse", DeepFill { residual: false, ..DeepFill::prefilled(8) }.fill(s, Input::new(x, hole)))
});
parity!(deepfill_residual, 3 x 64 x 104, |s, x, hole| {
    answer(DeepFill { attention: true, ..DeepFill::prefilled(16) }.fill(s, Input::new(x, hole)))
});
parity!(dds_plain, 3 x 64 x 96, |s, x, hole| {
    let net = Dds { widths: [8, 8, 12, 16], blocks: 1, full: 4, sampling: Sampling::Plain, kernels: 1 };
    answer(net.fill(s, Input::new(x, hole)))
});
parity!(dds_deformable, 3 x 64 x 96, |s, x, hole| {
    let net = Dds { widths: [8, 8, 12, 16], blocks: 1, full: 4, sampling: Sampling::Deformable, kernels: 2 };
    answer(net.fill(s, Input::new(x, hole)))
});
parity!(gated_unet, 3 x 64 x 96, |s, x, hole| {
    let net = GatedUnet { widths: [8, 8, 12, 16, 16], encoder: [1, 1, 1, 1, 2], decoder: [1, 1, 1, 1], full: 4, guided: false };
    answer(net.fill(s, Input::new(x, hole)))
});
parity!(gated_unet_guided, 3 x 64 x 96, |s, x, hole| {
    let guide = lines(s, x);
    let net = GatedUnet { widths: [8; 5], encoder: [0, 0, 0, 0, 1], decoder: [0; 4], full: 4, guided: true };
    answer(net.fill(s, Input { guide: Some(&guide), ..Input::new(x, hole) }))
});
parity!(deepfill_guided, 3 x 64 x 40, |s, x, hole| {
    let guide = lines(s, x);
    let input = Input { guide: Some(&guide), ..Input::new(x, hole) };
    answer(DeepFill { guided: true, ..DeepFill::prefilled(8) }.fill(s, input))
});
parity!(partial_unet_as_published, 3 x 75 x 130, |s, x, hole| {
    answer(PartialUnet { width: 8, ..PartialUnet::published() }.fill(s, Input::new(x, hole)))
});
parity!(partial_unet_residual, 3 x 64 x 97, |s, x, hole| {
    answer(PartialUnet { width: 8, residual: true }.fill(s, Input::new(x, hole)))
});
parity!(lama, 3 x 48 x 64, |s, x, hole| answer(Lama { width: 8, blocks: 2 }.fill(s, Input::new(x, hole))));
parity!(mask_generator, 3 x 40 x 61, |s, x, hole| MaskGenerator { width: 4 }.propose(s, x, hole));
parity!(patchgan, 3 x 96 x 131, |s, x, hole| PatchGan { width: 16, ..PatchGan::published() }.discriminate(s, x, hole));

/// A trained width, once: what `published` means at full size.
#[test]
#[ignore = "a minute of computing; run by `cargo xtask test parity`"]
fn deepfill_at_full_width() {
    struct Full;
    impl crate::Part for Full {
        fn build<B: Backend>(
            &self,
            s: &Scope<B>,
            picture: &B::Tensor,
            hole: &B::Tensor,
        ) -> B::Tensor {
            answer(DeepFill::published().fill(s, Input::new(picture, hole)))
        }
    }
    crate::same_everywhere(Full, 3, 256, 192);
}
