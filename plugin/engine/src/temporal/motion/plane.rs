//! A frame as motion sees it.

/// Grey values with holes, row after row, the top row first.
#[derive(Clone, Debug)]
pub(crate) struct Plane {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Perceptual grey, about 0 to 1.
    pub(crate) grey: Vec<f32>,
    /// Whether a pixel is known; holes tell nothing about the camera.
    pub(crate) known: Vec<bool>,
}

impl Plane {
    /// A plane made of `look(x, y)`: the grey of a pixel, or `None` where it is not known.
    pub(crate) fn new(
        width: usize,
        height: usize,
        look: impl Fn(usize, usize) -> Option<f32>,
    ) -> Self {
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let seen: Vec<_> = pixels
            .map(|(x, y)| look(x, y).filter(|grey| grey.is_finite()))
            .collect();
        Self {
            width,
            height,
            grey: seen.iter().map(|grey| grey.unwrap_or(0.0)).collect(),
            known: seen.iter().map(Option::is_some).collect(),
        }
    }

    /// Half the size. A pixel is known when all four that it is made of are.
    fn halved(&self) -> Self {
        Self::new(self.width / 2, self.height / 2, |x, y| {
            let first = 2 * y * self.width + 2 * x;
            let four = [first, first + 1, first + self.width, first + self.width + 1];
            four.iter()
                .all(|at| self.known[*at])
                .then(|| four.iter().map(|at| self.grey[*at]).sum::<f32>() / 4.0)
        })
    }

    /// The plane without its slow changes, which are alike in many places: each pixel less the mean round it. Strong
    /// edges, as of a person before the scene, count hardly more than weak ones.
    pub(crate) fn without_shading(&self) -> Self {
        const REACH: usize = 4;
        let detail = Self::new(self.width, self.height, |x, y| {
            let rows = y.saturating_sub(REACH)..(y + REACH + 1).min(self.height);
            let columns = x.saturating_sub(REACH)..(x + REACH + 1).min(self.width);
            let near = rows.flat_map(|y| columns.clone().map(move |x| y * self.width + x));
            let (sum, count) = near
                .filter(|at| self.known[*at])
                .fold((0.0, 0.0), |(sum, count), at| {
                    (sum + self.grey[at], count + 1.0)
                });
            let at = y * self.width + x;
            self.known[at].then(|| self.grey[at] - sum / count)
        });
        let mut sizes: Vec<f32> = detail
            .grey
            .iter()
            .map(|grey| grey.abs())
            .filter(|size| *size > 0.0)
            .collect();
        if sizes.is_empty() {
            return detail;
        }
        let middle = sizes.len() / 2;
        let usual = *sizes.select_nth_unstable_by(middle, f32::total_cmp).1;
        let grey = detail
            .grey
            .iter()
            .map(|grey| grey / grey.hypot(usual))
            .collect();
        Self { grey, ..detail }
    }

    /// The plane and its halves, the smallest last, which is at most `coarsest` pixels on its longer side.
    pub(crate) fn pyramid(self, coarsest: usize) -> Vec<Self> {
        let mut levels = vec![self];
        while let Some(last) = levels.last() {
            if last.width.max(last.height) <= coarsest || last.width.min(last.height) < 16 {
                break;
            }
            let next = last.halved();
            levels.push(next);
        }
        levels
    }

    /// How grey changes along x and y at a pixel; `None` where a neighbour is unknown.
    pub(crate) fn slope(&self, x: usize, y: usize) -> Option<[f64; 2]> {
        if x == 0 || y == 0 || x + 1 >= self.width || y + 1 >= self.height {
            return None;
        }
        let at = y * self.width + x;
        let near = [at - 1, at + 1, at - self.width, at + self.width];
        let [left, right, up, down] =
            near.map(|at| self.known[at].then(|| f64::from(self.grey[at])));
        Some([(right? - left?) / 2.0, (down? - up?) / 2.0])
    }

    /// Grey between pixels; `None` next to unknown pixels and outside.
    pub(crate) fn sample(&self, x: f32, y: f32) -> Option<f32> {
        let (left, top) = (x.floor(), y.floor());
        let inside = left >= 0.0
            && top >= 0.0
            && left < self.width as f32 - 1.0
            && top < self.height as f32 - 1.0;
        if !inside {
            return None;
        }
        let at = top as usize * self.width + left as usize;
        let below = at + self.width;
        if !(self.known[at] && self.known[at + 1] && self.known[below] && self.known[below + 1]) {
            return None;
        }
        let (u, v) = (x - left, y - top);
        let (a, b, c, d) = (
            self.grey[at],
            self.grey[at + 1],
            self.grey[below],
            self.grey[below + 1],
        );
        let (upper, lower) = (a + (b - a) * u, c + (d - c) * u);
        Some(upper + (lower - upper) * v)
    }
}
