//! From values to places in a picture, and how values are written.

/// One direction of a picture: which values lie between which places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    values: (f64, f64),
    places: (f64, f64),
}

impl Scale {
    /// From the first value at the first place to the last at the last. Without a width of its own it gets one.
    pub fn new(values: (f64, f64), places: (f64, f64)) -> Self {
        let (from, until) = values;
        Self { values: if until > from { values } else { (from - 0.5, from + 0.5) }, places }
    }

    /// Where a value lies; beyond the ends as well.
    pub fn at(self, value: f64) -> f64 {
        let ((from, until), (start, end)) = (self.values, self.places);
        start + (value - from) / (until - from) * (end - start)
    }

    /// The same, kept between the ends.
    pub fn within(self, value: f64) -> f64 {
        self.at(value.clamp(self.values.0, self.values.1))
    }

    /// Round values between the ends, about so many.
    pub fn ticks(self, about: f64) -> Vec<f64> {
        let (from, until) = self.values;
        let rough = (until - from) / about;
        let power = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0].into_iter().map(|n| n * power).find(|step| *step >= rough).unwrap_or(power * 10.0);
        let mut tick = (from / step).ceil() * step;
        let mut ticks = Vec::new();
        // A little beyond the end, for what adding up loses.
        while tick <= until + step * 1e-6 {
            ticks.push(tick);
            tick += step;
        }
        ticks
    }
}

/// How a figure is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// A share of a hundred; close to none or all, where centers lie, with one more decimal, and with two below one of
    /// ten thousand.
    Share,
    /// How many.
    Count,
    /// Days, or of how many, with one decimal.
    Decimal,
}

impl Written {
    /// The value as people read it.
    pub fn of(self, value: f64) -> String {
        match self {
            Self::Share if (0.01..=0.99).contains(&value) || value == 0.0 || value == 1.0 => {
                format!("{:.1}%", value * 100.0)
            }
            Self::Share if value.abs() < 0.0001 => format!("{:.3}%", value * 100.0),
            Self::Share => format!("{:.2}%", value * 100.0),
            Self::Count => grouped(value),
            Self::Decimal => format!("{value:.1}"),
        }
    }

    /// How much two values lie apart: points of a hundred for shares, and of a count by how much of it.
    pub fn apart(self, value: f64) -> String {
        match self {
            Self::Share => format!("{:+.2}", value * 100.0),
            Self::Count => format!("{:+.1}%", value * 100.0),
            Self::Decimal => format!("{value:+.1}"),
        }
    }
}

/// A whole number in groups of three.
fn grouped(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut written = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    if value < 0.0 { format!("-{written}") } else { written }
}
