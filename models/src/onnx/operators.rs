//! Each operation of the [`Backend`] in ONNX operators (set 17), chosen so that ONNX Runtime on CPU, CUDA and
//! DirectML and the built-in runtime all have them.

use super::NORM_EPSILON;
use super::graph::{Graph, Shape, Value, features, float, integer, integers, text};
use super::shapes::TO_THE_END;
use super::spectral::largest_singular_value;
use crate::backend::{Backend, Corners, Edge, Init, Size, Window};

/// Whether ONNX Runtime's WebGPU provider gets such a convolution wrong: one of a multiple of three channels that is no multiple
/// of four (<https://github.com/microsoft/onnxruntime/issues/29651>; version 0.4.0 of the provider did, on a card of software).
fn is_miscounted(channels: usize, out: usize, kernel: usize) -> bool {
    let by_threes = channels > 3 && channels.is_multiple_of(3) && !channels.is_multiple_of(4);
    by_threes && out.is_multiple_of(4) && kernel > 1
}

impl Graph {
    fn convolution(
        &self,
        op: &str,
        inputs: &[&Value],
        w: Window,
        groups: usize,
        channels: usize,
    ) -> Value {
        let settings = vec![
            integers("kernel_shape", &[w.kernel, w.kernel]),
            integers("strides", &[w.stride, w.stride]),
            integers("dilations", &[w.dilation, w.dilation]),
            integers("pads", &[w.before, w.before, w.after, w.after]),
            integer("group", groups as i64),
        ];
        self.node(op, inputs, settings, features(channels))
    }

    fn with_zeros(&self, x: &Value, pads: &[i64]) -> Value {
        self.node("Pad", &[x, &self.integers(pads)], vec![], x.shape.clone())
    }

    /// One channel more, of zeros.
    fn with_a_channel(&self, x: &Value) -> Value {
        let mut more = self.with_zeros(x, &[0, 0, 0, 0, 0, 1, 0, 0]);
        more.shape[1] = x.shape[1].map(|channels| channels + 1);
        more
    }

    /// Resize in one of its many ways.
    fn resized(&self, x: &Value, to: Size<Value>, settings: &[(&str, &str)]) -> Value {
        let settings = settings.iter().map(|(k, v)| text(k, v)).collect();
        let nothing = Value {
            name: "".into(),
            shape: vec![],
        };
        match to {
            Size::Times(factor) => {
                let name = format!("times_{factor:e}");
                let scales = self.floats(&name, &[4], &[1.0, 1.0, factor, factor]);
                self.node("Resize", &[x, &nothing, &scales], settings, x.shape.clone())
            }
            Size::Like(like) => {
                let sizes = self.list(&[&self.sizes(x, 0, 2), &self.sizes(like, 2, 4)]);
                let inputs = [x, &nothing, &nothing, &sizes];
                self.node("Resize", &inputs, settings, x.shape.clone())
            }
        }
    }
}

impl Backend for Graph {
    type Tensor = Value;

    fn parameter(&self, path: &str, shape: &[usize], init: Init) -> Value {
        let array = self.array(path, shape, init);
        self.stored(path, shape, &array.values)
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
        self.stored(path, shape, &weight)
    }

    fn batch_norm(&self, path: &str, x: &Value) -> Value {
        let channels = [self.channels(x)];
        let parameter = |name: &str, init| {
            let path = format!("{path}.{name}");
            let array = self.array(&path, &channels, init);
            self.floats(&path, &channels, &array.values)
        };
        let (scale, shift) = (
            parameter("weight", Init::One),
            parameter("bias", Init::Zero),
        );
        let (mean, variance) = (
            parameter("running_mean", Init::Zero),
            parameter("running_var", Init::One),
        );
        let settings = vec![float("epsilon", NORM_EPSILON)];
        self.node(
            "BatchNormalization",
            &[x, &scale, &shift, &mean, &variance],
            settings,
            x.shape.clone(),
        )
    }

    fn instance_norm(&self, x: &Value, scale: &Value, shift: &Value) -> Value {
        let settings = vec![float("epsilon", NORM_EPSILON)];
        let inputs = [x, scale, shift];
        self.node("InstanceNormalization", &inputs, settings, x.shape.clone())
    }

    fn layer_norm(&self, x: &Value, scale: &Value, shift: &Value) -> Value {
        // ONNX normalises the last axes, so the channels go there and back.
        let last = self.transpose(x, &[0, 2, 3, 1]);
        let settings = vec![integer("axis", -1), float("epsilon", NORM_EPSILON)];
        let inputs = [&last, scale, shift];
        let normal = self.node("LayerNormalization", &inputs, settings, last.shape.clone());
        self.transpose(&normal, &[0, 3, 1, 2])
    }

    fn rank(&self, x: &Value) -> usize {
        x.shape.len()
    }

    fn channels(&self, x: &Value) -> usize {
        x.shape[1].expect("features know their channels")
    }

