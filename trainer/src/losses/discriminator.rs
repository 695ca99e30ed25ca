//! Discriminators: what tells filled patches from true ones.

use crate::recipe::Discriminator;
use crate::torch::{Shared, Torch};
use reweave_models::Scope;
use reweave_models::layers::conv::{Conv, conv, spectral_conv};
use tch::{Kind, Tensor};

/// Logits of patches: above 1 for surely true, below -1 for surely filled.
pub struct Verdict {
    /// One number a patch and channel.
    pub logits: Tensor,
    /// 1 where a patch holds any of the hole `[N, 1, h, w]`; `None` where every patch sees the whole hole.
    hole: Option<Tensor>,
}

impl Verdict {
    /// The mean of `values`, which are shaped like the logits, over the patches that hold any of the hole.
    pub fn mean_over_hole(&self, values: &Tensor) -> Tensor {
        match &self.hole {
            None => values.mean(Kind::Float),
            Some(hole) => (values * hole).sum(Kind::Float) / hole.sum(Kind::Float).clamp_min(1.0),
        }
    }
}

/// Judges `picture` `[N, 3, H, W]`, given where its `hole` `[N, 1, H, W]` is. `features` are those of AlexNet for the same
/// picture, which only [`Discriminator::Features`] looks at.
pub fn discriminate(
    discriminator: Discriminator,
    torch: &Torch,
    picture: &Tensor,
    hole: &Tensor,
    features: &[Tensor],
) -> Vec<Verdict> {
    let scope = Scope::root(torch);
    match discriminator {
        Discriminator::Patch(net) => {
            let (picture, hole) = (picture.shallow_clone(), hole.shallow_clone());
            let logits = net.discriminate(&scope, &Shared(picture), &Shared(hole)).0;
            vec![Verdict {
                logits: logits.to_kind(Kind::Float),
                hole: None,
            }]
        }
        Discriminator::Features { width } => features
            .iter()
            .take(FEATURES)
            .enumerate()
            .map(|(i, feature)| of_feature(&scope.at(format!("feature{i}")), feature, hole, width))
            .collect(),
    }
}

/// How many of AlexNet's five features are judged, from the first.
const FEATURES: usize = 4;

/// Three convolutions over one of a frozen classifier's features, the hole as one more channel (in the manner of Sauer
/// et al., "Projected GANs Converge Faster", NeurIPS 2021): the classifier has learned already what pictures look like.
fn of_feature(s: &Scope<Torch>, feature: &Tensor, hole: &Tensor, width: usize) -> Verdict {
    let size = feature.size();
    let (hole, _) = hole.adaptive_max_pool2d([size[2], size[3]]);
    // Features grow along the trunk; one scale for all of them.
    let scale = feature
        .square()
        .mean_dim([1i64, 2, 3].as_slice(), true, Kind::Float)
        .sqrt()
        + 1e-3;
    let x = Shared(Tensor::cat(&[&(feature / scale), &hole], 1));
    let b = s.backend();
    let leaky = |x| reweave_models::Backend::leaky_relu(b, &x, 0.2);
    let x = leaky(spectral_conv(&s.at("conv1"), &x, Conv::k(1).out(width)));
    let x = leaky(spectral_conv(&s.at("conv2"), &x, Conv::k(3).out(width)));
    let logits = conv(&s.at("conv3"), &x, Conv::k(1).out(1)).0;
    Verdict {
        logits: logits.to_kind(Kind::Float),
        hole: Some(hole),
    }
}
