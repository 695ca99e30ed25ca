//! Values between pixels.

/// Weights of Catmull and Rom's cubic for four values in a row, `t` (0 to 1) of the way from the second to the third.
pub fn catmull_rom(t: f32) -> [f32; 4] {
    [
        t * (-0.5 + t * (1.0 - 0.5 * t)),
        1.0 + t * t * (1.5 * t - 2.5),
        t * (0.5 + t * (2.0 - 1.5 * t)),
        t * t * (0.5 * t - 0.5),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_themselves_come_back_exactly() {
        assert_eq!(catmull_rom(0.0), [0.0, 1.0, 0.0, 0.0]);
        assert_eq!(catmull_rom(1.0), [0.0, 0.0, 1.0, 0.0]);
    }

    proptest! {
        #[test]
        fn weights_add_up_and_follow_a_slope(t in 0f32..1.0) {
            let weights = catmull_rom(t);
            prop_assert!((weights.iter().sum::<f32>() - 1.0).abs() < 1e-6);
            let between: f32 = (-1i8..).zip(weights).map(|(at, weight)| f32::from(at) * weight).sum();
            prop_assert!((between - t).abs() < 1e-6);
        }
    }
}
