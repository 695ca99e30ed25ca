//! Each operation of the [`Backend`] in ONNX operators (set 17), chosen so that ONNX Runtime on CPU, CUDA and
//! DirectML and the built-in runtime all have them.

use super::BATCH_NORM_EPSILON;
use super::graph::{Graph, Value, float, integer, integers, text};
use crate::backend::{Backend, Init, Window};

/// The end of an axis, for Slice.
const TO_THE_END: i64 = i64::MAX;

/// In how many bands attention is computed: at 1024x1024 each holds an eighth of 1 GiB.
const BANDS: usize = 8;

impl Graph {
    /// `x[start..end]` along axes, by constants; a step of 1.
    fn slice(&self, x: &Value, parts: &[(usize, i64, i64)], channels: usize) -> Value {
        let column = |f: fn(&(usize, i64, i64)) -> i64| {
            self.integers(&parts.iter().map(f).collect::<Vec<_>>())
        };
        let (starts, ends, axes) = (column(|p| p.1), column(|p| p.2), column(|p| p.0 as i64));
        self.node("Slice", &[x, &starts, &ends, &axes], vec![], channels)
    }

    /// Sizes `start..end` of a value's shape, as a list of whole numbers.
    fn sizes(&self, x: &Value, start: i64, end: i64) -> Value {
        let shape = self.node("Shape", &[x], vec![], 0);
        self.node(
            "Slice",
            &[&shape, &self.integers(&[start]), &self.integers(&[end])],
            vec![],
            0,
        )
    }

    fn list(&self, parts: &[&Value]) -> Value {
        self.node("Concat", parts, vec![integer("axis", 0)], 0)
    }

    fn reshape(&self, x: &Value, shape: &Value, channels: usize) -> Value {
        self.node("Reshape", &[x, shape], vec![], channels)
    }

    fn pad(&self, x: &Value, pads: &[i64], channels: usize) -> Value {
        self.node("Pad", &[x, &self.integers(pads)], vec![], channels)
    }

    fn convolution(&self, inputs: &[&Value], w: Window, groups: usize, channels: usize) -> Value {
        let settings = vec![
            integers("kernel_shape", &[w.kernel, w.kernel]),
            integers("strides", &[w.stride, w.stride]),
            integers("dilations", &[w.dilation, w.dilation]),
            integers("pads", &[w.before, w.before, w.after, w.after]),
            integer("group", groups as i64),
        ];
        self.node("Conv", inputs, settings, channels)
    }

    fn unary(&self, op: &str, x: &Value) -> Value {
        self.node(op, &[x], vec![], x.channels)
    }

    fn binary(&self, op: &str, a: &Value, b: &Value) -> Value {
        self.node(op, &[a, b], vec![], a.channels.max(b.channels))
    }
}

impl Backend for Graph {
    type Tensor = Value;

    fn parameter(&self, path: &str, shape: &[usize], init: Init) -> Value {
        let array = self.array(path, shape, init);
        // A convolution makes as many channels as its weight has outermost.
        Value {
            channels: shape[0],
            ..self.stored(path, shape, &array.values)
        }
    }

    fn spectral_parameter(&self, path: &str, shape: &[usize], init: Init) -> Value {
        let mut weight = self.array(path, shape, init).values;
        let u = self
            .array(
                &format!("{path}.u"),
                &shape[..1],
                Init::Normal { gain: 1.0 },
            )
            .values;
        let largest = largest_singular_value(&weight, &u);
        weight
            .iter_mut()
            .for_each(|w| *w = (f64::from(*w) / largest) as f32);
        Value {
            channels: shape[0],
            ..self.stored(path, shape, &weight)
        }
    }

    fn batch_norm(&self, path: &str, x: &Value) -> Value {
        let parameter = |name: &str, init| {
            let path = format!("{path}.{name}");
            let array = self.array(&path, &[x.channels], init);
            self.floats(&path, &[x.channels], &array.values)
        };
        let (scale, shift) = (
            parameter("weight", Init::One),
            parameter("bias", Init::Zero),
        );
        let (mean, variance) = (
            parameter("running_mean", Init::Zero),
            parameter("running_var", Init::One),
        );
        let settings = vec![float("epsilon", BATCH_NORM_EPSILON)];
        self.node(
            "BatchNormalization",
            &[x, &scale, &shift, &mean, &variance],
            settings,
            x.channels,
        )
    }

