//! The city's rounds over GraphQL.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    CenterId, CityRoundId, FormVersionId,
    campaigns::{
        CampaignKind, CampaignStatus,
        city::{CityRoundAction, CityRoundStatus},
    },
    evaluation::forms::FormKind,
};
use entity::{city_round, form_version::Summary, round_part};

use super::service::{self, Choices, Page};
use crate::{
    campaigns::service::planning::Typed,
    db::identity::Center,
    error::Result,
    graphql::{context::ContextExt, tidy},
    posts::service::Seen,
};

/// A round that the city organises in several centers.
#[derive(SimpleObject)]
pub struct CityRound {
    /// Its id.
    id: CityRoundId,
    /// How often it was changed.
    version: i32,
    /// Who rates in it.
    kind: CampaignKind,
    /// What it is called.
    name: String,
    /// The first day on which forms are taken.
    starts_on: NaiveDate,
    /// The last one.
    ends_on: NaiveDate,
    /// Until when its raters read replies.
    replies_until: NaiveDate,
    /// A mean is shown of so many forms at least.
    least: i32,
    /// What the raters are told beforehand.
    briefing: String,
    /// Where it is.
    status: CityRoundStatus,
}

/// A round of the city with each center's part in it.
#[derive(SimpleObject)]
pub struct CityRoundPage {
    /// The round.
    round: CityRound,
    /// The number of the form's version.
    form_number: i32,
    /// Its centers, in the city's order: nothing is ranked.
    parts: Vec<CityRoundPart>,
    /// What may be done with it now.
    actions: Vec<CityRoundAction>,
}

/// A center's part in a round of the city, as the center tells it.
#[derive(SimpleObject)]
pub struct CityRoundPart {
    /// The center.
    center: CityRoundCenter,
    /// Where its round is; null before it has one.
    status: Option<CampaignStatus>,
    /// The code of what keeps it from following the city.
    problem: Option<String>,
    /// How many raters were named.
    named: i32,
    /// How many take part.
    accepted: i32,
    /// How many forms were handed in.
    handed_in: i32,
    /// How many remarks nobody has worked through.
    open_remarks: i32,
    /// What the center came to, in hundredths of a point; null before it is published, and of too few forms.
    mean: Option<i32>,
    /// Of how many forms; null with it.
    forms: Option<i32>,
    /// When the center told this; null when it has not yet.
    told_at: Option<DateTime<Utc>>,
}

/// A center of the city.
#[derive(SimpleObject)]
pub struct CityRoundCenter {
    /// Its id.
    id: CenterId,
    /// Its Chinese name.
    name_zh: String,
    /// Its English name.
    name_en: String,
}

/// A form that a round of the city may use.
#[derive(SimpleObject)]
pub struct CityRoundForm {
    /// Its id.
    id: FormVersionId,
    /// What it is for.
    kind: FormKind,
    /// The number of its version.
    number: i32,
    /// From when it counts.
    valid_from: Option<NaiveDate>,
}

/// What a round of the city is put together from.
#[derive(SimpleObject)]
pub struct CityRoundChoices {
    /// Centers at work.
    centers: Vec<CityRoundCenter>,
    /// Forms.
    forms: Vec<CityRoundForm>,
}

/// A round of the city to be planned.
#[derive(InputObject)]
pub struct PlanCityRoundInput {
    /// Who rates in it: a kind that rates a center as a whole.
    kind: CampaignKind,
    /// In which centers.
    centers: Vec<CenterId>,
    /// By which version of a form.
    form: FormVersionId,
    /// What it is called.
    name: String,
    /// The first day on which forms are taken.
    starts_on: NaiveDate,
    /// The last one.
    ends_on: NaiveDate,
    /// Until when its raters read replies; the city's days after its end without one.
    replies_until: Option<NaiveDate>,
    /// A mean is shown of so many forms at least; the city's number without one.
    least: Option<u32>,
    /// What the raters are told beforehand.
    briefing: String,
}

/// A round of the city as it was seen.
#[derive(InputObject)]
pub struct SeenCityRoundInput {
    /// Its id.
    id: CityRoundId,
    /// Its version.
    version: i32,
}

/// Queries about the city's rounds.
#[derive(Default)]
pub struct CityRoundsQuery;

