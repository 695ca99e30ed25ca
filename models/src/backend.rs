//! The small set of tensor operations that a network may use.
//!
//! A network is a Rust function generic over [`Backend`]. Interpreted by the trainer's torch backend it computes, with
//! gradients; interpreted by [`crate::onnx::Graph`] it records an ONNX graph. No second copy of a layer can drift.
//!
//! Pictures and features are `[N, C, H, W]`. Every value knows its rank, and features their channels; N, H and W may not
//! be known (an exported graph takes any), so no operation here asks for them as numbers.

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
    /// An odd kernel centred on the pixels that it steps over; `ceil(size / stride)` rows and columns come out.
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

    /// TensorFlow's SAME for sizes that are multiples of the stride: as few zeros as `size / stride` rows and columns
    /// need, an odd one after.
    pub fn same(kernel: usize, stride: usize, dilation: usize) -> Self {
        let zeros = (dilation * (kernel - 1) + 1).saturating_sub(stride);
        Window {
            kernel,
            stride,
            dilation,
            before: zeros / 2,
            after: zeros.div_ceil(2),
        }
    }
}

/// What lies outside a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edge {
    /// Zeros.
    #[default]
    Zero,
    /// The picture mirrored, the outermost pixels not repeated; the picture must be larger than what is added.
    Reflect,
    /// The outermost pixels repeated.
    Replicate,
}

/// The height and width that something is resized to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Size<'t, T> {
    /// This many times its own, rounded down.
    Times(f32),
    /// That of another.
    Like(&'t T),
}

