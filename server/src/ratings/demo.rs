//! Invented ratings at the center that a newcomer sees first: at its door and at three windows, on the working days of the
//! last weeks, a few of them bad; and form E, answered twice a day.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use domain::{
    FormVersionId, RatingPointId,
    calendar::{local_date, shanghai},
    evaluation::{
        flags::{Noticed, What},
        forms::{FormContent, FormKind},
        levels::{FiveLevel, FourLevel},
        ratings::{Answers, Opinion, Place, PointChannel},
    },
    items::POST_KIND,
    posts::PostStatus,
};

use super::{
    codes::Ticket,
    flags,
    service::{
        giving::{self, Given},
        opening, points,
    },
};
use crate::{
    auth::scope::Scope,
    clock::Clock,
    demo::Cast,
    error::Result,
    evaluation::forms::service::{counting, published},
    graphql::context::{App, Cx},
    posts,
};

/// The first day, so many days ago.
const AGO: u64 = 26;
/// How the levels come, again and again.
const COURSE: [FiveLevel; 10] = [
    FiveLevel::VerySatisfied,
    FiveLevel::Satisfied,
    FiveLevel::VerySatisfied,
    FiveLevel::BasicallySatisfied,
    FiveLevel::VerySatisfied,
    FiveLevel::VerySatisfied,
    FiveLevel::Satisfied,
    FiveLevel::VerySatisfied,
    FiveLevel::VerySatisfied,
    FiveLevel::Satisfied,
];
/// Days ago, at which point, the level, the reason that was ticked, in words, and a phone.
type Bad = (u64, usize, FiveLevel, &'static str, &'static str, Option<&'static str>);

const BAD: [Bad; 5] = [
    (25, 1, FiveLevel::Dissatisfied, "notice", "材料没有一次说全，来回跑了两趟。", Some("13800005678")),
    (20, 0, FiveLevel::Dissatisfied, "waiting", "等了快两个小时。", Some("13800006789")),
    (6, 1, FiveLevel::VeryDissatisfied, "attitude", "柜台解释政策时语气生硬。", Some("13800007890")),
    (4, 2, FiveLevel::Dissatisfied, "waiting", "叫号很慢，有两个窗口没人。", None),
    (2, 0, FiveLevel::Dissatisfied, "place", "自助打印机坏了一上午。", Some("13800008901")),
];
/// Who answers form E each day: the department they came to, and the row that they are less satisfied with every other day.
const SURVEYED: [(&str, &str); 2] = [("tax", "place"), ("hr", "speed")];
/// What others say, days ago.
const SAID: [(u64, &str); 4] =
    [(24, "办得很快，谢谢。"), (6, "导办很耐心。"), (5, "希望中午也能办。"), (3, "窗口的小伙子把表一项一项讲清楚了。")];

/// Puts them in; nothing where the city has published no forms.
///
/// # Errors
/// From the services.
pub async fn tell(app: &App, cast: &Cast) -> Result<()> {
    let teller = Teller { app, cast, now: app.clock.now() };
    let admin = teller.at(&cast.admin, AGO + 1, 9);
    let (windows, forms) = {
        let (tx, today) = (admin.read().await?, local_date(teller.now));
        let mut windows = posts::repo::posts(&tx).await?;
        windows.retain(|post| post.kind == POST_KIND && post.status == PostStatus::Active);
        (
            windows,
            (counting(&tx, FormKind::GoodBad, today).await?, counting(&tx, FormKind::Questionnaire, today).await?),
        )
    };
    let (Some(good_bad), Some(questionnaire)) = forms else { return Ok(()) };
    let mut all = vec![points::add(&admin, None, "一楼大厅出口", PointChannel::Qr).await?.id];
    for post in windows.iter().take(3) {
        all.push(points::add(&admin, Some(post.id), &points::name_of(post), PointChannel::Qr).await?.id);
    }
    let rules = app.rules(cast.center.city_id).await?;
    let (mut course, mut alike) = (COURSE.iter().copied().cycle(), true);
    for ago in (1..=AGO).rev() {
        let day = local_date(teller.now) - Days::new(ago);
        if !rules.calendar.is_working(day)? {
            continue;
        }
        let opinions = teller.of_day(ago, all.len(), &mut course);
        for (at, opinion) in opinions {
            let Some(point) = all.get(at) else { continue };
            teller.gives(ago, *point, good_bad, Given::Rating(opinion)).await?;
        }
        for (door, whose) in all.first().into_iter().cycle().zip(SURVEYED) {
            let answers = teller.answers(ago, day, questionnaire, whose).await?;
            teller.gives(ago, *door, questionnaire, Given::Survey(answers)).await?;
        }
        if let (Some(window), true) = (all.get(1), alike && ago <= ALIKE_AGO) {
            alike = false;
            teller.alike(ago, day, *window, good_bad).await?;
        }
        let after = app.at(Clock::fixed(teller.time(ago - 1, 0) + TimeDelta::minutes(15)));
        opening::sweep(&after, &cast.center).await?;
        flags::service::sweep(&after, &cast.center, day + Days::new(1)).await?;
    }
    Ok(())
}

/// From one phone so many ratings, on the first working day from so many days ago on.
const ALIKE_AGO: u64 = 17;
const ALIKE: u16 = 6;

struct Teller<'a> {
    app: &'a App,
    cast: &'a Cast,
    now: DateTime<Utc>,
}