    fn channels(&self, x: &Value) -> usize {
        x.channels
    }

    fn conv(&self, x: &Value, weight: &Value, bias: Option<&Value>, window: Window) -> Value {
        let mut inputs = vec![x, weight];
        inputs.extend(bias);
        self.convolution(&inputs, window, 1, weight.channels)
    }

    fn box_sum(&self, x: &Value, window: Window) -> Value {
        let (c, k) = (x.channels, window.kernel);
        let ones = self.floats(
            &format!("ones_{c}_{k}"),
            &[c, 1, k, k],
            &vec![1.0; c * k * k],
        );
        self.convolution(&[x, &ones], window, c, c)
    }

    fn add(&self, a: &Value, b: &Value) -> Value {
        self.binary("Add", a, b)
    }

    fn sub(&self, a: &Value, b: &Value) -> Value {
        self.binary("Sub", a, b)
    }

    fn mul(&self, a: &Value, b: &Value) -> Value {
        self.binary("Mul", a, b)
    }

    fn div(&self, a: &Value, b: &Value) -> Value {
        self.binary("Div", a, b)
    }

    fn affine(&self, x: &Value, factor: f32, offset: f32) -> Value {
        let scaled = if factor == 1.0 {
            x.clone()
        } else {
            self.binary("Mul", x, &self.number(factor))
        };
        if offset == 0.0 {
            scaled
        } else {
            self.binary("Add", &scaled, &self.number(offset))
        }
    }

    fn clamp(&self, x: &Value, low: f32, high: f32) -> Value {
        self.node(
            "Clip",
            &[x, &self.number(low), &self.number(high)],
            vec![],
            x.channels,
        )
    }

    fn sqrt(&self, x: &Value) -> Value {
        self.unary("Sqrt", x)
    }

    fn elu(&self, x: &Value) -> Value {
        self.unary("Elu", x)
    }

    fn relu(&self, x: &Value) -> Value {
        self.unary("Relu", x)
    }

    fn leaky_relu(&self, x: &Value, slope: f32) -> Value {
        self.node("LeakyRelu", &[x], vec![float("alpha", slope)], x.channels)
    }

    fn sigmoid(&self, x: &Value) -> Value {
        self.unary("Sigmoid", x)
    }

    fn tanh(&self, x: &Value) -> Value {
        self.unary("Tanh", x)
    }

    fn concat(&self, parts: &[&Value], axis: usize) -> Value {
        if let [only] = parts {
            return (*only).clone();
        }
        let channels = if axis == 1 {
            parts.iter().map(|p| p.channels).sum()
        } else {
            parts[0].channels
        };
        self.node(
            "Concat",
            parts,
            vec![integer("axis", axis as i64)],
            channels,
        )
    }

    fn slice_channels(&self, x: &Value, start: usize, count: usize) -> Value {
        self.slice(x, &[(1, start as i64, (start + count) as i64)], count)
    }

    fn sum_channels(&self, x: &Value) -> Value {
        self.node(
            "ReduceSum",
            &[x, &self.integers(&[1])],
            vec![integer("keepdims", 1)],
            1,
        )
    }

    fn upsample(&self, x: &Value) -> Value {
        let scales = self.floats("twice", &[4], &[1.0, 1.0, 2.0, 2.0]);
        let nothing = Value {
            name: "".into(),
            channels: 0,
        };
        let settings = vec![
            text("mode", "nearest"),
            text("coordinate_transformation_mode", "asymmetric"),
            text("nearest_mode", "floor"),
        ];
        self.node("Resize", &[x, &nothing, &scales], settings, x.channels)
    }

    fn subsample(&self, x: &Value, step: usize) -> Value {
        let pair = |v: i64| self.integers(&[v, v]);
        let inputs = [
            x,
            &pair(0),
            &pair(TO_THE_END),
            &self.integers(&[2, 3]),
            &pair(step as i64),
        ];
        self.node("Slice", &inputs, vec![], x.channels)
    }

    fn crop_like(&self, x: &Value, like: &Value) -> Value {
        let ends = self.sizes(like, 2, 4);
        self.node(
            "Slice",
            &[x, &self.integers(&[0, 0]), &ends, &self.integers(&[2, 3])],
            vec![],
            x.channels,
        )
    }

