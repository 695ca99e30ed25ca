//! Numbers over steps, drawn.

/// The drawing area, in pixels.
const AREA: (f32, f32) = (300.0, 120.0);
/// Room at the left for numbers, and above for the name, in pixels.
const LEFT: f32 = 52.0;
const TOP: f32 = 24.0;

/// A drawing of one curve as SVG; `name` is HTML already. Its scale is that of the middle 96 % of the values: the first steps
/// of a training would flatten all that follows.
pub fn svg(name: &str, points: &[(i64, f32)]) -> String {
    let points: Vec<(i64, f32)> = points
        .iter()
        .copied()
        .filter(|(_, v)| v.is_finite())
        .collect();
    let mut values: Vec<f32> = points.iter().map(|(_, value)| *value).collect();
    values.sort_by(f32::total_cmp);
    let (Some(&(first, _)), Some(&(last, now))) = (points.first(), points.last()) else {
        return String::new();
    };
    let cut = values.len() / 50;
    let (low, high) = (values[cut], values[values.len() - 1 - cut]);
    let x = |step: i64| LEFT + AREA.0 * (step - first) as f32 / (last - first).max(1) as f32;
    let y = |value: f32| {
        let share = (value - low) / (high - low).max(f32::MIN_POSITIVE);
        TOP + AREA.1 * (1.0 - share.clamp(0.0, 1.0))
    };
    let line: Vec<String> = points
        .iter()
        .map(|&(step, value)| format!("{:.1},{:.1}", x(step), y(value)))
        .collect();
    let (width, height) = (LEFT + AREA.0 + 8.0, TOP + AREA.1 + 22.0);
    let (bottom, right) = (TOP + AREA.1, LEFT + AREA.0);
    format!(
        "<svg width=\"{width}\" height=\"{height}\">\
         <text x=\"{LEFT}\" y=\"14\" class=\"name\">{name}: {}</text>\
         <text x=\"{}\" y=\"{}\" class=\"low\">{}</text>\
         <text x=\"{}\" y=\"{bottom}\" class=\"low\">{}</text>\
         <text x=\"{LEFT}\" y=\"{}\">{first}</text>\
         <text x=\"{right}\" y=\"{}\" class=\"low\">{last}</text>\
         <rect x=\"{LEFT}\" y=\"{TOP}\" width=\"{}\" height=\"{}\"/>\
         <polyline points=\"{}\"/></svg>\n",
        number(now),
        LEFT - 4.0,
        TOP + 10.0,
        number(high),
        LEFT - 4.0,
        number(low),
        bottom + 16.0,
        bottom + 16.0,
        AREA.0,
        AREA.1,
        line.join(" ")
    )
}

/// Three digits that say something.
fn number(value: f32) -> String {
    if value == 0.0 || value.abs() >= 0.01 {
        format!("{value:.3}")
    } else {
        format!("{value:.1e}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_stays_in_its_area() {
        let points: Vec<(i64, f32)> = (0..200)
            .map(|i| (20 * i, if i == 0 { 1e6 } else { 1.0 / i as f32 }))
            .collect();
        let svg = svg("hole", &points);
        let line = svg.split("points=\"").nth(1).unwrap();
        let line = line.split('"').next().unwrap();
        for point in line.split(' ') {
            let (x, y) = point.split_once(',').unwrap();
            let (x, y): (f32, f32) = (x.parse().unwrap(), y.parse().unwrap());
            assert!((LEFT..=LEFT + AREA.0).contains(&x) && (TOP..=TOP + AREA.1).contains(&y));
        }
        assert_eq!(super::svg("none", &[(0, f32::NAN)]), "");
        assert!(super::svg("one", &[(5, 1.0)]).contains("one: 1.000"));
    }
}
