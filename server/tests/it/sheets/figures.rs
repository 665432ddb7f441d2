//! Figures of centers that leave as workbooks: what the page shows, what it was made of, and nothing that it hides.

use calamine::{Data, DataType};
use domain::metrics::Metric;
use serde_json::json;
use server::{both_dbs, testing::TestDb};

use super::{below, lines, list, sheets, signed_in, text};
use crate::{
    analytics::{add, city_of, closed},
    world::{World, codes},
};

const CITY: &str = "city.zs";
const JANUARY: &str = "from=2026-01-01&to=2026-01-31&lang=en";

/// Three towns with ratings of two channels, and two with too few.
async fn towns(test: TestDb) -> World {
    let world = city_of(test, 5).await;
    let form = uuid::Uuid::from_u128(7);
    let (qr, kiosk) = (format!("qr/{form}"), format!("kiosk/{form}"));
    let (on, rate) = ("2026-01-07", Metric::SatisfactionRate);
    for (code, satisfied) in [("c00", 930), ("c01", 860), ("c02", 940)] {
        let rows = [
            (rate, on, qr.as_str(), [satisfied, 1000, 2]),
            (rate, on, kiosk.as_str(), [45, 50, 0]),
            (Metric::BadRatingRate, on, qr.as_str(), [1000 - satisfied, 1000, 2]),
            (Metric::MedianDays, on, "normal/004", [60, 60, 0]),
        ];
        add(&world, code, &rows).await;
    }
    for (code, of) in [("c03", 4), ("c04", 3)] {
        add(&world, code, &[(rate, on, qr.as_str(), [2, of, 0])]).await;
    }
    world
}

fn column(lines: &[Vec<Data>], head: &str) -> Vec<String> {
    (1..lines.len()).map(|line| text(below(lines, head, line))).collect()
}

both_dbs!(a_comparison_leaves_with_its_parts_and_without_what_is_about_too_few, async |test: TestDb| {
    let world = towns(test).await;
    let mut city = signed_in(&world, CITY).await;
    let (status, bytes) = list(&mut city, &format!("compare?{JANUARY}&sort=band")).await;
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&bytes));
    let found = sheets(bytes);
    let names: Vec<_> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Centers by one figure", "Parts", "About"]);
    let rows = &found[0].1;
    // By bands, and whoever has none comes after those who have one.
    let order = column(rows, "Center");
    assert_eq!((&order[..3], order.len()), (&["Town 2", "Town 0", "Town 1"].map(String::from)[..], 7));
    assert_eq!((text(below(rows, "Counted", 1)), text(below(rows, "Of", 1))), ("985".into(), "1050".into()));
    let share = below(rows, "Rate or median", 1).get_float().unwrap();
    assert!((share - 985.0 / 1050.0).abs() < 1e-12, "{share}");
    assert_eq!(text(below(rows, "Left out", 2)), "2");
    let few = order.iter().position(|name| name == "Town 3").unwrap() + 1;
    for head in ["Counted", "Of", "Rate or median", "95 % from", "95 % to", "Drawn to the city’s"] {
        assert!(below(rows, head, few).is_empty(), "{head}");
    }
    assert_eq!(text(below(rows, "Band", few)), "No band");
    // Part by part, of those that are large enough.
    let parts = &found[1].1;
    assert_eq!(column(parts, "Center"), ["Town 0", "Town 1", "Town 2"].repeat(2));
    assert_eq!(column(parts, "Of"), ["1000", "1000", "1000", "50", "50", "50"]);
    assert!(below(parts, "Rate or median", 1).get_float().is_some_and(|share| (share - 0.93).abs() < 1e-12));
    let about: Vec<_> = found[2].1.iter().map(|row| (text(&row[0]), text(&row[1]))).collect();
    for (name, value) in [("Filter: Figure", "Satisfied"), ("Filter: Period", "2026-01-01 – 2026-01-31")] {
        assert!(about.contains(&(name.into(), value.into())), "{about:?}");
    }
    // Of what is better when it is less, the least comes first.
    let rows = lines(&mut city, &format!("compare?{JANUARY}&metric=bad_rating_rate&sort=band")).await;
    assert_eq!(column(&rows, "Center")[..3], ["Town 2", "Town 0", "Town 1"]);
    for (filter, code) in [
        ("metric=nothing", "sheets.filter"),
        ("from=2026-02-30", "sheets.filter"),
        ("from=2026-01-31&to=2026-01-01", "metrics.period_inverted"),
        ("stratum=normal", "metrics.stratum_unknown"),
    ] {
        let (status, bytes) = list(&mut city, &format!("compare?{filter}")).await;
        assert_eq!((status.as_u16(), codes(&serde_json::from_slice(&bytes).unwrap())[1].as_str()), (422, code));
    }
});

