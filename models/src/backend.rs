//! The small set of tensor operations that a network may use.
//!
//! A network is a Rust function generic over [`Backend`]. Interpreted by the trainer's torch backend it computes, with
//! gradients; interpreted by [`crate::onnx::Graph`] it records an ONNX graph. No second copy of a layer can drift.
//!
//! Pictures and features are `[N, C, H, W]`. The channel count is always known; N, H and W may not be (an exported
//! graph takes any), so no operation here asks for them as numbers.

/// How a parameter starts before training.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Init {
    /// All zero: biases, and last convolutions that predict a correction.
    Zero,
    /// All one: the scale of a normalisation.
    One,
    /// Normal with standard deviation `gain / sqrt(fan_in)`, where fan_in is the product of all dimensions but the first.
    Normal {
        /// 1 keeps the variance through a linear layer, `sqrt(2)` through a ReLU, about 2 through a gated layer.
        gain: f32,
    },
}

/// Where a kernel looks: size, step, spread, and the zeros round the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Height and width of the kernel.
    pub kernel: usize,
    /// Step between two outputs.
    pub stride: usize,
    /// Distance between two taps.
    pub dilation: usize,
    /// Zeros before the first row and column.
    pub before: usize,
    /// Zeros after the last row and column.
    pub after: usize,
}

impl Window {
    /// An odd kernel centred on its pixel; the output has `ceil(size / stride)` rows and columns.
    pub fn centred(kernel: usize, stride: usize, dilation: usize) -> Self {
        let pad = dilation * (kernel - 1) / 2;
        Window {
            kernel,
            stride,
            dilation,
            before: pad,
            after: pad,
        }
    }
}

/// Tensor operations, named as in their papers and in ONNX.
pub trait Backend {
    /// A value in the computation; cheap to clone.
    type Tensor: Clone;

    // ---- Parameters: named by path, made on first use.

    /// The parameter `path` of the given shape; `init` says how it starts where no trained value exists.
    fn parameter(&self, path: &str, shape: &[usize], init: Init) -> Self::Tensor;
    /// The parameter `path` divided by its largest singular value (spectral normalisation, Miyato et al. 2018,
    /// algorithm 1): one power iteration a training step, its vector kept as `path.u`.
    fn spectral_parameter(&self, path: &str, shape: &[usize], init: Init) -> Self::Tensor;
    /// Batch normalisation with learned scale and shift under `path`; while training it uses and updates batch statistics.
    fn batch_norm(&self, path: &str, x: &Self::Tensor) -> Self::Tensor;

    // ---- Convolution.

    /// Channels of a `[N, C, H, W]` tensor.
    fn channels(&self, x: &Self::Tensor) -> usize;
    /// Cross-correlation of `x` with `weight` `[out, in, k, k]`, plus `bias` `[out]`.
    fn conv(
        &self,
        x: &Self::Tensor,
        weight: &Self::Tensor,
        bias: Option<&Self::Tensor>,
        window: Window,
    ) -> Self::Tensor;
    /// The sum of each channel over the window, with zeros outside the picture.
    fn box_sum(&self, x: &Self::Tensor, window: Window) -> Self::Tensor;

    // ---- Element by element; the binary ones broadcast.

    /// `a + b`
    fn add(&self, a: &Self::Tensor, b: &Self::Tensor) -> Self::Tensor;
    /// `a - b`
    fn sub(&self, a: &Self::Tensor, b: &Self::Tensor) -> Self::Tensor;
    /// `a * b`
    fn mul(&self, a: &Self::Tensor, b: &Self::Tensor) -> Self::Tensor;
    /// `a / b`
    fn div(&self, a: &Self::Tensor, b: &Self::Tensor) -> Self::Tensor;
    /// `factor * x + offset`
    fn affine(&self, x: &Self::Tensor, factor: f32, offset: f32) -> Self::Tensor;
    /// `x` where it lies in `[low, high]`, else the nearer bound.
    fn clamp(&self, x: &Self::Tensor, low: f32, high: f32) -> Self::Tensor;
    /// Square root.
    fn sqrt(&self, x: &Self::Tensor) -> Self::Tensor;
    /// `x` above 0, `exp(x) - 1` below.
    fn elu(&self, x: &Self::Tensor) -> Self::Tensor;
    /// `max(x, 0)`
    fn relu(&self, x: &Self::Tensor) -> Self::Tensor;
    /// `x` above 0, `slope * x` below.
    fn leaky_relu(&self, x: &Self::Tensor, slope: f32) -> Self::Tensor;
    /// `1 / (1 + exp(-x))`
    fn sigmoid(&self, x: &Self::Tensor) -> Self::Tensor;
    /// Hyperbolic tangent.
    fn tanh(&self, x: &Self::Tensor) -> Self::Tensor;