    fn conv(
        &self,
        x: &Value,
        weight: &Value,
        bias: Option<&Value>,
        window: Window,
        groups: usize,
    ) -> Value {
        let channels = weight.shape[0].expect("a weight knows its shape");
        let is_miscounted = groups == 1 && is_miscounted(self.channels(x), channels, window.kernel);
        let padded = is_miscounted.then(|| [self.with_a_channel(x), self.with_a_channel(weight)]);
        let [x, weight] = padded
            .as_ref()
            .map_or([x, weight], |[x, weight]| [x, weight]);
        let mut inputs = vec![x, weight];
        inputs.extend(bias);
        self.convolution("Conv", &inputs, window, groups, channels)
    }

    fn conv_transposed(
        &self,
        x: &Value,
        weight: &Value,
        bias: Option<&Value>,
        window: Window,
        groups: usize,
    ) -> Value {
        let mut inputs = vec![x, weight];
        inputs.extend(bias);
        let channels = weight.shape[1].expect("a weight knows its shape") * groups;
        self.convolution("ConvTranspose", &inputs, window, groups, channels)
    }

    fn box_sum(&self, x: &Value, window: Window) -> Value {
        let (c, k) = (self.channels(x), window.kernel);
        let ones = self.floats(
            &format!("ones_{c}_{k}"),
            &[c, 1, k, k],
            &vec![1.0; c * k * k],
        );
        self.convolution("Conv", &[x, &ones], window, c, c)
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
            x.shape.clone(),
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
        let settings = vec![float("alpha", slope)];
        self.node("LeakyRelu", &[x], settings, x.shape.clone())
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
        let mut shape = parts[0].shape.clone();
        // Known where all parts know theirs.
        shape[axis] = parts.iter().map(|part| part.shape[axis]).sum();
        self.node("Concat", parts, vec![integer("axis", axis as i64)], shape)
    }

    fn slice_channels(&self, x: &Value, start: usize, count: usize) -> Value {
        let part = (1, start as i64, (start + count) as i64);
        self.slice(x, &[part], features(count))
    }

    fn sum_channels(&self, x: &Value) -> Value {
        let inputs = [x, &self.integers(&[1])];
        let settings = vec![integer("keepdims", 1)];
        self.node("ReduceSum", &inputs, settings, features(1))
    }

    fn upsample(&self, x: &Value) -> Value {
        let scales = self.floats("twice", &[4], &[1.0, 1.0, 2.0, 2.0]);
        let nothing = Value {
            name: "".into(),
            shape: vec![],
        };
        let settings = vec![
            text("mode", "nearest"),
            text("coordinate_transformation_mode", "asymmetric"),
            text("nearest_mode", "floor"),
        ];
        self.node("Resize", &[x, &nothing, &scales], settings, x.shape.clone())
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
        self.node("Slice", &inputs, vec![], x.shape.clone())
    }

    fn subsample_aligned(&self, x: &Value, step: usize) -> Value {
        let settings = [
            ("mode", "nearest"),
            ("coordinate_transformation_mode", "align_corners"),
            ("nearest_mode", "round_prefer_ceil"),
        ];
        self.resized(x, Size::Times(1.0 / step as f32), &settings)
    }

    fn resize(&self, x: &Value, to: Size<Value>, corners: Corners) -> Value {
        let grid = match corners {
            Corners::Edges => "half_pixel",
            Corners::Centres => "align_corners",
        };
        let settings = [("mode", "linear"), ("coordinate_transformation_mode", grid)];
        self.resized(x, to, &settings)
    }

    fn positions(&self, like: &Value) -> Value {
        // The middle of pixel i of n lies at (2 i + 1) / n - 1.
        let along = |axis: usize, shape: &[i64]| {
            let size = self.size(like, axis);
            let places = self.affine(&self.to_float(&self.range(&size)), 2.0, 1.0);
            let places = self.binary("Div", &places, &self.to_float(&size));
            let places = self.affine(&places, 1.0, -1.0);
            self.reshape(
                &places,
                &self.integers(shape),
                vec![Some(1), Some(1), None, None],
            )
        };
        let (x, y) = (along(3, &[1, 1, 1, -1]), along(2, &[1, 1, -1, 1]));
        let sides = self.list(&[&self.integers(&[1, 1]), &self.sizes(like, 2, 4)]);
        let spread = |v: &Value| {
            let shape = vec![Some(1), Some(1), None, None];
            self.node("Expand", &[v, &sides], vec![], shape)
        };
        self.concat(&[&spread(&x), &spread(&y)], 1)
    }

    fn grid_sample(&self, x: &Value, at: &Value) -> Value {
        let settings = vec![
            text("mode", "bilinear"),
            text("padding_mode", "zeros"),
            integer("align_corners", 0),
        ];
        let at = self.transpose(at, &[0, 2, 3, 1]);
        self.node("GridSample", &[x, &at], settings, x.shape.clone())
    }

