//! Gradients that are too long.

use super::objective::Diverged;
use tch::{Kind, Tensor};

/// Makes all gradients together at most `longest` long (Pascanu et al. 2013, algorithm 1).
///
/// # Errors
/// Their length is no number.
pub fn clip_gradients(parameters: &[(String, Tensor)], longest: f64) -> Result<(), Diverged> {
    tch::no_grad(|| {
        let gradients: Vec<Tensor> = parameters
            .iter()
            .map(|(_, parameter)| parameter.grad())
            .filter(Tensor::defined)
            .collect();
        let square: f64 = gradients
            .iter()
            .map(|gradient| gradient.square().sum(Kind::Float).double_value(&[]))
            .sum();
        if !square.is_finite() {
            return Err(Diverged("length of the gradients".into()));
        }
        let scale = longest / (square.sqrt() + 1e-6);
        if scale < 1.0 {
            for mut gradient in gradients {
                let _ = gradient.g_mul_scalar_(scale);
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gradients_are_shortened_together_and_only_when_too_long() {
        let parameter = |value: f32| Tensor::from(value).set_requires_grad(true);
        let (a, b) = (parameter(1.0), parameter(1.0));
        (&a * 3.0 + &b * 4.0).backward();
        let parameters = [("a".to_owned(), a), ("b".to_owned(), b)];
        let gradients = || [0, 1].map(|i: usize| parameters[i].1.grad().double_value(&[]));
        clip_gradients(&parameters, 6.0).unwrap();
        assert_eq!(gradients(), [3.0, 4.0]);
        clip_gradients(&parameters, 2.5).unwrap();
        let [a, b] = gradients();
        assert!((a - 1.5).abs() < 1e-5 && (b - 2.0).abs() < 1e-5, "{a} {b}");
    }
}