    // ---- Channels and space.

    /// Joins tensors along `axis`.
    fn concat(&self, parts: &[&Self::Tensor], axis: usize) -> Self::Tensor;
    /// Channels `start .. start + count`.
    fn slice_channels(&self, x: &Self::Tensor, start: usize, count: usize) -> Self::Tensor;
    /// The sum over channels: `[N, 1, H, W]`.
    fn sum_channels(&self, x: &Self::Tensor) -> Self::Tensor;
    /// Twice the height and width, each pixel repeated.
    fn upsample(&self, x: &Self::Tensor) -> Self::Tensor;
    /// Every `step`-th row and column, from the first.
    fn subsample(&self, x: &Self::Tensor, step: usize) -> Self::Tensor;
    /// The top-left part of `x` that has the height and width of `like`.
    fn crop_like(&self, x: &Self::Tensor, like: &Self::Tensor) -> Self::Tensor;
    /// Moves the content: `out[i] = x[i + offset]` along each given axis, zero where that lies outside.
    fn shift(&self, x: &Self::Tensor, offsets: &[(usize, i64)]) -> Self::Tensor;
    /// `[N, 4C, H, W]` to `[N, C, 2H, 2W]`: channel `(2y + x) * C + c` becomes the pixel `(y, x)` of each 2x2 block.
    fn depth_to_space(&self, x: &Self::Tensor) -> Self::Tensor;

    // ---- Attention: every position against every other.

    /// In how many bands of rows attention is computed. Each band holds `1 / bands` of the similarity matrix, whose size
    /// grows with the fourth power of the side; a backend that keeps everything for gradients gains nothing from bands.
    fn bands(&self) -> usize;
    /// Rows `floor(i * H / bands)` to `floor((i + 1) * H / bands)`, with one more row before and after (zeros at the edge).
    fn band_of_rows(&self, x: &Self::Tensor, i: usize) -> Self::Tensor;
    /// `[N, C, H, W]` to `[N, C, H * W]`.
    fn flatten(&self, x: &Self::Tensor) -> Self::Tensor;
    /// `[N, C, H * W]` back to the height and width of `like`.
    fn unflatten(&self, x: &Self::Tensor, channels: usize, like: &Self::Tensor) -> Self::Tensor;
    /// Swaps the last two axes of `[N, A, B]`.
    fn transpose(&self, x: &Self::Tensor) -> Self::Tensor;
    /// Product of `[N, A, B]` and `[N, B, C]`.
    fn matmul(&self, a: &Self::Tensor, b: &Self::Tensor) -> Self::Tensor;
    /// Softmax over the last axis.
    fn softmax(&self, x: &Self::Tensor) -> Self::Tensor;
    /// A similarity matrix `[N, H * W, h * w]` seen as `[N, H, W, h, w]`: the spaces of `rows` and of `columns`.
    fn as_pairs(
        &self,
        x: &Self::Tensor,
        rows: &Self::Tensor,
        columns: &Self::Tensor,
    ) -> Self::Tensor;
    /// `[N, H + 2, W, h, w]` back to the matrix `[N, H * W, h * w]`, without the first and last of the H rows.
    fn inner_pairs(&self, x: &Self::Tensor, columns: &Self::Tensor) -> Self::Tensor;
}

/// A place in the tree of parameters, with the backend that holds them: `net.at("coarse").at("conv1")`.
pub struct Scope<'b, B: Backend> {
    backend: &'b B,
    path: String,
}

impl<'b, B: Backend> Scope<'b, B> {
    /// The root of the tree.
    pub fn root(backend: &'b B) -> Self {
        Scope {
            backend,
            path: String::new(),
        }
    }

    /// The branch `name`, below this one.
    pub fn at(&self, name: impl std::fmt::Display) -> Self {
        Scope {
            backend: self.backend,
            path: self.join(name),
        }
    }

    /// The backend that computes.
    pub fn backend(&self) -> &'b B {
        self.backend
    }

    /// This place's own path, such as `coarse.conv1`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The parameter `name` here.
    pub fn parameter(&self, name: &str, shape: &[usize], init: Init) -> B::Tensor {
        self.backend.parameter(&self.join(name), shape, init)
    }

    /// The spectrally normalised parameter `name` here.
    pub fn spectral_parameter(&self, name: &str, shape: &[usize], init: Init) -> B::Tensor {
        self.backend
            .spectral_parameter(&self.join(name), shape, init)
    }

    fn join(&self, name: impl std::fmt::Display) -> String {
        if self.path.is_empty() {
            name.to_string()
        } else {
            format!("{}.{name}", self.path)
        }
    }
}