    fn pad(&self, x: &Value, before: usize, after: usize, edge: Edge) -> Value {
        let (before, after) = (before as i64, after as i64);
        let pads = [0, 0, before, before, 0, 0, after, after];
        let mode = match edge {
            Edge::Zero => return self.with_zeros(x, &pads),
            Edge::Reflect => "reflect",
            Edge::Replicate => "edge",
        };
        let settings = vec![text("mode", mode)];
        self.node(
            "Pad",
            &[x, &self.integers(&pads)],
            settings,
            x.shape.clone(),
        )
    }

    fn crop_like(&self, x: &Value, like: &Value) -> Value {
        let ends = self.sizes(like, 2, 4);
        self.node(
            "Slice",
            &[x, &self.integers(&[0, 0]), &ends, &self.integers(&[2, 3])],
            vec![],
            x.shape.clone(),
        )
    }

    fn trim(&self, x: &Value, axis: usize, margin: usize) -> Value {
        let mut shape = x.shape.clone();
        shape[axis] = shape[axis].map(|size| size - 2 * margin);
        self.slice(x, &[(axis, margin as i64, -(margin as i64))], shape)
    }

    fn rows(&self, x: &Value, i: usize, count: usize, halo: usize) -> Value {
        let height = self.sizes(x, 2, 3);
        let bound = |i: usize| {
            let product = self.binary("Mul", &height, &self.integers(&[i as i64]));
            self.binary("Div", &product, &self.integers(&[count as i64]))
        };
        let twice = self.integers(&[2 * halo as i64]);
        let (start, end) = (bound(i), self.binary("Add", &bound(i + 1), &twice));
        let halo = halo as i64;
        let padded = self.with_zeros(x, &[0, 0, halo, 0, 0, 0, halo, 0]);
        let inputs = [&padded, &start, &end, &self.integers(&[2])];
        self.node("Slice", &inputs, vec![], x.shape.clone())
    }

    fn shift(&self, x: &Value, offsets: &[(usize, i64)]) -> Value {
        let rank = x.shape.len();
        let mut pads = vec![0i64; 2 * rank];
        let mut parts = Vec::new();
        for &(axis, offset) in offsets {
            match offset {
                0 => {}
                1.. => {
                    parts.push((axis, offset, TO_THE_END));
                    pads[rank + axis] = offset;
                }
                _ => {
                    parts.push((axis, 0, offset));
                    pads[axis] = -offset;
                }
            }
        }
        if parts.is_empty() {
            return x.clone();
        }
        let kept = self.slice(x, &parts, x.shape.clone());
        self.with_zeros(&kept, &pads)
    }

    fn depth_to_space(&self, x: &Value) -> Value {
        let settings = vec![integer("blocksize", 2), text("mode", "DCR")];
        let shape = features(self.channels(x) / 4);
        self.node("DepthToSpace", &[x], settings, shape)
    }

    fn rfft(&self, x: &Value, like: &Value) -> Value {
        self.forward_fourier(x, like)
    }

    fn irfft(&self, x: &Value, like: &Value) -> Value {
        self.inverse_fourier(x, like)
    }

    fn flatten(&self, x: &Value, axis: usize) -> Value {
        let rank = x.shape.len();
        // A size of 0 is taken over from the input.
        let mut front = vec![0; axis];
        front.push(-1);
        let front = self.integers(&front);
        let sizes = if axis + 2 == rank {
            front
        } else {
            self.list(&[&front, &self.sizes(x, axis + 2, rank)])
        };
        let mut shape = x.shape.clone();
        let inner = shape.remove(axis + 1);
        shape[axis] = shape[axis].zip(inner).map(|(a, b)| a * b);
        self.reshape(x, &sizes, shape)
    }

    fn unflatten(&self, x: &Value, axis: usize, like: &Value) -> Value {
        let rank = x.shape.len();
        let front = self.integers(&vec![0; axis]);
        let sides = self.sizes(like, 2, 4);
        let sizes = if axis + 1 == rank {
            self.list(&[&front, &sides])
        } else {
            self.list(&[&front, &sides, &self.sizes(x, axis + 1, rank)])
        };
        let mut shape = x.shape.clone();
        shape.splice(axis..=axis, [None, None]);
        self.reshape(x, &sizes, shape)
    }

    fn transpose(&self, x: &Value, order: &[usize]) -> Value {
        let shape: Shape = order.iter().map(|&axis| x.shape[axis]).collect();
        self.node("Transpose", &[x], vec![integers("perm", order)], shape)
    }

    fn matmul(&self, a: &Value, b: &Value) -> Value {
        let shape = vec![a.shape[0], a.shape[1], b.shape[2]];
        self.node("MatMul", &[a, b], vec![], shape)
    }

    fn softmax(&self, x: &Value) -> Value {
        let settings = vec![integer("axis", -1)];
        self.node("Softmax", &[x], settings, x.shape.clone())
    }
}
