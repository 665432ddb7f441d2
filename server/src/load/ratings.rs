//! Invented ratings in any number, on the closed days of the last year: as the job that opens them leaves them, with the
//! counts of each day, its root and the figures by which the city compares.

use std::collections::BTreeMap;

use anyhow::{Context, ensure};
use chrono::{Days, NaiveDate};
use domain::{
    FormVersionId, RatingId, RatingPointId, TallyId,
    calendar::local_date,
    evaluation::{
        forms::{FormKind, FormStatus},
        levels::FiveLevel,
        ratings::{PointChannel, PointKind, RatingOrigin},
        tally::{self, Counts, Kept},
    },
    permission::Permission,
};
use entity::{form_version, rating, rating_point, rating_root, rating_tally};
use fastrand::Rng;
use sea_orm::{ActiveValue::Set, ColumnTrait};
use uuid::Uuid;

use crate::{
    analytics::{
        self,
        counting::{Counted, Rated},
    },
    auth::scope::Scope,
    crypto::{hex, sha256},
    db::{AuditEvent, ReadTx, Verb, WriteTx, identity::Center},
    graphql::context::App,
    ratings::service::opening::tally_line,
};

/// The days that the ratings lie on.
const DAYS: usize = 364;
/// Rows written at once.
const AT_ONCE: usize = 10_000;
/// What is rated besides the whole, and what is ticked.
const NO_MARKS: &str = r#"{"indicators":[],"reasons":[]}"#;

/// How many ratings there are to be.
#[derive(Clone, Copy, Debug)]
pub struct RatingLoad {
    /// Over all centers.
    pub ratings: usize,
    /// Another seed, other ratings.
    pub seed: u64,
}

