//! The hinge losses of SN-PatchGAN (Yu et al., ICCV 2019, equations 4 and 5).

use tch::{Kind, Tensor};

/// What the discriminator minimises: true patches above 1, filled ones below -1.
pub fn discriminator_loss(real: &Tensor, fake: &Tensor) -> Tensor {
    let doubt = (real * -1.0 + 1.0).relu().mean(Kind::Float);
    let belief = (fake + 1.0).relu().mean(Kind::Float);
    (doubt + belief) * 0.5
}

/// What the generator minimises: filled patches judged high.
pub fn generator_loss(fake: &Tensor) -> Tensor {
    -fake.mean(Kind::Float)
}
