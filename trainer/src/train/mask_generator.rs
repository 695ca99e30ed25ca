//! The mask generator's part in a step: it chooses holes, and learns from how well they were filled.
//!
//! "Large yet predictable" (Cai et al. 2024) as two rules. Large is kept to, not learned: the hole is the part of the picture
//! that the generator rates highest, as much of it as was asked for. Predictable is a forecast's skill (Murphy, "Skill Scores
//! Based on the Mean Square Error and Their Relationships to the Correlation Coefficient", Monthly Weather Review 1988): the
//! error of the fill against the error of a reference that knows nothing, the smooth continuation of the surroundings.
//! Where the fill beats it by more than elsewhere in the hole, the generator rates the place higher the next time.

use crate::adam::Adam;
use crate::checkpoint::Checkpoint;
use crate::data::Wishes;
use crate::recipe::GeneratedMasks;
use crate::torch::{Shared, Torch};
use reweave_models::Scope;
use reweave_models::layers::prefill::prefill;
use tch::{Device, Kind, Tensor};

/// Where the checkpoint has its weights, and the state of its optimizer.
const PART: &str = "mask_generator";
const ADAM: &str = "adam.mask_generator";
/// An opinion lies between minus this and this, beside noise of variance 1: it weighs chance, and does not replace it.
const STRENGTH: f64 = 2.0;
/// Ratings that lie this far round the one at the hole's rim could be on the other side of it next time.
const SOFTNESS: f64 = 0.5;
/// An error that is none, of 2 from black to white: an empty sky, which anything fills, has no skill to show.
const FLOOR: f64 = 0.02;

/// A mask generator while it is trained.
pub struct MaskTraining {
    settings: GeneratedMasks,
    torch: Torch,
    adam: Adam,
}

/// Holes that it chose.
pub struct Choice {
    /// 1 = hole; those that it was not asked for are as they were `[N, 1, H, W]`.
    pub hole: Tensor,
    /// 1 where it chose hole.
    chosen: Tensor,
    /// How surely a place is hole, between 0 and 1; what gradients pass through in place of the yes or no of `chosen`.
    rating: Tensor,
}

impl MaskTraining {
    /// One that has learned nothing: its holes are chance.
    pub fn new(
        settings: GeneratedMasks,
        betas: (f64, f64),
        device: Device,
        compute: Kind,
        seed: u64,
    ) -> Self {
        let torch = Torch::new(device, compute, seed);
        torch.set_training(true);
        MaskTraining {
            settings,
            torch,
            adam: Adam::new(betas),
        }
    }

    /// Chooses the holes of `picture` `[N, 3, H, W]` that are asked for, from the wish number `from` on; the others stay as in
    /// `hole` `[N, 1, H, W]`.
    pub fn choose(&self, picture: &Tensor, hole: &Tensor, wishes: &Wishes, from: usize) -> Choice {
        let size = picture.size();
        let (n, height, width) = (size[0], size[2], size[3]);
        let (device, count) = (picture.device(), n as usize);
        let areas = Tensor::from_slice(&wishes.areas[from..][..count]);
        let areas = areas.reshape([n, 1, 1, 1]).to_device(device);
        let side = Wishes::side(height as usize);
        let noise = Tensor::from_slice(&wishes.noise[from * side * side..][..count * side * side]);
        let side = side as i64;
        let noise = noise.reshape([n, 1, side, side]).to_device(device);

        let scope = Scope::root(&self.torch);
        let plane = areas.expand([n, 1, height, width], false);
        let network = self.settings.network();
        let opinion = network.propose(&scope, &Shared(picture.shallow_clone()), &Shared(plane));
        let opinion = opinion.0.to_kind(Kind::Float);
        // A picture that is rated higher as a whole has the same hole. Without its mean, opinions cannot drift to a bound that
        // they would never come back from.
        let mean = opinion.mean_dim([2i64, 3].as_slice(), true, Kind::Float);
        let opinion = (opinion - mean).tanh() * STRENGTH;
        let [rows, columns] = [2, 3].map(|axis: usize| opinion.size()[axis]);
        let noise = noise.upsample_bilinear2d([rows, columns], false, None, None);
        let rating = (opinion + noise).upsample_bilinear2d([height, width], false, None, None);

        // The rating of the last pixel that belongs to the hole, of each picture.
        let sorted = rating.detach().flatten(1, -1).sort(1, true).0;
        let pixels = (height * width) as f64;
        let last = (&areas * pixels).round() - 1.0;
        let last = last.clamp(0.0, pixels - 1.0).to_kind(Kind::Int64);
        let rim = sorted.gather(1, &last.reshape([n, 1]), false);
        let rim = rim.reshape([n, 1, 1, 1]);

        let asked = areas.gt(0.0).to_kind(Kind::Float);
        let chosen = rating.detach().ge_tensor(&rim).to_kind(Kind::Float) * &asked;
        Choice {
            hole: &chosen + hole * (1.0 - &asked),
            chosen,
            rating: ((rating - rim) / SOFTNESS).sigmoid(),
        }
    }

