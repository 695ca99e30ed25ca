//! The statistics of a set of masks as a picture.

use reweave_masks::statistics::MaskStatistics;

/// Columns of a histogram.
const COLUMNS: usize = 20;
/// The drawing area of a histogram, in pixels.
const AREA: (usize, usize) = (400, 180);
/// Room round it.
const MARGIN: usize = 44;

/// Two histograms as SVG: of the share of hole, with contact with the border in a second colour; and of the sizes of
/// connected holes, each column twice as large as the one before.
pub fn svg(masks: &[MaskStatistics]) -> String {
    let (width, height) = (2 * AREA.0 + 3 * MARGIN, AREA.1 + 2 * MARGIN);
    let mut shares = [[0; 2]; COLUMNS];
    let mut sizes = [[0; 2]; COLUMNS];
    for mask in masks {
        let column = (mask.share * COLUMNS as f32) as usize;
        shares[column.min(COLUMNS - 1)][usize::from(mask.touches_border)] += 1;
        for &hole in &mask.holes {
            // The last column is from half of the picture up.
            let halvings = (-hole.log2()).floor().max(0.0) as usize;
            sizes[COLUMNS - 1 - halvings.min(COLUMNS - 1)][0] += 1;
        }
    }
    let percent = |i: usize| format!("{} %", 100 * i / COLUMNS);
    let halved = |i: usize| format!("1/{}", 1usize << (COLUMNS - i));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
    );
    let title = format!(
        "{} masks by share of hole (light: at the border)",
        masks.len()
    );
    svg += &histogram(MARGIN, &title, &shares, percent);
    let title = "Connected holes by share of the picture";
    svg += &histogram(2 * MARGIN + AREA.0, title, &sizes, halved);
    svg + "</svg>\n"
}

/// One histogram with its left edge at `left`; the name of a column's lower bound stands below every fourth.
fn histogram(
    left: usize,
    title: &str,
    columns: &[[usize; 2]; COLUMNS],
    name: impl Fn(usize) -> String,
) -> String {
    let most = columns.iter().map(|[a, b]| a + b).max().unwrap_or(0).max(1);
    let (top, bottom, step) = (MARGIN, MARGIN + AREA.1, AREA.0 / COLUMNS);
    let mut svg = format!("<text x=\"{left}\" y=\"{}\">{title}</text>\n", top - 16);
    for (i, counts) in columns.iter().enumerate() {
        let x = left + i * step;
        let mut y = bottom as f64;
        for (count, colour) in counts.iter().zip(["#2f5d8a", "#8fb8de"]) {
            let high = (count * AREA.1) as f64 / most as f64;
            y -= high;
            svg += &format!(
                "<rect x=\"{x}\" y=\"{y:.1}\" width=\"{}\" height=\"{high:.1}\" fill=\"{colour}\"/>\n",
                step - 2
            );
        }
        if i % 4 == 0 {
            svg += &format!("<text x=\"{x}\" y=\"{}\">{}</text>\n", bottom + 16, name(i));
        }
    }
    svg += &format!(
        "<text x=\"{left}\" y=\"{}\" fill=\"#666\">{most}</text>\n",
        top - 2
    );
    svg + &format!(
        "<line x1=\"{left}\" y1=\"{bottom}\" x2=\"{}\" y2=\"{bottom}\" stroke=\"#666\"/>\n",
        left + AREA.0
    )
}
