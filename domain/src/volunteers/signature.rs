//! A signature drawn on a screen: strokes of points, bounded, so that a phone sends little and nothing but a drawing.
//!
//! As text a stroke is its points, `x,y` with a blank between two; strokes are parted by `;`.

use std::fmt::Write;

use crate::Violation;

/// How wide the field is, in units of the drawing.
pub const WIDTH: u16 = 600;
/// How high it is.
pub const HEIGHT: u16 = 200;
/// Most strokes: more than a name has in characters of many.
pub const STROKES_MAX: usize = 80;
/// Most points of all strokes.
pub const POINTS_MAX: usize = 800;
/// Shortest way of the pen, in units: a dot is no signature.
pub const WAY_MIN: u32 = 120;

/// A place in the field.
pub type Point = (u16, u16);

/// A signature that keeps the bounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    strokes: Vec<Vec<Point>>,
}

impl Signature {
    /// Of strokes as they were drawn; empty ones are left out.
    ///
    /// # Errors
    /// `volunteers.signature_short` when hardly anything is drawn, `volunteers.signature_bounds` when it is too much or
    /// outside of the field; both at `strokes`.
    pub fn new(mut strokes: Vec<Vec<Point>>) -> Result<Self, Violation> {
        strokes.retain(|stroke| !stroke.is_empty());
        let points = strokes.iter().map(Vec::len).sum::<usize>();
        let inside = strokes.iter().flatten().all(|(x, y)| *x <= WIDTH && *y <= HEIGHT);
        if strokes.len() > STROKES_MAX || points > POINTS_MAX || !inside {
            return Err(Violation::new("strokes", "volunteers.signature_bounds"));
        }
        let way: u32 = strokes.iter().map(|stroke| way(stroke)).sum();
        if way < WAY_MIN {
            return Err(Violation::new("strokes", "volunteers.signature_short"));
        }
        Ok(Self { strokes })
    }

    /// Of its text.
    ///
    /// # Errors
    /// As [`new`](Self::new); `volunteers.signature_bounds` for any other text.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        let point = |text: &str| {
            let (x, y) = text.split_once(',')?;
            let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            if digits(x) && digits(y) { Some((x.parse::<u16>().ok()?, y.parse::<u16>().ok()?)) } else { None }
        };
        let stroke = |text: &str| text.split(' ').map(point).collect::<Option<Vec<_>>>();
        let strokes = if text.is_empty() { Some(Vec::new()) } else { text.split(';').map(stroke).collect() };
        Self::new(strokes.ok_or_else(|| Violation::new("strokes", "volunteers.signature_bounds"))?)
    }

    /// Its text; [`parse`](Self::parse) reads it back.
    #[must_use]
    pub fn to_text(&self) -> String {
        let stroke = |points: &Vec<Point>| {
            let points: Vec<_> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
            points.join(" ")
        };
        self.strokes.iter().map(stroke).collect::<Vec<_>>().join(";")
    }
}

/// Strokes as the `d` of an SVG path; a dot becomes a short line, so that it is seen.
#[must_use]
pub fn path(strokes: &[Vec<Point>]) -> String {
    let mut path = String::new();
    for stroke in strokes {
        for (n, (x, y)) in stroke.iter().enumerate() {
            // Writing to a text cannot fail.
            let _ = write!(path, "{}{x} {y}", if n == 0 { 'M' } else { 'L' });
        }
        if let [(x, y)] = stroke.as_slice() {
            let _ = write!(path, "L{} {y}", x + 1);
        }
    }
    path
}

impl Signature {
    /// The drawing, for [`path`].
    #[must_use]
    pub fn strokes(&self) -> &[Vec<Point>] {
        &self.strokes
    }
}

/// How far the pen went, counted along both sides.
fn way(stroke: &[Point]) -> u32 {
    let step = |pair: &[Point]| match pair {
        [(x, y), (to_x, to_y)] => u32::from(x.abs_diff(*to_x)) + u32::from(y.abs_diff(*to_y)),
        _ => 0,
    };
    stroke.windows(2).map(step).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(strokes: Vec<Vec<Point>>) -> Option<&'static str> {
        Signature::new(strokes).err().map(|found| found.code)
    }

    #[test]
    fn a_signature_reads_back_as_it_was_drawn() {
        let drawn = vec![vec![(10, 10), (100, 12), (180, 90)], vec![], vec![(200, 50)]];
        let signature = Signature::new(drawn).unwrap();
        assert_eq!(signature.to_text(), "10,10 100,12 180,90;200,50");
        assert_eq!(Signature::parse(&signature.to_text()).unwrap(), signature);
        assert_eq!(path(signature.strokes()), "M10 10L100 12L180 90M200 50L201 50");
    }

    #[test]
    fn a_dot_too_much_and_what_lies_outside_are_refused() {
        assert_eq!(code(vec![]), Some("volunteers.signature_short"));
        assert_eq!(code(vec![vec![(5, 5)]; 20]), Some("volunteers.signature_short"));
        assert_eq!(code(vec![vec![(0, 0), (WIDTH + 1, 0)]]), Some("volunteers.signature_bounds"));
        assert_eq!(code(vec![vec![(0, 0), (0, HEIGHT + 1)]]), Some("volunteers.signature_bounds"));
        let zigzag = |points: usize| (0..points).map(|n| (if n % 2 == 0 { 0 } else { 50 }, 9)).collect::<Vec<Point>>();
        assert_eq!(code(vec![zigzag(POINTS_MAX)]), None);
        assert_eq!(code(vec![zigzag(POINTS_MAX + 1)]), Some("volunteers.signature_bounds"));
        assert_eq!(code(vec![zigzag(4); STROKES_MAX + 1]), Some("volunteers.signature_bounds"));
    }

    #[test]
    fn nothing_but_points_is_a_signature() {
        for text in ["M0 0", "1", "1,", "1,2;", "1,2  3,4", "+1,2", "-1,2", "1,2,3", "99999,1", "<svg>", " 1,2"] {
            assert_eq!(
                Signature::parse(text).map_err(|found| found.code),
                Err("volunteers.signature_bounds"),
                "{text}"
            );
        }
        assert_eq!(Signature::parse("").map_err(|found| found.code), Err("volunteers.signature_short"));
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_typed_it_is_a_drawing_inside_of_the_field_or_refused(text in "[0-9,; x-]{0,60}") {
            if let Ok(signature) = Signature::parse(&text) {
                proptest::prop_assert_eq!(Signature::parse(&signature.to_text()), Ok(signature));
            }
        }
    }
}