    /// Adds the gradients of a choice from `filled`, what was made of it; what is left of the reference's error, 1 for a fill
    /// that is no better than that. `share` is the part of the step that this batch is.
    pub fn learn(&self, choice: &Choice, filled: &Tensor, picture: &Tensor, share: f64) -> Tensor {
        let Choice { chosen, .. } = choice;
        let (blame, left) = tch::no_grad(|| {
            let known = Shared(1.0 - &choice.hole);
            let picture = Shared(picture.shallow_clone());
            let reference = prefill(&self.torch, &picture, &known).0;
            blame(filled, &reference, &picture.0, chosen)
        });
        let loss = (&choice.rating * chosen * blame).sum(Kind::Float);
        let loss = loss / chosen.sum(Kind::Float).clamp_min(1.0);
        (loss * share).backward();
        left
    }

    /// Moves the weights along the gradients so far.
    pub fn step(&mut self, slowing: f64) {
        self.adam
            .step(&self.torch.trained(), self.settings.learning_rate * slowing);
    }

    /// Adds the state to a checkpoint.
    pub fn save(&self, checkpoint: &mut Checkpoint) {
        checkpoint.insert(PART, self.torch.weights());
        self.adam.save(ADAM, &mut checkpoint.state);
    }

    /// Takes the state back; what the checkpoint does not hold starts anew.
    pub fn restore(&mut self, checkpoint: &Checkpoint, device: Device) {
        self.torch.load(&checkpoint.part(PART));
        self.adam.load(ADAM, &checkpoint.state, device);
    }
}

/// How much worse than elsewhere in its hole each place is filled, as a share of the reference's mean error; it adds up to 0
/// in each hole. And what is left of the reference's error, the mean of all holes.
fn blame(
    filled: &Tensor,
    reference: &Tensor,
    picture: &Tensor,
    chosen: &Tensor,
) -> (Tensor, Tensor) {
    let error = |of: &Tensor| {
        let error = (of - picture).abs();
        error.mean_dim([1i64].as_slice(), true, Kind::Float) + FLOOR
    };
    let (error, reference) = (error(filled) * chosen, error(reference) * chosen);
    let total = |x: &Tensor| x.sum_dim_intlist([1i64, 2, 3].as_slice(), true, Kind::Float);
    let asked = total(chosen).gt(0.0).to_kind(Kind::Float);
    let left = total(&error) / total(&reference).clamp_min(FLOOR);
    let scale = total(chosen) / total(&reference).clamp_min(FLOOR);
    let mean = left.sum(Kind::Float) / asked.sum(Kind::Float).clamp_min(1.0);
    ((error - reference * left) * scale, mean)
}

#[cfg(test)]
mod tests {
    use super::*;
    use reweave_models::weights::{Array, Weights};

    const SIDE: i64 = 64;
    const PIXELS: (Kind, Device) = (Kind::Float, Device::Cpu);

    fn settings(area: (f32, f32)) -> GeneratedMasks {
        GeneratedMasks {
            share: 1.0,
            area,
            width: 4,
            learning_rate: 5e-3,
        }
    }

    fn training(settings: GeneratedMasks) -> MaskTraining {
        MaskTraining::new(settings, (0.5, 0.99), Device::Cpu, Kind::Float, 7)
    }

    /// Pictures whose left half is noise, and whose right half is stripes.
    fn pictures(count: i64) -> Tensor {
        let half = [count, 3, SIDE, SIDE / 2];
        let noise = Tensor::rand(half, PIXELS) * 2.0 - 1.0;
        let rows = Tensor::arange(SIDE, PIXELS).remainder(8.0).gt(3.0);
        let stripes = rows.to_kind(Kind::Float).reshape([1, 1, SIDE, 1]) * 2.0 - 1.0;
        Tensor::cat(&[noise, stripes.expand(half, false)], 3)
    }

