//! Pages with an aim in time: who is where, and what model posts lack. On a database that `gangping load --posts …` filled.

use std::{net::SocketAddr, time::Duration};

use anyhow::ensure;
use api_tests::http::Client;
use serde_json::json;

use crate::measure;

const BOARD: &str = "query BoardQuery { postBoard { on isWorking posts { post { id version code name kind status \
    departmentId windowNo location publicPhone openHours duties dutiesReviewedOn leadId extra { key value } demo } \
    places { staff presence insteadOf } } people { id name } } }";
const GAPS: &str = "query GapsQuery { modelGaps { row { title { id version postId kind status recheckOn endsOn stars } \
    postCode postName leadId } on breaches gaps { code clause severity breach breachOn have need total activity check \
    periodFrom evidence people } } }";

/// Asks for each page in turn, one request after another, and prints a line for each.
pub async fn run(server: SocketAddr, posts: usize, each: Duration) -> anyhow::Result<()> {
    let mut client = Client::connect(server).await?;
    client.sign_in("admin.shiqi", "demo-gangping-2026").await?;
    let board = client.graphql(BOARD, json!({})).await?;
    let there = board["postBoard"]["posts"].as_array().map_or(0, Vec::len);
    ensure!(there >= posts, "{there} posts instead of {posts}: fill the database with `gangping load --posts {posts}`");
    let gaps = client.graphql(GAPS, json!({})).await?;
    let rows = gaps["modelGaps"].as_array().map(Vec::as_slice).unwrap_or_default();
    let found: usize = rows.iter().filter_map(|row| row["gaps"].as_array()).map(Vec::len).sum();
    ensure!(found > 0, "nothing is missing at {} model posts: that is not what is to be measured", rows.len());
    for (what, query, begins) in [
        (format!("board, {there} posts"), BOARD, "{\"data\":{\"postBoard\":{"),
        (format!("gaps, {found} at {} posts", rows.len()), GAPS, "{\"data\":{\"modelGaps\":["),
    ] {
        let request = client.request(query, json!({}));
        let http = measure::Http { client: client.again().await?, request, begins };
        measure::alone(&what, http, each).await?;
    }
    Ok(())
}
