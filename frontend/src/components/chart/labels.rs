//! Names beside points, as far as there is room.

/// Height of a line of names, in pixels.
const LINE: f64 = 16.0;
/// Width of a Chinese letter; others take about half.
const LETTER: f64 = 13.0;
/// Between a point and its name.
const GAP: f64 = 9.0;

/// A name in its place.
pub(super) struct Label {
    pub x: f64,
    pub y: f64,
    pub anchor: &'static str,
    pub text: String,
}

#[derive(Clone, Copy)]
struct Area {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Area {
    fn meets(self, other: Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn holds(self, other: Self) -> bool {
        self.left <= other.left && self.top <= other.top && other.right <= self.right && other.bottom <= self.bottom
    }
}

fn width(text: &str) -> f64 {
    text.chars().map(|letter| if letter.is_ascii() { LETTER * 0.58 } else { LETTER }).sum()
}

/// Puts each name right, left, above or below of its point where it covers neither a point nor another name; the first
/// come first. What finds no place is left out: the table has it.
pub(super) fn place(named: Vec<(f64, f64, String)>, points: &[(f64, f64)], frame: [f64; 4]) -> Vec<Label> {
    let [left, top, right, bottom] = frame;
    let frame = Area { left, top, right, bottom };
    let dot = |(x, y): (f64, f64)| Area { left: x - 6.0, top: y - 6.0, right: x + 6.0, bottom: y + 6.0 };
    let mut taken: Vec<Area> = points.iter().copied().map(dot).collect();
    let mut labels = Vec::new();
    for (x, y, text) in named {
        let wide = width(&text);
        let places = [
            ("start", x + GAP, y - LINE / 2.0, x + GAP),
            ("end", x - GAP - wide, y - LINE / 2.0, x - GAP),
            ("middle", x - wide / 2.0, y - GAP - LINE, x),
            ("middle", x - wide / 2.0, y + GAP, x),
        ];
        let free = places.into_iter().find_map(|(anchor, left, top, at)| {
            let area = Area { left, top, right: left + wide, bottom: top + LINE };
            let fits = frame.holds(area) && !taken.iter().any(|other| other.meets(area));
            fits.then_some((area, anchor, at))
        });
        if let Some((area, anchor, at)) = free {
            labels.push(Label { x: at, y: area.bottom - 4.0, anchor, text });
            taken.push(area);
        }
    }
    labels
}