    fn shift(&self, x: &Value, offsets: &[(usize, i64)]) -> Value {
        let moved: Vec<(usize, i64)> = offsets
            .iter()
            .copied()
            .filter(|&(_, offset)| offset != 0)
            .collect();
        let Some(last) = offsets.iter().map(|&(axis, _)| axis).max() else {
            return x.clone();
        };
        if moved.is_empty() {
            return x.clone();
        }
        // Pictures have 4 axes; the pairs of attention have 5, and are shifted along their last or last but one.
        let axes = if offsets.len() == 2 && offsets[1].0 == offsets[0].0 + 2 {
            5
        } else {
            last.max(3) + 1
        };
        let mut pads = vec![0i64; 2 * axes];
        let mut parts = Vec::new();
        for &(axis, offset) in &moved {
            if offset > 0 {
                parts.push((axis, offset, TO_THE_END));
                pads[axes + axis] = offset;
            } else {
                parts.push((axis, 0, offset));
                pads[axis] = -offset;
            }
        }
        let kept = self.slice(x, &parts, x.channels);
        self.pad(&kept, &pads, x.channels)
    }

    fn depth_to_space(&self, x: &Value) -> Value {
        let settings = vec![integer("blocksize", 2), text("mode", "DCR")];
        self.node("DepthToSpace", &[x], settings, x.channels / 4)
    }

    fn bands(&self) -> usize {
        BANDS
    }

    fn band_of_rows(&self, x: &Value, i: usize) -> Value {
        let rows = self.sizes(x, 2, 3);
        let bound = |i: usize| {
            let product = self.binary("Mul", &rows, &self.integers(&[i as i64]));
            self.binary("Div", &product, &self.integers(&[BANDS as i64]))
        };
        let (start, end) = (
            bound(i),
            self.binary("Add", &bound(i + 1), &self.integers(&[2])),
        );
        let padded = self.pad(x, &[0, 0, 1, 0, 0, 0, 1, 0], x.channels);
        self.node(
            "Slice",
            &[&padded, &start, &end, &self.integers(&[2])],
            vec![],
            x.channels,
        )
    }

    fn flatten(&self, x: &Value) -> Value {
        self.reshape(x, &self.integers(&[0, 0, -1]), x.channels)
    }

    fn unflatten(&self, x: &Value, channels: usize, like: &Value) -> Value {
        let shape = self.list(&[
            &self.integers(&[-1, channels as i64]),
            &self.sizes(like, 2, 4),
        ]);
        self.reshape(x, &shape, channels)
    }

    fn transpose(&self, x: &Value) -> Value {
        self.node(
            "Transpose",
            &[x],
            vec![integers("perm", &[0, 2, 1])],
            x.channels,
        )
    }

    fn matmul(&self, a: &Value, b: &Value) -> Value {
        self.node("MatMul", &[a, b], vec![], 0)
    }

    fn softmax(&self, x: &Value) -> Value {
        self.node("Softmax", &[x], vec![integer("axis", -1)], x.channels)
    }

    fn as_pairs(&self, x: &Value, rows: &Value, columns: &Value) -> Value {
        let shape = self.list(&[
            &self.integers(&[-1]),
            &self.sizes(rows, 2, 4),
            &self.sizes(columns, 2, 4),
        ]);
        self.reshape(x, &shape, 0)
    }

    fn inner_pairs(&self, x: &Value, columns: &Value) -> Value {
        let inner = self.slice(x, &[(1, 1, -1)], 0);
        let count = self.node(
            "ReduceProd",
            &[&self.sizes(columns, 2, 4)],
            vec![integer("keepdims", 1)],
            0,
        );
        let batch = self.sizes(columns, 0, 1);
        let shape = self.list(&[&batch, &self.integers(&[-1]), &count]);
        self.reshape(&inner, &shape, 0)
    }
}

/// The largest singular value of `weight`, seen as a matrix with as many rows as `u` has numbers, from one power
/// iteration that starts at `u` (Miyato et al. 2018, algorithm 1).
fn largest_singular_value(weight: &[f32], u: &[f32]) -> f64 {
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
