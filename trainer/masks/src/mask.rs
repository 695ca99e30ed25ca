//! The mask itself, and the two shapes drawn on it.

/// Where a picture has holes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask {
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// 1 = hole, 0 = known; `width * height` values, row by row.
    pub hole: Vec<u8>,
}

impl Mask {
    /// A mask without holes.
    pub fn new(width: usize, height: usize) -> Self {
        Mask {
            width,
            height,
            hole: vec![0; width * height],
        }
    }

    /// The share of the picture that is hole, 0 to 1.
    pub fn share(&self) -> f32 {
        self.hole.iter().map(|&h| f32::from(h)).sum::<f32>() / self.hole.len().max(1) as f32
    }

    /// Adds every pixel whose centre is within `radius` of the segment from `a` to `b` (x, y), in pixels.
    pub fn draw_line(&mut self, a: (f32, f32), b: (f32, f32), radius: f32) {
        let columns = span(a.0.min(b.0) - radius, a.0.max(b.0) + radius, self.width);
        let rows = span(a.1.min(b.1) - radius, a.1.max(b.1) + radius, self.height);
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let length = (dx * dx + dy * dy).max(1e-12);
        for y in rows {
            for x in columns.clone() {
                let (px, py) = (x as f32 - a.0, y as f32 - a.1);
                let along = ((px * dx + py * dy) / length).clamp(0.0, 1.0);
                let (ox, oy) = (px - along * dx, py - along * dy);
                if ox * ox + oy * oy <= radius * radius {
                    self.hole[y * self.width + x] = 1;
                }
            }
        }
    }

    /// Adds the box with its top left at `(x, y)`, cut at the picture's edge.
    pub fn draw_box(&mut self, x: usize, y: usize, width: usize, height: usize) {
        let columns = x.min(self.width)..(x + width).min(self.width);
        for row in y.min(self.height)..(y + height).min(self.height) {
            self.hole[row * self.width..][columns.clone()].fill(1);
        }
    }
}

/// The whole numbers from `low` to `high` that lie in `0..end`.
fn span(low: f32, high: f32, end: usize) -> std::ops::Range<usize> {
    let low = low.floor().max(0.0) as usize;
    let high = (high.ceil() + 1.0).max(0.0) as usize;
    low.min(end)..high.min(end)
}
