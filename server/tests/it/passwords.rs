//! Passwords that were used before, where 等保 asks that they are not taken again.

use chrono::TimeDelta;
use serde_json::{Value, json};
use server::{both_dbs, graphql::context::Security, testing::TestDb};

use crate::{
    browser::{Browser, PASSWORD, with_passwords},
    world::World,
};

const CHANGE: &str = "mutation($i: ChangePasswordInput!) { changePassword(input: $i) { scope { place { code } } } }";
const RESET: &str = "mutation($i: MemberInput!) { resetMemberPassword(input: $i) { token } }";
const ACCEPT: &str = "mutation($i: AcceptInvitationInput!) { acceptInvitation(input: $i) { asked } }";

fn nth(n: usize) -> String {
    format!("{n} Kites above the old pier")
}

fn change(from: &str, to: &str) -> Value {
    json!({ "i": { "current": from, "password": to } })
}

/// A handler whose password was [`PASSWORD`] and is the fifth one after it, each set a minute after the other.
async fn five_later(world: &World) -> Browser {
    with_passwords(world, &["handler.shiqi"]).await;
    let mut browser = Browser::new(world);
    browser.sign_in("handler.shiqi").await;
    let mut current = PASSWORD.to_owned();
    for n in 1..=5 {
        world.app.clock.advance(TimeDelta::minutes(1));
        browser.ok(CHANGE, change(&current, &nth(n))).await;
        current = nth(n);
    }
    browser
}

both_dbs!(none_of_the_last_five_passwords_is_taken_again_under_assessment, |test: TestDb| async move {
    let world = World::new(test);
    let security = Security { require_second_factor: false, dengbao_compat: true };
    let world = World { app: world.app.clone().with_security(security), ..world };
    let mut browser = five_later(&world).await;
    let used = ["INVALID", "password.used_lately"];
    for n in 1..=4 {
        assert_eq!(browser.refused(CHANGE, change(&nth(5), &nth(n))).await, used, "{n}");
    }
    let member = json!({ "i": { "accountId": world.account("handler.shiqi").await } });
    let link = world.ok("admin.shiqi", RESET, member).await["resetMemberPassword"]["token"].clone();
    let mut phone = Browser::new(&world);
    let taking = |password: &str| json!({ "i": { "token": link, "password": password } });
    for n in [1, 5] {
        assert_eq!(phone.refused(ACCEPT, taking(&nth(n))).await, used, "by link: {n}");
    }
    phone.ok(ACCEPT, taking(&nth(6))).await;
    phone.ok(CHANGE, change(&nth(6), &nth(1))).await;
});

both_dbs!(elsewhere_an_earlier_password_is_taken_again, |test: TestDb| async move {
    let world = World::new(test);
    let mut browser = five_later(&world).await;
    browser.ok(CHANGE, change(&nth(5), &nth(4))).await;
});

both_dbs!(of_old_passwords_no_more_than_four_are_kept_beside_the_present_one, |test: TestDb| async move {
    let world = World::new(test);
    five_later(&world).await;
    let account = world.test.db.identity().account_by_login("handler.shiqi").await.unwrap().unwrap().id;
    assert_eq!(world.test.db.identity().old_passwords(account).await.unwrap().len(), 4);
});
