//! Spectral normalisation of weights that no longer change.

/// The largest singular value of `weight`, seen as a matrix with as many rows as `u` has numbers, from one power
/// iteration that starts at `u` (Miyato et al. 2018, algorithm 1).
pub(super) fn largest_singular_value(weight: &[f32], u: &[f32]) -> f64 {
    let columns = weight.len() / u.len();
    let row = |i: usize| &weight[i * columns..(i + 1) * columns];
    let mut v = vec![0f64; columns];
    for (i, &u) in u.iter().enumerate() {
        v.iter_mut()
            .zip(row(i))
            .for_each(|(v, &w)| *v += f64::from(u) * f64::from(w));
    }
    let length = v.iter().map(|x| x * x).sum::<f64>().sqrt().max(1e-12);
    let product: Vec<f64> = (0..u.len())
        .map(|i| {
            row(i)
                .iter()
                .zip(&v)
                .map(|(&w, v)| f64::from(w) * v / length)
                .sum()
        })
        .collect();
    // The next u is the product's direction, so u * (W v) is the product's length.
    product.iter().map(|x| x * x).sum::<f64>().sqrt()
}