/// Which points of two grids of different sizes lie on each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corners {
    /// The outer edges of the corner pixels: what OpenCV and PyTorch do unless told otherwise.
    Edges,
    /// The centres of the corner pixels (`align_corners`).
    Centres,
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

    /// Each channel of each sample with mean 0 and variance 1, then times `scale` `[C]` plus `shift` `[C]`.
    fn instance_norm(
        &self,
        x: &Self::Tensor,
        scale: &Self::Tensor,
        shift: &Self::Tensor,
    ) -> Self::Tensor;
    /// The channels of each position with mean 0 and variance 1, then times `scale` `[C]` plus `shift` `[C]`.
    fn layer_norm(
        &self,
        x: &Self::Tensor,
        scale: &Self::Tensor,
        shift: &Self::Tensor,
    ) -> Self::Tensor;

    // ---- Shapes.

    /// How many axes it has.
    fn rank(&self, x: &Self::Tensor) -> usize;
    /// Size of the second axis, which features `[N, C, H, W]` always know.
    fn channels(&self, x: &Self::Tensor) -> usize;

    // ---- Convolution.

    /// Cross-correlation of `x` with `weight` `[out, in / groups, k, k]`, plus `bias` `[out]`. Each of the groups of
    /// channels is a convolution of its own.
    fn conv(
        &self,
        x: &Self::Tensor,
        weight: &Self::Tensor,
        bias: Option<&Self::Tensor>,
        window: Window,
        groups: usize,
    ) -> Self::Tensor;
    /// The transpose of [`Backend::conv`]: each pixel of `x` adds a kernel of `weight` `[in, out / groups, k, k]` to the
    /// output, `window.stride` apart; `before` and `after` are cut off the output, which is then
    /// `(size - 1) * stride + dilation * (kernel - 1) + 1 - before - after`.
    fn conv_transposed(
        &self,
        x: &Self::Tensor,
        weight: &Self::Tensor,
        bias: Option<&Self::Tensor>,
        window: Window,
        groups: usize,
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
    /// The first and the second half of the channels, of which there is an even number.
    fn halves(&self, x: &Self::Tensor) -> [Self::Tensor; 2] {
        let half = self.channels(x) / 2;
        [0, half].map(|start| self.slice_channels(x, start, half))
    }
    /// The sum over channels: `[N, 1, H, W]`.
    fn sum_channels(&self, x: &Self::Tensor) -> Self::Tensor;
    /// Twice the height and width, each pixel repeated.
    fn upsample(&self, x: &Self::Tensor) -> Self::Tensor;
    /// Every `step`-th row and column, from the first.
    fn subsample(&self, x: &Self::Tensor, step: usize) -> Self::Tensor;
    /// A `step`-th of the rows and columns, the first and the last among them, those between spread evenly and rounded
    /// to the nearest: TensorFlow's resizing by the nearest pixel with `align_corners`.
    fn subsample_aligned(&self, x: &Self::Tensor, step: usize) -> Self::Tensor;
    /// Bilinear interpolation, without smoothing where it gets smaller.
    fn resize(&self, x: &Self::Tensor, to: Size<Self::Tensor>, corners: Corners) -> Self::Tensor;
    /// Where the pixels of `like` lie: `[1, 2, H, W]`, x then y, from -1 to 1 between the picture's outer edges.
    fn positions(&self, like: &Self::Tensor) -> Self::Tensor;
    /// `x` `[N, C, H, W]` at each of the places `at` `[N, 2, h, w]`, told as by [`Backend::positions`]: `[N, C, h, w]`.
    /// Bilinear between pixels; outside the picture are zeros.
    fn grid_sample(&self, x: &Self::Tensor, at: &Self::Tensor) -> Self::Tensor;
    /// `before` rows and columns more at the top and left, `after` at the bottom and right.
    fn pad(&self, x: &Self::Tensor, before: usize, after: usize, edge: Edge) -> Self::Tensor;
    /// The top-left part of `x` that has the height and width of `like`.
    fn crop_like(&self, x: &Self::Tensor, like: &Self::Tensor) -> Self::Tensor;
    /// Without the first and last `margin` entries of `axis`.
    fn trim(&self, x: &Self::Tensor, axis: usize, margin: usize) -> Self::Tensor;
    /// The `i`-th of `count` bands of rows, `floor(i * H / count)` to `floor((i + 1) * H / count)`, with `halo` more rows
    /// before and after (zeros outside the picture).
    fn rows(&self, x: &Self::Tensor, i: usize, count: usize, halo: usize) -> Self::Tensor;
    /// Moves the content: `out[i] = x[i + offset]` along each given axis, zero where that lies outside.
    fn shift(&self, x: &Self::Tensor, offsets: &[(usize, i64)]) -> Self::Tensor;
    /// `[N, 4C, H, W]` to `[N, C, 2H, 2W]`: channel `(2y + x) * C + c` becomes the pixel `(y, x)` of each 2x2 block.
    fn depth_to_space(&self, x: &Self::Tensor) -> Self::Tensor;

    // ---- Frequencies.

    /// The orthonormal two-dimensional Fourier transform of each channel, one half of it, for it is that of real numbers:
    /// `[N, 2C, H, W / 2 + 1]`, C real parts, then C imaginary ones. `like` has the height and width of `x`; what is
    /// computed from these alone is shared by all transforms that name the same one.
    fn rfft(&self, x: &Self::Tensor, like: &Self::Tensor) -> Self::Tensor;
    /// The inverse of [`Backend::rfft`]: `[N, C, H, W]` with the height and width of `like`.
    fn irfft(&self, x: &Self::Tensor, like: &Self::Tensor) -> Self::Tensor;

    // ---- Matrices.

    /// Joins `axis` and the one after it, such as `[N, C, H, W]` at 2 to `[N, C, H * W]`.
    fn flatten(&self, x: &Self::Tensor, axis: usize) -> Self::Tensor;
    /// The inverse of [`Backend::flatten`]: `axis` as the height and width of `like`.
    fn unflatten(&self, x: &Self::Tensor, axis: usize, like: &Self::Tensor) -> Self::Tensor;
    /// The axes in another order: `order[i]` is where axis `i` comes from.
    fn transpose(&self, x: &Self::Tensor, order: &[usize]) -> Self::Tensor;
    /// Product of `[N, A, B]` and `[N, B, C]`.
    fn matmul(&self, a: &Self::Tensor, b: &Self::Tensor) -> Self::Tensor;
    /// Softmax over the last axis.
    fn softmax(&self, x: &Self::Tensor) -> Self::Tensor;
}
