//! The Fourier transform as products with matrices of cosines and sines.
//!
//! ONNX has DFT, but the built-in runtime has it only with a library more, and ONNX Runtime is slow at it: 192 channels of
//! 64x64, those of LaMa for a picture of 512x512, take 2.5 ms as products of matrices and 117 ms as DFT (two cores, the
//! best of 15). The matrices are made when the model runs, for the sizes that it then has.

use super::graph::{Graph, Value, features, integer};

/// Cosines and sines of `2 pi j k / n`, times `1 / sqrt(n)`.
struct Waves {
    cos: Value,
    sin: Value,
}

impl Graph {
    /// See [`crate::Backend::rfft`].
    pub(super) fn forward_fourier(&self, x: &Value, like: &Value) -> Value {
        let channels = x.shape[1];
        // Along the rows, from real numbers: real and imaginary parts beside each other.
        let rows = self.once(format!("rows of fourier({})", like.name), || {
            let Waves { cos, sin } = self.waves(like, 3, true);
            self.beside(&cos, &self.unary("Neg", &sin))
        });
        let along = self.product(x, &rows);
        let (real, imaginary) = self.columns(&along, like, false);
        self.parts(&real, &imaginary, channels.map(|c| 2 * c))
    }

    /// See [`crate::Backend::irfft`].
    pub(super) fn inverse_fourier(&self, x: &Value, like: &Value) -> Value {
        let channels = x.shape[1].map_or(0, |c| c / 2);
        let part = |i: usize| {
            let (start, end) = (i * channels, (i + 1) * channels);
            self.slice(x, &[(1, start as i64, end as i64)], features(channels))
        };
        let (real, imaginary) = self.columns(&self.beside(&part(0), &part(1)), like, true);
        // Along the rows, to real numbers: the half that is not there is the mirror image of the one that is.
        let rows = self.once(format!("rows of inverse fourier({})", like.name), || {
            let Waves { cos, sin } = self.waves(like, 3, true);
            let counted = self.mirrored(like);
            let counted = |waves: &Value| self.transposed(&self.binary("Mul", waves, &counted));
            self.node(
                "Concat",
                &[&counted(&cos), &self.unary("Neg", &counted(&sin))],
                vec![integer("axis", 0)],
                vec![None, None],
            )
        });
        self.product(&self.beside(&real, &imaginary), &rows)
    }

    /// The complex transform along the columns of real and imaginary parts that lie beside each other.
    fn columns(&self, x: &Value, like: &Value, inverse: bool) -> (Value, Value) {
        let waves = |name: &str| {
            self.once(
                format!("{name} of columns of fourier({})", like.name),
                || {
                    let Waves { cos, sin } = self.waves(like, 2, false);
                    if name == "cos" { cos } else { sin }
                },
            )
        };
        let (cos, sin) = (
            self.product(&waves("cos"), x),
            self.product(&waves("sin"), x),
        );
        let half = |x: &Value, i: usize| {
            let width = self.once(format!("half width of fourier({})", like.name), || {
                self.reshape(&self.half(like), &self.integers(&[1]), vec![Some(1)])
            });
            let twice = self.binary("Mul", &width, &self.integers(&[2]));
            let axis = self.integers(&[3]);
            let inputs = match i {
                0 => [x, &self.integers(&[0]), &width, &axis],
                _ => [x, &width, &twice, &axis],
            };
            self.node("Slice", &inputs, vec![], x.shape.clone())
        };
        let (real, imaginary) = (half(&cos, 0), half(&cos, 1));
        let (real_sin, imaginary_sin) = (half(&sin, 0), half(&sin, 1));
        if inverse {
            (
                self.binary("Sub", &real, &imaginary_sin),
                self.binary("Add", &imaginary, &real_sin),
            )
        } else {
            (
                self.binary("Add", &real, &imaginary_sin),
                self.binary("Sub", &imaginary, &real_sin),
            )
        }
    }

    /// The waves for an axis of `like`: all of them, or the half that real numbers need.
    fn waves(&self, like: &Value, axis: usize, half: bool) -> Waves {
        let size = self.size(like, axis);
        let count = if half { self.half(like) } else { size.clone() };
        let rows = self.unsqueeze(&self.range(&size), 1);
        let columns = self.unsqueeze(&self.range(&count), 0);
        // Whole turns are taken out while the numbers are whole, so that angles stay small and exact.
        let turns = self.binary("Mod", &self.binary("Mul", &rows, &columns), &size);
        let size = self.to_float(&size);
        let turns = self.binary("Div", &self.to_float(&turns), &size);
        let angle = self.binary("Mul", &turns, &self.number(std::f32::consts::TAU));
        let length = self.unary("Sqrt", &size);
        let waves = |op| self.binary("Div", &self.unary(op, &angle), &length);
        Waves {
            cos: waves("Cos"),
            sin: waves("Sin"),
        }
    }

    /// How many frequencies a row of real numbers has: `W / 2 + 1`.
    fn half(&self, like: &Value) -> Value {
        let halved = self.binary("Div", &self.size(like, 3), &self.integer(2));
        self.binary("Add", &halved, &self.integer(1))
    }

    /// How often each frequency of a row counts: twice, but for those that are their own mirror image.
    fn mirrored(&self, like: &Value) -> Value {
        let frequency = self.range(&self.half(like));
        let is = |a: &Value, b: &Value| self.to_float(&self.binary("Equal", a, b));
        let first = is(&frequency, &self.integer(0));
        let twice = self.binary("Mul", &frequency, &self.integer(2));
        let middle = is(&twice, &self.size(like, 3));
        let others = self.binary("Sub", &self.number(2.0), &first);
        self.binary("Sub", &others, &middle)
    }

    fn beside(&self, a: &Value, b: &Value) -> Value {
        let axis = integer("axis", -1);
        self.node("Concat", &[a, b], vec![axis], a.shape.clone())
    }

    fn parts(&self, real: &Value, imaginary: &Value, channels: Option<usize>) -> Value {
        let shape = vec![None, channels, None, None];
        self.node(
            "Concat",
            &[real, imaginary],
            vec![integer("axis", 1)],
            shape,
        )
    }

    /// A product in which one side is a matrix, and the other one for each channel.
    fn product(&self, a: &Value, b: &Value) -> Value {
        let channels = if a.shape.len() == 4 { a } else { b }.shape.clone();
        self.node("MatMul", &[a, b], vec![], channels)
    }

    fn transposed(&self, x: &Value) -> Value {
        self.node("Transpose", &[x], vec![], vec![None, None])
    }
}