#[Object]
impl CityRoundsQuery {
    /// The city's rounds, the newest first, at most 100.
    #[graphql(complexity = "10 + child_complexity")]
    async fn city_rounds(&self, ctx: &Context<'_>) -> Result<Vec<CityRound>> {
        Ok(service::list(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }

    /// One of them, with each center's part in it.
    #[graphql(complexity = "20 + child_complexity")]
    async fn city_round(&self, ctx: &Context<'_>, id: CityRoundId) -> Result<CityRoundPage> {
        Ok(service::page(ctx.cx()?, id).await?.into())
    }

    /// What a round of the city is put together from.
    #[graphql(complexity = "10 + child_complexity")]
    async fn city_round_choices(&self, ctx: &Context<'_>) -> Result<CityRoundChoices> {
        Ok(service::choices(ctx.cx()?).await?.into())
    }
}

/// Organising rounds in the city's centers.
#[derive(Default)]
pub struct CityRoundsMutation;

#[Object]
impl CityRoundsMutation {
    /// Plan a round in some centers, in each of them at once.
    async fn plan_city_round(&self, ctx: &Context<'_>, input: PlanCityRoundInput) -> Result<CityRoundPage> {
        let PlanCityRoundInput { kind, centers, form, name, starts_on, ends_on, replies_until, least, briefing } =
            input;
        let (name, briefing) = (tidy(&name), tidy(&briefing));
        let typed = Typed { form, name, starts_on, ends_on, replies_until, least, briefing };
        Ok(service::plan(ctx.cx()?, kind, centers, typed).await?.into())
    }

    /// Let the raters of all its centers begin.
    async fn open_city_round(&self, ctx: &Context<'_>, input: SeenCityRoundInput) -> Result<CityRoundPage> {
        Ok(service::act(ctx.cx()?, input.into(), CityRoundAction::Open).await?.into())
    }

    /// Take no form any more, in any of its centers.
    async fn close_city_round(&self, ctx: &Context<'_>, input: SeenCityRoundInput) -> Result<CityRoundPage> {
        Ok(service::act(ctx.cx()?, input.into(), CityRoundAction::Close).await?.into())
    }
}

impl From<SeenCityRoundInput> for Seen<CityRoundId> {
    fn from(SeenCityRoundInput { id, version }: SeenCityRoundInput) -> Self {
        Self { id, version }
    }
}

impl From<city_round::Model> for CityRound {
    fn from(row: city_round::Model) -> Self {
        Self {
            id: row.id,
            version: row.version,
            kind: row.kind,
            name: row.name,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            replies_until: row.replies_until,
            least: row.least,
            briefing: row.briefing,
            status: row.status,
        }
    }
}

impl From<Center> for CityRoundCenter {
    fn from(center: Center) -> Self {
        Self { id: center.id, name_zh: center.name_zh, name_en: center.name_en }
    }
}

impl From<(Center, Option<round_part::Model>)> for CityRoundPart {
    fn from((center, told): (Center, Option<round_part::Model>)) -> Self {
        let number = |read: fn(&round_part::Model) -> i32| told.as_ref().map_or(0, read);
        Self {
            center: center.into(),
            status: told.as_ref().and_then(|part| part.status),
            named: number(|part| part.named),
            accepted: number(|part| part.accepted),
            handed_in: number(|part| part.handed_in),
            open_remarks: number(|part| part.open_remarks),
            mean: told.as_ref().and_then(|part| part.mean),
            forms: told.as_ref().and_then(|part| part.forms),
            told_at: told.as_ref().map(|part| part.told_at),
            problem: told.and_then(|part| part.problem),
        }
    }
}

impl From<Page> for CityRoundPage {
    fn from(Page { row, form_number, parts, actions }: Page) -> Self {
        Self { round: row.into(), form_number, parts: parts.into_iter().map(Into::into).collect(), actions }
    }
}

impl From<Choices> for CityRoundChoices {
    fn from(Choices { centers, forms }: Choices) -> Self {
        let form = |Summary { id, kind, number, valid_from, .. }| CityRoundForm { id, kind, number, valid_from };
        Self { centers: centers.into_iter().map(Into::into).collect(), forms: forms.into_iter().map(form).collect() }
    }
}