/// Fills every center alike, each in one transaction.
///
/// # Errors
/// When a center holds a real case or any rating, or the database fails: the centers before it are filled then.
pub async fn fill(app: &App, load: RatingLoad) -> anyhow::Result<()> {
    let centers = app.db.identity().all_centers().await?;
    ensure!(!centers.is_empty(), "there is no center to fill");
    for center in &centers {
        let tx = app.db.read(&Scope::job(center, "load")).await?;
        super::refuse_real(&tx, center).await?;
        refuse_rated(&tx, center).await?;
    }
    let (share, rest) = (load.ratings / centers.len(), load.ratings % centers.len());
    for (i, center) in centers.iter().enumerate() {
        let ratings = share + usize::from(i < rest);
        let seed = load.seed.wrapping_add(u64::try_from(i)?.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        fill_center(app, center, RatingLoad { ratings, seed }).await.with_context(|| center.code.clone())?;
    }
    Ok(())
}

async fn refuse_rated(tx: &ReadTx, center: &Center) -> anyhow::Result<()> {
    let rated = tx.select::<rating::Entity>()?.limit(1).all().await?;
    ensure!(rated.is_empty(), "center {} has ratings already", center.code);
    Ok(())
}

async fn fill_center(app: &App, center: &Center, load: RatingLoad) -> anyhow::Result<()> {
    let mut tx = app.db.write(&Scope::job(center, "load").require(Permission::RatingGive)?).await?;
    refuse_rated(&tx, center).await?;
    let mut rng = Rng::with_seed(load.seed);
    let (form, point) = (form(&tx).await?, RatingPointId(id(&mut rng)));
    add_point(&mut tx, point, "大厅", PointChannel::Qr).await?;
    let mut hall = Hall { form, point, bad: bad_of_10_000(&mut rng), rng, counted: Counted::default() };
    let first = local_date(tx.now()) - Days::new(u64::try_from(DAYS)?);
    let (each, more) = (load.ratings / DAYS, load.ratings % DAYS);
    for (i, day) in first.iter_days().take(DAYS).enumerate() {
        hall.day(&mut tx, day, each + usize::from(i < more)).await?;
    }
    analytics::service::count(&mut tx, hall.counted).await?;
    let detail = format!("{} ratings, seed {}", load.ratings, load.seed);
    tx.commit(AuditEvent::of(Verb::SampleLoaded).with_detail(detail)).await?;
    Ok(())
}

/// The form by which the ratings are given.
async fn form(tx: &ReadTx) -> anyhow::Result<FormVersionId> {
    use form_version::Column as C;
    let forms = tx.city::<form_version::Entity>().filter(C::Kind.eq(FormKind::GoodBad));
    let form = forms.filter(C::Status.eq(FormStatus::Published)).one().await?;
    Ok(form.context("the city has published no form for good-bad ratings: fill a database set up for a demo")?.id)
}

/// Adds a point of the whole center.
pub(crate) async fn add_point(
    tx: &mut WriteTx,
    id: RatingPointId,
    name: &str,
    channel: PointChannel,
) -> anyhow::Result<()> {
    let row = rating_point::ActiveModel {
        id: Set(id),
        kind: Set(PointKind::Center),
        post_id: Set(None),
        name: Set(name.to_owned()),
        channel: Set(channel),
        revoked_at: Set(None),
        demo: Set(true),
        version: Set(1),
        ..Default::default()
    };
    tx.insert(row).await?;
    Ok(())
}

/// Most centers are alike; a tenth of them has thrice as many who are dissatisfied.
fn bad_of_10_000(rng: &mut Rng) -> u32 {
    let usual = rng.u32(80..140);
    if rng.u32(0..10) == 0 { usual * 3 } else { usual }
}

/// Random, as the ids of ratings are, and the same for the same seed.
pub(crate) fn id(rng: &mut Rng) -> Uuid {
    let mut bytes = [0; 16];
    rng.fill(&mut bytes);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

struct Hall {
    form: FormVersionId,
    point: RatingPointId,
    bad: u32,
    rng: Rng,
    counted: Counted,
}

impl Hall {
    /// The ratings of a day that is over.
    async fn day(&mut self, tx: &mut WriteTx, day: NaiveDate, ratings: usize) -> anyhow::Result<()> {
        let mut given = Vec::with_capacity(ratings);
        for _ in 0..ratings {
            let (channel, level) = (self.channel(), self.level());
            let point = (channel == PointChannel::Qr).then_some(self.point);
            given.push(Invented { point, channel, level });
        }
        write(tx, &mut self.rng, &mut self.counted, (self.form, day), &given).await
    }

    fn channel(&mut self) -> PointChannel {
        match self.rng.u32(0..100) {
            0..70 => PointChannel::Qr,
            70..95 => PointChannel::Kiosk,
            _ => PointChannel::Link,
        }
    }

    fn level(&mut self) -> FiveLevel {
        match self.rng.u32(0..10_000) {
            bad if bad < self.bad / 4 => FiveLevel::VeryDissatisfied,
            bad if bad < self.bad => FiveLevel::Dissatisfied,
            0..600 => FiveLevel::BasicallySatisfied,
            600..2500 => FiveLevel::Satisfied,
            _ => FiveLevel::VerySatisfied,
        }
    }
}

/// A rating as it is invented.
pub(crate) struct Invented {
    /// At which point.
    pub point: Option<RatingPointId>,
    /// How it came in.
    pub channel: PointChannel,
    /// What it says.
    pub level: FiveLevel,
}

/// Writes the ratings of a day that is over, by a form, with the counts of the day and its root; the audit tells of it.
pub(crate) async fn write(
    tx: &mut WriteTx,
    rng: &mut Rng,
    counted: &mut Counted,
    (form, day): (FormVersionId, NaiveDate),
    given: &[Invented],
) -> anyhow::Result<()> {
    let mut tallied: BTreeMap<(Option<RatingPointId>, FiveLevel), i32> = BTreeMap::new();
    let (mut committed, mut counts) = (Vec::with_capacity(given.len()), Counts::default());
    let mut rows = Vec::new();
    for Invented { point, channel, level } in given {
        let (point, channel, level) = (*point, *channel, *level);
        let mut commitment = [0; 32];
        rng.fill(&mut commitment);
        *tallied.entry((point, level)).or_default() += 1;
        counted.ratings(Rated { day, channel, form, level, origin: RatingOrigin::Active }, false, 1);
        counts.rating(Kept { origin: RatingOrigin::Active, channel, form }, level);
        rows.push(rating::ActiveModel {
            id: Set(RatingId(id(rng))),
            point_id: Set(point),
            post_id: Set(None),
            day: Set(day),
            channel: Set(channel),
            form_version: Set(form),
            level: Set(level),
            indicators: Set(NO_MARKS.to_owned()),
            origin: Set(RatingOrigin::Active),
            commitment: Set(hex(&commitment)),
            ..Default::default()
        });
        committed.push(commitment);
        if rows.len() == AT_ONCE {
            tx.insert_many(std::mem::take(&mut rows)).await?;
        }
    }
    tx.insert_many(rows).await?;
    let mut tallies = Vec::new();
    for ((point, level), count) in tallied {
        tallies.push(rating_tally::ActiveModel {
            id: Set(TallyId(id(rng))),
            day: Set(day),
            point_id: Set(point),
            origin: Set(RatingOrigin::Active),
            level: Set(level),
            ratings: Set(count),
            ..Default::default()
        });
    }
    tx.insert_many(tallies).await?;
    let root = hex(&tally::root(sha256, &committed, &counts));
    let closed = AuditEvent::of(Verb::RatingDayClosed).with_detail(tally_line(day, committed.len(), &root));
    let row = rating_root::ActiveModel {
        day: Set(day),
        ratings: Set(i32::try_from(committed.len()).unwrap_or(i32::MAX)),
        root: Set(root),
        ..Default::default()
    };
    tx.insert_many(vec![row]).await?;
    tx.record(id(rng), closed);
    Ok(())
}
