//! What a kiosk asks of the server, and what it keeps of the answers.

use cynic::{MutationBuilder, QueryBuilder};
use domain::{FormVersionId, evaluation::levels::FiveLevel};
use serde::{Deserialize, Serialize};

use super::{
    ApiError,
    client::exchange,
    ratings::{Line, RatedIndicatorInput},
    request, run, schema,
};

/// What is shown.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "KioskPage")]
pub struct Page {
    pub center_zh: String,
    pub center_en: String,
    pub point: String,
    pub code: String,
    pub form: FormVersionId,
    pub indicators: Vec<Line>,
    pub reasons: Vec<Line>,
    pub pin: String,
    pub demo: bool,
}

#[derive(cynic::QueryVariables)]
struct Of {
    center: String,
    credential: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "Of")]
struct PageQuery {
    #[arguments(center: $center, credential: $credential)]
    kiosk_page: Page,
}

#[derive(Deserialize)]
struct Answer {
    data: PageQuery,
}

/// What is shown for a credential; with the answer as it came, to be kept for when there is no network.
///
/// # Errors
/// Whatever the server or the network says.
pub async fn page(center: String, credential: String) -> Result<(Page, String), ApiError> {
    let answer = exchange(request(&PageQuery::build(Of { center, credential }))?).await?;
    let page = read(&answer).ok_or_else(|| ApiError::of("INTERNAL"))?;
    Ok((page, answer))
}

/// Reads an answer that was kept; none that this page does not understand any more.
pub fn read(answer: &str) -> Option<Page> {
    serde_json::from_str::<Answer>(answer).ok().map(|answer| answer.data.kiosk_page)
}

/// A rating that waits to be sent. No time is in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Waiting {
    /// Drawn for it, so that it counts once.
    pub key: String,
    /// Where it was given.
    pub center: String,
    pub code: String,
    pub form: FormVersionId,
    pub level: FiveLevel,
    pub indicators: Vec<(String, FiveLevel)>,
    pub reasons: Vec<String>,
    pub remark: Option<String>,
}

#[derive(cynic::InputObject)]
struct GiveKioskRatingInput {
    center: String,
    credential: String,
    idempotency_key: String,
    point: String,
    form: FormVersionId,
    level: FiveLevel,
    indicators: Vec<RatedIndicatorInput>,
    reasons: Vec<String>,
    remark: Option<String>,
}

#[derive(cynic::QueryVariables)]
struct Given {
    input: GiveKioskRatingInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "Given")]
struct Give {
    #[arguments(input: $input)]
    give_kiosk_rating: bool,
}

/// Sends a rating by a credential. Whether it had not come before; either way it is there.
///
/// # Errors
/// Whatever the server or the network says: then it has to be sent again.
pub async fn give(credential: String, waiting: Waiting) -> Result<bool, ApiError> {
    let Waiting { key, center, code, form, level, indicators, reasons, remark } = waiting;
    let indicators = indicators.into_iter().map(|(code, level)| RatedIndicatorInput { code, level }).collect();
    let input = GiveKioskRatingInput {
        center,
        credential,
        idempotency_key: key,
        point: code,
        form,
        level,
        indicators,
        reasons,
        remark,
    };
    Ok(run(Give::build(Given { input })).await?.give_kiosk_rating)
}