impl Teller<'_> {
    /// What is given on a day, and at which point.
    fn of_day(&self, ago: u64, points: usize, course: &mut impl Iterator<Item = FiveLevel>) -> Vec<(usize, Opinion)> {
        // Three at the door, two at the first window, one at the second, now and then one at the third.
        let busy = [0, 0, 0, 1, 1, 2].into_iter().chain(ago.is_multiple_of(2).then_some(3)).filter(|at| *at < points);
        let mut given: Vec<_> = busy.zip(course).map(|(at, level)| (at, plain(level))).collect();
        let said = SAID.iter().filter(|(day, _)| *day == ago).map(|(_, words)| (*words).to_owned());
        for (remark, (_, opinion)) in said.zip(&mut given) {
            opinion.remark = Some(remark);
        }
        for (_, at, level, reason, words, phone) in BAD.iter().filter(|(day, ..)| *day == ago) {
            let opinion = Opinion {
                reasons: vec![(*reason).to_owned()],
                remark: Some((*words).to_owned()),
                contact: phone.map(ToOwned::to_owned),
                ..plain(*level)
            };
            given.push((*at, opinion));
        }
        given
    }

    async fn answers(
        &self,
        ago: u64,
        day: NaiveDate,
        form: FormVersionId,
        (department, weak): (&str, &str),
    ) -> Result<Answers> {
        let cx = self.at(&self.cast.admin, ago, 10);
        let (_, content) = published(&*cx.read().await?, form).await?;
        let rows = match content {
            FormContent::Questionnaire(content) => content.rows,
            _ => Vec::new(),
        };
        let level = |code: &str, n: u64| match (ago + n) % 4 {
            _ if code == weak && ago.is_multiple_of(2) => FourLevel::NotVerySatisfied,
            0 => FourLevel::FairlySatisfied,
            _ => FourLevel::Satisfied,
        };
        let rows = rows.into_iter().zip(0..).map(|(line, n)| {
            let level = level(&line.code, n);
            (line.code, level)
        });
        let rows = rows.collect();
        Ok(Answers { visited_on: Some(day), department: Some(department.to_owned()), rows, remark: None })
    }

    async fn gives(&self, ago: u64, point: RatingPointId, form: FormVersionId, given: Given) -> Result<()> {
        let cx = self.at(&Scope::public(&self.cast.center), ago, 10);
        let place = Place { center: self.cast.center.id, point: Some(point), channel: PointChannel::Qr, form };
        let ticket = Ticket::at(point, local_date(cx.now()))?;
        giving::cast(&cx, ticket, place, given).await.map(drop)
    }

    /// Somebody rates one window again and again from one phone, which shows.
    async fn alike(&self, ago: u64, day: NaiveDate, point: RatingPointId, form: FormVersionId) -> Result<()> {
        for n in 0..ALIKE {
            self.gives(ago, point, form, Given::Rating(plain(FiveLevel::VerySatisfied))).await?;
            let (slot, what) = (110 + n * 12, What::Rating { top: true });
            let noticed = Noticed { slot, device: 1, network: 1, seconds: Some(9), what };
            self.app.watch.put(self.cast.center.id, day, Some(point), noticed);
        }
        Ok(())
    }

    /// An hour of a day, so many days ago.
    fn time(&self, ago: u64, hour: u32) -> DateTime<Utc> {
        let day = local_date(self.now) - Days::new(ago);
        let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        day.and_time(time).and_local_timezone(shanghai()).single().map_or(self.now, |at| at.to_utc())
    }

    fn at(&self, scope: &Scope, ago: u64, hour: u32) -> Cx {
        Cx::new(self.app.at(Clock::fixed(self.time(ago, hour))), Some(scope.clone()), None, "demo".to_owned())
    }
}

fn plain(level: FiveLevel) -> Opinion {
    Opinion { level, indicators: Vec::new(), reasons: Vec::new(), remark: None, contact: None }
}
