//! A funnel: how much each has against how well it does, with the limits within which chance alone would keep it.

use std::{fmt::Write, sync::Arc};

use leptos::{ev::MouseEvent, html, prelude::*};

use super::{Scale, Written, labels, width_of};
use crate::i18n::{pick, t, use_i18n};

/// Names are put beside all points only while there are no more than these.
const NAMED: usize = 60;
/// How near the pointer has to be, in pixels.
const NEAR: f64 = 24.0;

/// What the limits say of a center.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Too little to say anything.
    TooFew,
    /// Within what chance alone brings about.
    Inside,
    /// Beyond 95 %: look.
    Look,
    /// Beyond 99.8 %: act.
    Act,
}

impl Standing {
    const ALL: [Self; 4] = [Self::TooFew, Self::Inside, Self::Look, Self::Act];

    const fn class(self) -> &'static str {
        match self {
            Self::TooFew => "dot-few",
            Self::Inside => "dot-inside",
            Self::Look => "dot-look",
            Self::Act => "dot-act",
        }
    }

    /// A mark of its own shape around a place: a cross, a ring, a diamond, a square.
    fn draw(self, path: &mut String, x: f64, y: f64) {
        // Writing to a text cannot fail.
        let _ = match self {
            Self::TooFew => write!(path, "M{:.1} {:.1}l6 6m0-6l-6 6", x - 3.0, y - 3.0),
            Self::Inside => write!(path, "M{:.1} {y:.1}a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", x - 4.0),
            Self::Look => write!(path, "M{:.1} {y:.1}l6.5-6.5 6.5 6.5-6.5 6.5z", x - 6.5),
            Self::Act => write!(path, "M{:.1} {:.1}h11v11h-11z", x - 5.5, y - 5.5),
        };
    }
}

/// A center in the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    /// Names it to the page.
    pub key: String,
    pub name_zh: String,
    pub name_en: String,
    /// Of how many.
    pub volume: f64,
    pub value: f64,
    pub standing: Standing,
}

/// The limits at a volume; 95 % inside of 99.8 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limit {
    pub volume: f64,
    pub low95: f64,
    pub high95: f64,
    pub low998: f64,
    pub high998: f64,
}

/// The picture.
#[component]
pub fn Funnel(
    dots: Arc<Vec<Dot>>,
    limits: Arc<Vec<Limit>>,
    /// What all have together.
    centre: f64,
    written: Written,
    /// What it says, for whoever does not see it.
    #[prop(into)]
    words: Signal<String>,
    /// What goes to the right, and what goes up.
    #[prop(into)]
    across: Signal<String>,
    #[prop(into)] up: Signal<String>,
    /// Which center is looked at.
    chosen: RwSignal<Option<String>>,
    /// What a click on a center does.
    #[prop(optional, into)]
    open: Option<Callback<String>>,
    /// Fixed height; without it, by the width.
    #[prop(optional)]
    height: Option<f64>,
) -> impl IntoView {
    let i18n = use_i18n();
    let area = NodeRef::<html::Div>::new();
    let width = width_of(area);
    let picture = move || {
        let locale = i18n.get_locale();
        let frame = Frame::of(width.get(), height, &dots, &limits, centre);
        let places: Arc<Vec<_>> = Arc::new(dots.iter().map(|dot| frame.place(dot)).collect());
        let named = frame.named(&dots, |dot| pick(locale, &dot.name_zh, &dot.name_en));
        let nearest = {
            let (dots, places) = (dots.clone(), places.clone());
            move |event: &MouseEvent| {
                let found = area.get_untracked()?.get_bounding_client_rect();
                let (x, y) = (f64::from(event.client_x()) - found.left(), f64::from(event.client_y()) - found.top());
                let away = |(px, py): (f64, f64)| (px - x).hypot(py - y);
                let near = dots.iter().zip(places.iter()).map(|(dot, place)| (away(*place), dot));
                let (away, dot) = near.min_by(|a, b| a.0.total_cmp(&b.0))?;
                (away < NEAR).then(|| dot.key.clone())
            }
        };
        let over = nearest.clone();
        let ring = {
            let (dots, places) = (dots.clone(), places.clone());
            move || {
                let key = chosen.get()?;
                let at = dots.iter().position(|dot| dot.key == key)?;
                let (x, y) = *places.get(at)?;
                Some(view! { <circle class="dot-ring" cx=format!("{x:.1}") cy=format!("{y:.1}") r="10"></circle> })
            }
        };
        view! {
            <svg
                class="chart-picture"
                class:chart-opens=open.is_some()
                role="img"
                aria-label=move || words.get()
                viewBox=format!("0 0 {} {}", frame.width, frame.height)
                on:mousemove=move |event| {
                    let found = over(&event);
                    if chosen.with_untracked(|chosen| *chosen != found) {
                        chosen.set(found);
                    }
                }
                on:click=move |event| {
                    if let (Some(open), Some(key)) = (open, nearest(&event)) {
                        open.run(key);
                    }
                }
            >
                {frame.axes(written, &across.get(), &up.get())}
                {frame.lines(&limits, centre)}
                {marks(&dots, &places)}
                {named}
                {ring}
            </svg>
        }
    };
    view! { <div class="chart-area" node_ref=area>{picture}</div> }
}