both_dbs!(every_table_of_figures_leaves_as_its_page_shows_it, async |test: TestDb| {
    let world = towns(test).await;
    let mut city = signed_in(&world, CITY).await;
    // Thursday the first to Sunday, three weeks, and six days of the last one.
    let weeks = lines(&mut city, &format!("trend?{JANUARY}&center=c00&by=week")).await;
    assert_eq!(weeks.len(), 6);
    assert_eq!(below(&weeks, "From", 2).as_date().map(|day| day.to_string()).as_deref(), Some("2026-01-05"));
    assert_eq!(column(&weeks, "Counted")[1], "975");
    let profile = lines(&mut city, &format!("profile?{JANUARY}&center=c01")).await;
    assert_eq!(profile.len(), 1 + Metric::ALL.len());
    let days = column(&profile, "Figure").iter().position(|name| name == "Median days of a complaint").unwrap() + 1;
    assert_eq!(below(&profile, "Rate or median", days).get_float(), Some(4.0));
    let periods = lines(&mut city, &format!("periods?{JANUARY}&basis=year_on_year")).await;
    assert_eq!(periods.len(), 9, "the city and its centers");
    assert_eq!(text(below(&periods, "Of", 1)), "3157");
    assert!(below(&periods, "Rate then", 1).is_empty());
    assert_eq!(lines(&mut city, "differences?lang=en").await.len(), 1);

    closed(&world).await;
    let mut admin = signed_in(&world, "admin.shiqi").await;
    let found = sheets(list(&mut admin, "standing?lang=en&period=2026-01").await.1);
    assert_eq!((found.len(), found[0].1.len()), (2, 1 + Metric::ALL.len()));
    let hidden = |sheets: &[(String, Vec<Vec<Data>>)]| {
        sheets.iter().flat_map(|(_, rows)| rows.iter().flatten()).all(|cell| !text(cell).contains("Town"))
    };
    assert!(hidden(&found), "nobody is named");
    let propose = "mutation($i: ProposePublicationInput!) { proposePublication(input: $i) { id version } }";
    let proposal = json!({ "period": "2026-01", "metrics": ["SATISFACTION_RATE"], "formulaZh": "好评÷全部",
        "formulaEn": "satisfied ÷ all" });
    let proposed = world.ok(CITY, propose, json!({ "i": proposal })).await["proposePublication"].clone();
    let approve = "mutation($i: SeenPublicationInput!) { approvePublication(input: $i) { id } }";
    world.ok("city2.zs", approve, json!({ "i": proposed })).await;
    let found = sheets(list(&mut admin, "standing?lang=en&period=2026-01").await.1);
    assert_eq!(found[1].0, "Parts");
    assert_eq!(column(&found[1].1, "Center"), ["Town 0", "Town 1", "Town 2", "Town 3", "Town 4"]);
    assert_eq!(column(&found[1].1, "Of"), ["1050", "1050", "1050", "", ""]);
    let verbs = world.audit_verbs("shiqi").await;
    assert_eq!(verbs.iter().filter(|verb| *verb == "list_exported").count(), 2);
});
