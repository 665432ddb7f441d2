//! A day of guessing at one account, over HTTP and through a proxy. `make soak-guesses` makes it 10,000 guesses.

use chrono::TimeDelta;
use futures_util::{StreamExt, stream};
use server::{both_dbs, testing::TestDb};

use crate::{
    browser::{Browser, with_passwords},
    edge::{metrics, service, through},
    http::{call, send},
    world::codes,
};

/// Every half hour of a day: no lock lasts longer.
const TURNS: usize = 48;
/// Few enough that none is sent away by the hasher, or waits for it too long: a locked account's guess takes its turn too.
const AT_ONCE: usize = 8;

both_dbs!(a_day_of_guesses_from_everywhere_reaches_the_hasher_fifty_times, |test: TestDb| async move {
    let (world, router) = service(test);
    with_passwords(&world, &["handler.shiqi"]).await;
    let mut owner = Browser::new(&world);
    owner.sign_in("handler.shiqi").await;
    // From nine o'clock to midnight.
    world.app.clock.advance(TimeDelta::hours(15));
    let guesses: usize = std::env::var("GUESSES").map_or(240, |text| text.parse().unwrap());
    // Ten from each address, which is what its own limit lets pass.
    let addresses = guesses / 10;
    let query = "mutation { signIn(input: { login: \"handler.shiqi\", password: \"a guess\" }) { asked } }";
    let all: Vec<usize> = (0..guesses).collect();
    for (turn, together) in all.chunks(guesses.div_ceil(TURNS)).enumerate() {
        let answers = stream::iter(together).map(|guess| {
            let address = guess % addresses;
            let from = format!("198.18.{}.{}", address / 256, address % 256);
            let (router, request) = (&router, through(call(query, ""), &from));
            async move { codes(&send(router, request).await.2) }
        });
        let answers: Vec<_> = answers.buffer_unordered(AT_ONCE).collect().await;
        assert!(answers.iter().all(|codes| codes == &["INVALID", "login.wrong"]), "{answers:?}");
        if turn % 12 == 11 {
            assert_eq!(owner.sign_in("handler.shiqi").await["scope"]["place"]["code"], "shiqi", "turn {turn}");
        }
        world.app.clock.advance(TimeDelta::minutes(30));
    }
    let text = metrics(&world).await;
    for (outcome, times) in [("wrong", 50), ("locked", guesses - 50), ("ok", 1 + TURNS / 12)] {
        let line = format!("gangping_sign_ins_total{{outcome=\"{outcome}\"}} {times}");
        assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
    }
    let failed = world.audit_verbs("shiqi").await.into_iter().filter(|verb| verb == "sign_in_failed").count();
    assert_eq!(failed, 50);
});