    fn share(of: &Tensor) -> f64 {
        of.mean(Kind::Float).double_value(&[])
    }

    #[test]
    fn holes_are_as_large_as_was_asked_for_and_the_others_stay() {
        let settings = settings((0.2, 0.5));
        let generator = training(settings);
        let mut wishes = Wishes::draw(&settings, SIDE as usize, 6, 3, 0);
        wishes.areas[2] = 0.0;
        let drawn = Tensor::zeros([3, 1, SIDE, SIDE], PIXELS);
        let _ = drawn.get(0).narrow(1, 0, 8).fill_(1.0);
        // The second half of the batch.
        let choice = generator.choose(&pictures(3), &drawn, &wishes, 2);
        let drawn_again = choice.hole.get(0) - drawn.get(0);
        assert_eq!(drawn_again.abs().max().double_value(&[]), 0.0);
        for i in 1..3 {
            let (got, asked) = (
                share(&choice.hole.get(i)),
                f64::from(wishes.areas[2 + i as usize]),
            );
            assert!(
                (0.2..=0.5).contains(&got) && (got - asked).abs() < 2e-3,
                "{got} {asked}"
            );
        }
    }

    /// Its choice is between places: an opinion of the picture as a whole must not lead to the bound, where nothing is learned.
    #[test]
    fn what_is_said_of_all_places_alike_changes_nothing() {
        let settings = settings((0.2, 0.5));
        let wishes = Wishes::draw(&settings, SIDE as usize, 2, 3, 0);
        let (picture, none) = (pictures(2), Tensor::zeros([2, 1, SIDE, SIDE], PIXELS));
        let generator = training(settings);
        let rating = |training: &MaskTraining| training.choose(&picture, &none, &wishes, 0).rating;
        let before = rating(&generator);
        let bias = Array {
            shape: vec![1],
            values: vec![50.0],
        };
        generator.torch.load(&Weights {
            arrays: [("out.bias".to_owned(), bias)].into(),
        });
        let apart = (rating(&generator) - before).abs().max();
        assert!(apart.double_value(&[]) < 1e-5);
    }

    #[test]
    fn blame_adds_up_to_nothing_and_skill_to_the_share_that_is_left() {
        let picture = Tensor::zeros([2, 3, 4, 4], PIXELS);
        let hole = Tensor::zeros([2, 1, 4, 4], PIXELS);
        let _ = hole.get(0).narrow(1, 0, 2).fill_(1.0);
        let filled = &picture + 0.5;
        let _ = filled.narrow(3, 0, 2).fill_(0.1);
        let (blame, left) = blame(&filled, &(&picture + 0.6), &picture, &hole);
        assert!(blame.sum(Kind::Float).double_value(&[]).abs() < 1e-5);
        assert_eq!(blame.get(1).abs().max().double_value(&[]), 0.0);
        let expected = (0.3 + FLOOR) / (0.6 + FLOOR);
        assert!((left.double_value(&[]) - expected).abs() < 1e-6);
        assert!(blame.double_value(&[0, 0, 0, 0]) < 0.0 && blame.double_value(&[0, 0, 0, 3]) > 0.0);
    }

    /// A fill that makes out stripes, and that is no better than chance in noise.
    #[test]
    fn it_learns_to_choose_what_can_be_predicted() {
        let settings = settings((0.3, 0.3));
        let mut generator = training(settings);
        let (count, none) = (4, Tensor::zeros([4, 1, SIDE, SIDE], PIXELS));
        tch::manual_seed(1);
        let mut right = Vec::new();
        for step in 0..60 {
            let wishes = Wishes::draw(&settings, SIDE as usize, count, 5, step);
            let picture = pictures(count as i64);
            let choice = generator.choose(&picture, &none, &wishes, 0);
            right.push(
                share(&choice.hole.narrow(3, SIDE / 2, SIDE / 2)) / share(&choice.hole) / 2.0,
            );
            let filled = picture.copy();
            let _ = filled.narrow(3, 0, SIDE / 2).uniform_(-1.0, 1.0);
            let _ = generator.learn(&choice, &filled, &picture, 1.0);
            generator.step(1.0);
        }
        let mean = |shares: &[f64]| shares.iter().sum::<f64>() / shares.len() as f64;
        let (before, after) = (mean(&right[..4]), mean(&right[50..]));
        assert!((0.3..0.7).contains(&before), "{before}");
        assert!(after > 0.85, "{before} {after}");
    }
}