/// One path for all marks of a shape: a thousand centers are four elements.
fn marks(dots: &[Dot], places: &[(f64, f64)]) -> AnyView {
    let paths = Standing::ALL.map(|standing| {
        let mut path = String::new();
        for (_, (x, y)) in dots.iter().zip(places).filter(|(dot, _)| dot.standing == standing) {
            standing.draw(&mut path, *x, *y);
        }
        view! { <path class=standing.class() d=path></path> }
    });
    paths.into_iter().collect_view().into_any()
}

/// Where what is drawn.
struct Frame {
    width: f64,
    height: f64,
    x: Scale,
    y: Scale,
}

/// Room for the numbers at the left and below.
const LEFT: f64 = 58.0;
const BELOW: f64 = 46.0;
const EDGE: f64 = 14.0;

impl Frame {
    fn of(width: f64, height: Option<f64>, dots: &[Dot], limits: &[Limit], centre: f64) -> Self {
        let height = height.unwrap_or(if width < 480.0 { 300.0 } else { 420.0 });
        let most = dots.iter().map(|dot| dot.volume).fold(1.0, f64::max);
        let least =
            dots.iter().filter(|dot| dot.standing > Standing::TooFew).map(|dot| dot.volume).fold(most, f64::min);
        // At few the limits open to everything: what is shown is what the centers need.
        let shown = limits.iter().filter(|limit| limit.volume >= least).flat_map(|limit| [limit.low998, limit.high998]);
        let values = dots.iter().map(|dot| dot.value).chain(shown).chain([centre]);
        let (low, high) = values.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
        let air = ((high - low) * 0.08).max(0.002);
        let top = if high <= 1.0 { (high + air).min(1.0 + air / 2.0) } else { high + air };
        Self {
            width,
            height,
            x: Scale::new((0.0, most * 1.06), (LEFT, width - EDGE)),
            y: Scale::new(((low - air).max(0.0), top), (height - BELOW, EDGE)),
        }
    }

    fn place(&self, dot: &Dot) -> (f64, f64) {
        (self.x.at(dot.volume), self.y.within(dot.value))
    }

    fn axes(&self, written: Written, across: &str, up: &str) -> AnyView {
        let (left, right, bottom) = (LEFT, self.width - EDGE, self.height - BELOW);
        let mut grid = format!("M{left} {EDGE}V{bottom}H{right}");
        let mut texts = Vec::new();
        for tick in self.y.ticks(5.0) {
            let y = self.y.at(tick);
            let _ = write!(grid, "M{left} {y:.1}H{right}");
            texts.push(("end", left - 6.0, y + 4.0, written.of(tick)));
        }
        // Of how many: there is nothing between two whole numbers.
        let across_ticks = self.x.ticks(if self.width < 480.0 { 3.0 } else { 6.0 }).into_iter();
        for tick in across_ticks.filter(|tick| (tick - tick.round()).abs() < 1e-6) {
            texts.push(("middle", self.x.at(tick), bottom + 17.0, Written::Count.of(tick)));
        }
        texts.push(("end", right, self.height - 8.0, across.to_owned()));
        texts.push(("start", left + 4.0, EDGE - 2.0, up.to_owned()));
        let texts = texts.into_iter().map(|(anchor, x, y, text)| {
            view! {
                <text class="chart-text" text-anchor=anchor x=format!("{x:.1}") y=format!("{y:.1}")>
                    {text}
                </text>
            }
        });
        let texts = texts.collect_view();
        view! {
            <path class="chart-grid" d=grid></path>
            {texts}
        }
        .into_any()
    }

