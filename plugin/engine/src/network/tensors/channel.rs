//! One channel of a tensor, in either layout.

use reweave_models::card::Layout;

/// The shape of a tensor of this width and height.
pub(super) fn shape(
    layout: Layout,
    channels: usize,
    (width, height): (usize, usize),
) -> Vec<usize> {
    match layout {
        Layout::Nchw => vec![1, channels, height, width],
        Layout::Nhwc => vec![1, height, width, channels],
    }
}

/// One channel of a tensor.
pub(super) struct Channel<'a> {
    /// From the channel's first value on.
    values: &'a mut [f32],
    /// From one of its values to the next.
    step: usize,
    width: usize,
    height: usize,
}

impl<'a> Channel<'a> {
    pub fn of(
        values: &'a mut [f32],
        layout: Layout,
        channel: usize,
        channels: usize,
        (width, height): (usize, usize),
    ) -> Self {
        let (start, end, step) = match layout {
            Layout::Nchw => (channel * width * height, (channel + 1) * width * height, 1),
            Layout::Nhwc => (channel, values.len(), channels),
        };
        Self {
            values: &mut values[start..end],
            step,
            width,
            height,
        }
    }

    /// Writes what is seen, by its index there, and mirrors it where the tensor is larger.
    pub fn fill(&mut self, input_size: (usize, usize), value: impl Fn(usize) -> f32) {
        let row_len = self.width * self.step;
        for (y, row) in self
            .values
            .chunks_mut(row_len)
            .take(input_size.1)
            .enumerate()
        {
            let seen_row = y * input_size.0..(y + 1) * input_size.0;
            match self.step {
                // The same, but wide.
                1 => row
                    .iter_mut()
                    .zip(seen_row)
                    .for_each(|(to, from)| *to = value(from)),
                step => row
                    .iter_mut()
                    .step_by(step)
                    .zip(seen_row)
                    .for_each(|(to, from)| *to = value(from)),
            }
            for x in input_size.0..self.width {
                row[x * self.step] = row[reflected(x, input_size.0) * self.step];
            }
        }
        for y in input_size.1..self.height {
            let from = reflected(y, input_size.1) * row_len;
            for x in (0..row_len).step_by(self.step) {
                self.values[y * row_len + x] = self.values[from + x];
            }
        }
    }
}

/// Which pixel of a line of `len` is seen at `index` when both ends are mirrors.
fn reflected(index: usize, len: usize) -> usize {
    if len == 1 {
        return 0;
    }
    let there_and_back = 2 * (len - 1);
    let index = index % there_and_back;
    index.min(there_and_back - index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn reflection_stays_inside_and_moves_by_one(len in 1usize..40, index in 0usize..400) {
            prop_assert!(reflected(index, len) < len);
            prop_assert!(reflected(index, len).abs_diff(reflected(index + 1, len)) <= 1);
        }
    }
}
