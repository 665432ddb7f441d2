//! Invented ratings of the last months in every center of a demo, so that its city has something to compare: centers that
//! are alike, a large one that is better, one that is somewhat worse, and one with trouble at its kiosk, since three weeks.

use chrono::{Datelike, Days, Months, NaiveDate};
use domain::{
    RatingPointId,
    calendar::{WorkingCalendar, local_date},
    evaluation::{
        forms::FormKind,
        levels::FiveLevel,
        ratings::{PointChannel, PointKind, monday},
    },
    permission::Permission,
};
use entity::service_day;
use fastrand::Rng;
use sea_orm::ActiveValue::Set;

use super::{counting::Counted, service};
use crate::{
    auth::scope::Scope,
    db::{AuditEvent, Verb, WriteTx},
    demo::Cast,
    error::Result,
    evaluation::forms::service::counting,
    graphql::context::App,
    load::ratings::{Invented, add_point, id, write},
    ratings::repo,
};

/// The months before this one.
const MONTHS: u32 = 3;
/// The center with trouble, since the Monday so many days before this week's, and how many of 1,000 are bad there then.
const TROUBLED: &str = "sanxiang";
const TROUBLE_AGO: u64 = 21;
const TROUBLE: usize = 400;
/// Ratings on a working day, and how many of 1,000 are bad: as if by chance alone, but for 小榄镇 and 古镇镇.
const HALLS: [(&str, usize, usize); 23] = [
    ("shiqi", 5, 38),
    ("dongqu", 14, 36),
    ("xiqu", 11, 33),
    ("nanqu", 8, 60),
    ("wuguishan", 1, 60),
    ("zhongshangang", 12, 46),
    ("minzhong", 6, 30),
    ("nanlang", 5, 56),
    ("xiaolan", 30, 24),
    ("guzhen", 16, 82),
    ("henglan", 8, 33),
    ("gangkou", 9, 52),
    ("shaxi", 10, 38),
    ("dachong", 5, 26),
    ("huangpu", 9, 58),
    ("nantou", 8, 36),
    ("dongfeng", 11, 50),
    ("fusha", 4, 55),
    ("sanjiao", 9, 32),
    ("tanzhou", 13, 48),
    ("banfu", 4, 40),
    ("shenwan", 3, 30),
    (TROUBLED, 14, 40),
];
/// How the good levels come, again and again.
const COURSE: [FiveLevel; 5] = [
    FiveLevel::VerySatisfied,
    FiveLevel::Satisfied,
    FiveLevel::VerySatisfied,
    FiveLevel::VerySatisfied,
    FiveLevel::BasicallySatisfied,
];

/// Puts them in, up to the first day on which the center has ratings already; nothing where the city has published no form.
///
/// # Errors
/// From the database.
pub async fn tell(app: &App, cast: &Cast) -> Result<()> {
    let center = &cast.center;
    let Some((_, busy, bad)) = HALLS.iter().copied().find(|(code, ..)| *code == center.code) else { return Ok(()) };
    let rules = app.rules(center.city_id).await?;
    let mut tx = app.db.write(&Scope::job(center, "demo").require(Permission::RatingGive)?).await?;
    let today = local_date(tx.now());
    let Some(form) = counting(&tx, FormKind::GoodBad, today).await? else { return Ok(()) };
    let until = repo::first_day(&tx).await?.unwrap_or(today);
    let seed = center.code.bytes().fold(7_u64, |seed, byte| seed.wrapping_mul(31).wrapping_add(byte.into()));
    let mut rng = Rng::with_seed(seed);
    let trouble = (center.code == TROUBLED).then(|| monday(today) - Days::new(TROUBLE_AGO));
    let mut hall = Hall { points: points(&mut tx, &mut rng).await?, busy, bad, trouble, ..Hall::default() };
    let mut counted = Counted::default();
    let first = today.with_day(1).and_then(|first| first.checked_sub_months(Months::new(MONTHS))).unwrap_or(today);
    for day in first.iter_days().take_while(|day| *day < until) {
        let given = hall.day(&rules.calendar, day)?;
        write(&mut tx, &mut rng, &mut counted, (form, day), &given).await?;
    }
    served(&mut tx, &mut counted, &hall, first.iter_days().take_while(|day| *day < today), &rules.calendar).await?;
    service::count(&mut tx, counted).await?;
    tx.commit(AuditEvent::of(Verb::SampleLoaded).with_detail(format!("{} ratings", hall.given))).await
}