    fn lines(&self, limits: &[Limit], centre: f64) -> AnyView {
        let line = |value: fn(&Limit) -> f64| {
            let bottom = self.height - BELOW;
            let mut path = String::new();
            let mut out = true;
            for limit in limits {
                let (x, y) = (self.x.at(limit.volume), self.y.at(value(limit)));
                // Beyond the frame there is nothing to draw; the line begins where it comes in.
                let beyond = y < EDGE || y > bottom || x > self.width - EDGE;
                if !beyond {
                    let _ = write!(path, "{}{x:.1} {y:.1}", if out { 'M' } else { 'L' });
                }
                out = beyond;
            }
            path
        };
        let at = self.y.within(centre);
        view! {
            <path class="chart-limit-95" d=line(|limit| limit.low95)></path>
            <path class="chart-limit-95" d=line(|limit| limit.high95)></path>
            <path class="chart-limit-998" d=line(|limit| limit.low998)></path>
            <path class="chart-limit-998" d=line(|limit| limit.high998)></path>
            <path class="chart-centre" d=format!("M{LEFT} {at:.1}H{:.1}", self.width - EDGE)></path>
        }
        .into_any()
    }

    fn named(&self, dots: &[Dot], name: impl Fn(&Dot) -> String) -> AnyView {
        let all = dots.len() <= NAMED;
        let mut named: Vec<_> = dots.iter().filter(|dot| all || dot.standing > Standing::Inside).collect();
        named.sort_by_key(|dot| std::cmp::Reverse(dot.standing));
        let named: Vec<_> = named
            .into_iter()
            .take(NAMED)
            .map(|dot| {
                let (x, y) = self.place(dot);
                (x, y, name(dot))
            })
            .collect();
        let points: Vec<_> = dots.iter().filter(|_| all).map(|dot| self.place(dot)).collect();
        let frame = [LEFT, EDGE, self.width, self.height - BELOW];
        let labels = labels::place(named, &points, frame).into_iter().map(|label| {
            view! {
                <text class="chart-name" text-anchor=label.anchor x=format!("{:.1}", label.x) y=format!("{:.1}", label.y)>
                    {label.text}
                </text>
            }
        });
        labels.collect_view().into_any()
    }
}

/// What the marks and the lines mean.
#[component]
pub fn FunnelKey() -> impl IntoView {
    let i18n = use_i18n();
    let mark = |standing: Standing| {
        let mut path = String::new();
        standing.draw(&mut path, 10.0, 10.0);
        view! {
            <svg class="chart-key" viewBox="0 0 20 20" aria-hidden="true">
                <path class=standing.class() d=path></path>
            </svg>
        }
    };
    let line = |class: &'static str| {
        view! {
            <svg class="chart-key" viewBox="0 0 20 20" aria-hidden="true">
                <path class=class d="M0 10H20"></path>
            </svg>
        }
    };
    view! {
        <ul class="chart-keys">
            <li>{mark(Standing::Act)} {t!(i18n, compare.key.act)}</li>
            <li>{mark(Standing::Look)} {t!(i18n, compare.key.look)}</li>
            <li>{mark(Standing::Inside)} {t!(i18n, compare.key.inside)}</li>
            <li>{mark(Standing::TooFew)} {t!(i18n, compare.key.too_few)}</li>
            <li>{line("chart-limit-998")} {t!(i18n, compare.key.limit_998)}</li>
            <li>{line("chart-limit-95")} {t!(i18n, compare.key.limit_95)}</li>
            <li>{line("chart-centre")} {t!(i18n, compare.key.centre)}</li>
        </ul>
    }
}