/// As many services as ratings would suggest: one of six to nine rates, fewer where a hall is large.
async fn served(
    tx: &mut WriteTx,
    counted: &mut Counted,
    hall: &Hall,
    days: impl Iterator<Item = NaiveDate>,
    calendar: &WorkingCalendar,
) -> Result<()> {
    let now = tx.now();
    let mut rows = Vec::new();
    for day in days {
        if calendar.is_working(day)? {
            let busy = u32::try_from(hall.busy).unwrap_or(0);
            let services = busy * (6 + busy / 8) + (day.day() * 7 + busy) % (busy + 3);
            counted.services(day, services.into());
            rows.push(service_day::ActiveModel {
                day: Set(day),
                services: Set(i32::try_from(services).unwrap_or(0)),
                teller_id: Set(None),
                told_at: Set(now),
                version: Set(1),
                ..Default::default()
            });
        }
    }
    tx.insert_many(rows).await
}

/// Where people rate: the points of the whole center, or new ones by the door and at the kiosk.
#[derive(Clone, Copy, Default)]
struct Points {
    door: Option<RatingPointId>,
    kiosk: Option<RatingPointId>,
}

async fn points(tx: &mut WriteTx, rng: &mut Rng) -> Result<Points> {
    let known = repo::points(tx).await?;
    let at = |channel| {
        let point = known.iter().find(|point| point.kind == PointKind::Center && point.channel == channel);
        point.map(|point| point.id)
    };
    if let Some(door) = at(PointChannel::Qr) {
        return Ok(Points { door: Some(door), kiosk: at(PointChannel::Kiosk) });
    }
    let (door, kiosk) = (RatingPointId(id(rng)), RatingPointId(id(rng)));
    add_point(tx, door, "大厅出口", PointChannel::Qr).await?;
    add_point(tx, kiosk, "一体机", PointChannel::Kiosk).await?;
    Ok(Points { door: Some(door), kiosk: Some(kiosk) })
}

#[derive(Default)]
struct Hall {
    points: Points,
    busy: usize,
    bad: usize,
    trouble: Option<NaiveDate>,
    given: usize,
    at_door: Spread,
    at_kiosk: Spread,
    in_trouble: Spread,
    good: usize,
    bad_given: usize,
}

/// So many of 1,000, evenly among those that were given.
#[derive(Default)]
struct Spread(usize);

impl Spread {
    fn next(&mut self, of_1000: usize) -> bool {
        let before = self.0 * of_1000 / 1000;
        self.0 += 1;
        self.0 * of_1000 / 1000 > before
    }
}

impl Hall {
    /// What is given on a day; three of ten rate at the kiosk.
    fn day(&mut self, calendar: &WorkingCalendar, day: NaiveDate) -> Result<Vec<Invented>> {
        let mut given = Vec::new();
        if !calendar.is_working(day)? {
            return Ok(given);
        }
        let trouble = self.trouble.is_some_and(|since| day >= since);
        for _ in 0..self.busy {
            let kiosk = self.points.kiosk.filter(|_| matches!(self.given % 10, 3 | 6 | 9));
            let bad = match (kiosk, trouble) {
                (None, _) => self.at_door.next(self.bad),
                (Some(_), false) => self.at_kiosk.next(self.bad),
                (Some(_), true) => self.in_trouble.next(TROUBLE),
            };
            let channel = if kiosk.is_some() { PointChannel::Kiosk } else { PointChannel::Qr };
            given.push(Invented { point: kiosk.or(self.points.door), channel, level: self.level(bad) });
            self.given += 1;
        }
        Ok(given)
    }

    fn level(&mut self, bad: bool) -> FiveLevel {
        if bad {
            self.bad_given += 1;
            return if self.bad_given.is_multiple_of(4) {
                FiveLevel::VeryDissatisfied
            } else {
                FiveLevel::Dissatisfied
            };
        }
        self.good += 1;
        COURSE[self.good % COURSE.len()]
    }
}
