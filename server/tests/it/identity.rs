//! Who gets in, how far, and how long: links, second factors, sessions, guesses, suspension.

use chrono::TimeDelta;
use serde_json::{Value, json};
use server::{auth::totp, both_dbs, testing::TestDb};

use crate::{
    browser::{Browser, PASSWORD, strict, with_passwords},
    campaigns::planned,
    world::World,
};

const INVITE: &str = "mutation($i: InviteMemberInput!) { inviteMember(input: $i) { accountId link { kind token } } }";
const OPEN: &str = "mutation($i: InvitationInput!) { openInvitation(input: $i) { login place { kind nameZh } hasPassword shortestPassword } }";
const ACCEPT: &str =
    "mutation($i: AcceptInvitationInput!) { acceptInvitation(input: $i) { asked scope { place { code } roles } } }";
const CONFIRM: &str = "mutation($i: CodeInput!) { confirmSecondFactor(input: $i) { asked scope { roles } } }";
const MEMBERSHIPS: &str = "{ memberships { id accountId login role status } }";
const PROFILE: &str = "{ profile { login secondFactor recoveryCodesLeft sessions { id browser current } } }";

fn invitation(login: &str, more: Value) -> Value {
    let mut input = json!({ "login": login, "displayName": "何秋月", "roles": ["COMPLAINT_HANDLER"] });
    if let (Value::Object(input), Value::Object(more)) = (&mut input, more) {
        input.extend(more);
    }
    json!({ "i": input })
}

/// A deputy who rates in a round between two days.
fn deputy(round: &Value, from: &str, until: &str) -> Value {
    json!({ "roles": ["CONGRESS_DEPUTY"], "validFrom": from, "validUntil": until, "campaignId": round["id"] })
}

async fn invited(world: &World, by: &str, login: &str, more: Value) -> (Value, String) {
    let made = world.ok(by, INVITE, invitation(login, more)).await["inviteMember"].clone();
    let token = made["link"]["token"].as_str().unwrap().to_owned();
    (made["accountId"].clone(), token)
}

fn taking(token: &str, password: &str) -> Value {
    json!({ "i": { "token": token, "password": password } })
}

async fn membership(world: &World, by: &str, login: &str) -> Value {
    let rows = world.ok(by, MEMBERSHIPS, json!({})).await["memberships"].clone();
    rows.as_array().unwrap().iter().find(|row| row["login"] == login).cloned().unwrap_or_default()
}

both_dbs!(two_centers_invite_the_same_person_and_neither_takes_the_others_link_away, |test: TestDb| async move {
    let world = World::new(test);
    let (_, theirs) = invited(&world, "admin.xiaolan", "he.qiuyue", json!({})).await;
    let (_, ours) = invited(&world, "admin.shiqi", "he.qiuyue", json!({})).await;
    for token in [&theirs, &ours] {
        let opened = Browser::new(&world).ok(OPEN, json!({ "i": { "token": token } })).await;
        assert_eq!(opened["login"], "he.qiuyue");
    }
    let renew = "mutation($i: MemberInput!) { renewInvitation(input: $i) { token } }";
    let account = membership(&world, "admin.shiqi", "he.qiuyue").await["accountId"].clone();
    world.ok("admin.shiqi", renew, json!({ "i": { "accountId": account } })).await;
    let mut phone = Browser::new(&world);
    assert_eq!(phone.refused(OPEN, json!({ "i": { "token": ours } })).await, ["INVALID", "invitation.invalid"]);
    assert_eq!(phone.ok(OPEN, json!({ "i": { "token": theirs } })).await["login"], "he.qiuyue");
});

both_dbs!(an_invited_handler_chooses_a_password_and_works, |test: TestDb| async move {
    let world = World::new(test);
    let (_, token) = invited(&world, "admin.shiqi", "He.Qiuyue", json!({})).await;
    assert_eq!(membership(&world, "admin.shiqi", "he.qiuyue").await["status"], "INVITED");
    let mut phone = Browser::new(&world);
    let opened = phone.ok(OPEN, json!({ "i": { "token": token } })).await;
    let place = json!({ "kind": "CENTER", "nameZh": "shiqi街道" });
    assert_eq!(opened, json!({ "login": "he.qiuyue", "place": place, "hasPassword": false, "shortestPassword": 12 }));
    for (weak, code) in [("short", "password.too_short"), ("passwordpassword", "password.guessable")] {
        assert_eq!(phone.refused(ACCEPT, taking(&token, weak)).await, ["INVALID", code]);
    }
    let viewer = phone.ok(ACCEPT, taking(&token, PASSWORD)).await;
    assert_eq!(viewer["scope"], json!({ "place": { "code": "shiqi" }, "roles": ["COMPLAINT_HANDLER"] }));
    assert_eq!(phone.viewer().await["displayName"], "何秋月");
    let mut desk = Browser::new(&world);
    assert_eq!(desk.sign_in("he.qiuyue").await["scope"]["place"]["code"], "shiqi");
    let verbs = world.audit_verbs("shiqi").await;
    assert_eq!(verbs[..2], ["member_invited", "invitation_accepted"]);
});

both_dbs!(a_link_of_a_city_office_names_the_city, |test: TestDb| async move {
    let world = World::new(test);
    let (_, token) = invited(&world, "security.zs", "he.qiuyue", json!({ "roles": ["CITY_ADMIN"] })).await;
    let opened = Browser::new(&world).ok(OPEN, json!({ "i": { "token": token } })).await;
    assert_eq!(opened["place"], json!({ "kind": "CITY", "nameZh": "zs市" }));
});

both_dbs!(links_that_do_not_work_have_one_answer, |test: TestDb| async move {
    let world = World::new(test);
    let (account, token) = invited(&world, "admin.shiqi", "he.qiuyue", json!({})).await;
    let renewed = "mutation($i: MemberInput!) { renewInvitation(input: $i) { token } }";
    let newer = world.ok("admin.shiqi", renewed, json!({ "i": { "accountId": account } })).await;
    let newer = newer["renewInvitation"]["token"].as_str().unwrap().to_owned();
    let (_, expired) = invited(&world, "admin.shiqi", "lin.xiaoyu", json!({})).await;
    world.wait_days(6);
    let mut browser = Browser::new(&world);
    browser.ok(ACCEPT, taking(&newer, PASSWORD)).await;
    world.wait_days(2);
    let cut = &expired[..40];
    for dead in [token.as_str(), &newer, &expired, cut, "", "zzzz", &"0".repeat(64)] {
        let mut stranger = Browser::new(&world);
        assert_eq!(stranger.refused(OPEN, json!({ "i": { "token": dead } })).await, ["INVALID", "invitation.invalid"]);
        assert_eq!(stranger.refused(ACCEPT, taking(dead, PASSWORD)).await, ["INVALID", "invitation.invalid"]);
        assert_eq!(stranger.viewer().await, Value::Null);
    }
});

both_dbs!(whoever_can_do_much_sets_up_a_second_factor_and_needs_it, |test: TestDb| async move {
    let world = strict(World::new(test));
    with_passwords(&world, &["admin.shiqi", "handler.shiqi"]).await;
    let mut browser = Browser::new(&world);
    assert_eq!(browser.sign_in("admin.shiqi").await["asked"], "ENROLMENT");
    assert_eq!(browser.viewer().await, Value::Null, "nobody until it is done");
    assert_eq!(browser.refused(MEMBERSHIPS, json!({})).await, ["UNAUTHENTICATED"]);
    let before = browser.session();
    let begin = "mutation { beginSecondFactor(input: {}) { secret uri picture } }";
    let factor = browser.ok(begin, json!({})).await;
    let secret = factor["secret"].as_str().unwrap().to_owned();
    assert!(factor["uri"].as_str().unwrap().starts_with("otpauth://totp/Gangping:admin.shiqi?secret="));
    let finish = "mutation($i: CodeInput!) { finishSecondFactor(input: $i) { recoveryCodes viewer { asked } } }";
    let code =
        |at: i64| json!({ "i": { "code": totp::code(&secret, world.app.clock.now().timestamp() + at).unwrap() } });
    assert_eq!(browser.refused(finish, json!({ "i": { "code": "000000" } })).await, ["INVALID", "factor.wrong"]);
    let set = browser.ok(finish, code(0)).await;
    assert_eq!(set["viewer"]["asked"], Value::Null);
    assert_eq!(browser.viewer().await["scope"]["place"]["code"], "shiqi");
    assert_ne!(browser.session(), before, "a new session id (A-6)");
    let recovery = set["recoveryCodes"][0].as_str().unwrap().to_owned();

    let mut again = Browser::new(&world);
    assert_eq!(again.sign_in("admin.shiqi").await["asked"], "SECOND_FACTOR");
    assert_eq!(again.refused(CONFIRM, code(0)).await, ["INVALID", "factor.wrong"], "each code works once");
    assert_eq!(again.viewer().await, Value::Null);
    world.app.clock.advance(TimeDelta::seconds(30));
    assert_eq!(again.ok(CONFIRM, code(0)).await["asked"], Value::Null);
    assert_eq!(again.viewer().await["scope"]["place"]["code"], "shiqi");
    let mut lost = Browser::new(&world);
    lost.sign_in("admin.shiqi").await;
    let by_paper = json!({ "i": { "code": recovery.to_lowercase() } });
    lost.ok(CONFIRM, by_paper.clone()).await;
    assert_eq!(lost.ok(PROFILE, json!({})).await["recoveryCodesLeft"], 9);
    let mut thief = Browser::new(&world);
    thief.sign_in("admin.shiqi").await;
    assert_eq!(thief.refused(CONFIRM, by_paper).await, ["INVALID", "factor.wrong"]);
    let mut handler = Browser::new(&world);
    assert_eq!(handler.sign_in("handler.shiqi").await["asked"], Value::Null, "not asked of a handler");
});

both_dbs!(a_suspended_member_is_out_at_the_next_request, |test: TestDb| async move {
    let world = World::new(test);
    with_passwords(&world, &["handler.shiqi"]).await;
    let mut browser = Browser::new(&world);
    browser.sign_in("handler.shiqi").await;
    let inbox = "{ complaints { totalCount } }";
    browser.ok(inbox, json!({})).await;
    let id = membership(&world, "admin.shiqi", "handler.shiqi").await["id"].clone();
    let act = |verb: &str| format!("mutation($i: MembershipInput!) {{ {verb}(input: $i) {{ status }} }}");
    world.ok("admin.shiqi", &act("suspendMember"), json!({ "i": { "id": id } })).await;
    assert_eq!(browser.refused(inbox, json!({})).await, ["UNAUTHENTICATED"]);
    let wrong = json!({ "i": { "login": "handler.shiqi", "password": PASSWORD } });
    let sign_in = "mutation($i: SignInInput!) { signIn(input: $i) { asked } }";
    assert_eq!(Browser::new(&world).refused(sign_in, wrong).await, ["INVALID", "login.wrong"]);
    world.ok("admin.shiqi", &act("reinstateMember"), json!({ "i": { "id": id } })).await;
    browser.ok(inbox, json!({})).await;
    world.ok("admin.shiqi", &act("endMember"), json!({ "i": { "id": id } })).await;
    assert_eq!(browser.refused(inbox, json!({})).await, ["UNAUTHENTICATED"]);
    let codes = world.refused("admin.shiqi", &act("reinstateMember"), json!({ "i": { "id": id } })).await;
    assert_eq!(codes, ["INVALID", "member.not_now"]);
    // The account stays; another center may still invite it, and this one too.
    invited(&world, "admin.shiqi", "handler.shiqi", json!({})).await;
});

both_dbs!(what_is_weighty_asks_for_the_password_again_after_five_minutes, |test: TestDb| async move {
    let world = World::new(test);
    with_passwords(&world, &["admin.shiqi", "city.zs", "auditor.zs"]).await;
    let id = membership(&world, "admin.shiqi", "handler.shiqi").await["id"].clone();
    let someone = json!({ "i": { "accountId": world.account("handler.shiqi").await } });
    let reasoned = json!({ "i": { "accountId": world.account("handler.shiqi").await, "reason": "lost" } });
    let center = world.test.center("shiqi").await.id;
    let act = |verb: &str, kind: &str, more: &str| format!("mutation($i: {kind}!) {{ {verb}(input: $i) {more} }}");
    let role = json!({ "i": { "id": id } });
    let weighty = [
        ("admin.shiqi", INVITE.to_owned(), invitation("he.qiuyue", json!({}))),
        ("admin.shiqi", act("renewInvitation", "MemberInput", "{ token }"), someone.clone()),
        ("admin.shiqi", act("suspendMember", "MembershipInput", "{ status }"), role.clone()),
        ("admin.shiqi", act("reinstateMember", "MembershipInput", "{ status }"), role.clone()),
        ("admin.shiqi", act("endMember", "MembershipInput", "{ status }"), role),
        ("admin.shiqi", act("resetMemberPassword", "MemberInput", "{ token }"), someone.clone()),
        ("admin.shiqi", act("resetMemberSecondFactor", "MemberReasonInput", ""), reasoned),
        ("admin.shiqi", act("endMemberSessions", "MemberInput", ""), someone),
        (
            "city.zs",
            act("appointCenterAdmin", "AppointCenterAdminInput", "{ accountId }"),
            json!({ "i": { "centerId": center, "login": "new.admin", "displayName": "新主任" } }),
        ),
        (
            "city.zs",
            act("changeCenter", "ChangeCenterInput", ""),
            json!({ "i": { "centerId": center, "action": "SUSPEND", "reason": "moving" } }),
        ),
        (
            "city.zs",
            act("setPolicyValue", "SetPolicyValueInput", ""),
            json!({ "i": { "key": "COMPLAINT_ACK", "seen": 1, "value": 6, "reason": "more staff" } }),
        ),
        (
            "city.zs",
            act("publishCalendar", "PublishCalendarInput", ""),
            json!({ "i": { "list": "2027-01-01,holiday", "seen": 0 } }),
        ),
        ("auditor.zs", "mutation { exportAudit(input: {}) { verb } }".to_owned(), json!({})),
    ];
    for (login, query, variables) in weighty {
        let mut browser = Browser::new(&world);
        browser.sign_in(login).await;
        world.app.clock.advance(TimeDelta::minutes(5));
        assert_eq!(browser.refused(&query, variables).await, ["REAUTHENTICATE"], "{query}");
    }
});

both_dbs!(showing_the_password_again_opens_for_five_minutes_under_a_new_session_id, |test: TestDb| async move {
    let world = World::new(test);
    with_passwords(&world, &["admin.shiqi"]).await;
    let mut browser = Browser::new(&world);
    browser.sign_in("admin.shiqi").await;
    world.app.clock.advance(TimeDelta::minutes(5));
    let again = "mutation($i: ReauthenticateInput!) { reauthenticate(input: $i) }";
    let refused = browser.run(INVITE, invitation("he.qiuyue", json!({}))).await;
    assert_eq!(refused["errors"][0]["extensions"]["secondFactor"], false);
    assert_eq!(membership(&world, "admin.shiqi", "he.qiuyue").await, Value::Null, "nothing was written");
    let wrong = json!({ "i": { "password": "not my password" } });
    assert_eq!(browser.refused(again, wrong).await, ["INVALID", "password.wrong"]);
    assert_eq!(browser.refused(INVITE, invitation("he.qiuyue", json!({}))).await, ["REAUTHENTICATE"]);
    let before = browser.session();
    browser.ok(again, json!({ "i": { "password": PASSWORD } })).await;
    assert_eq!(browser.with_session(&before).viewer().await, Value::Null, "the old id is dead");
    world.app.clock.advance(TimeDelta::seconds(299));
    browser.ok(INVITE, invitation("he.qiuyue", json!({}))).await;
    world.app.clock.advance(TimeDelta::seconds(1));
    assert_eq!(browser.refused(INVITE, invitation("lin.xiaoyu", json!({}))).await, ["REAUTHENTICATE"]);
    assert!(world.audit_verbs("shiqi").await.contains(&"reauthenticated".to_owned()));
});

both_dbs!(whoever_has_a_second_factor_shows_it_again_too, |test: TestDb| async move {
    let world = strict(World::new(test));
    with_passwords(&world, &["admin.shiqi"]).await;
    let mut browser = Browser::new(&world);
    browser.sign_in("admin.shiqi").await;
    let factor = browser.ok("mutation { beginSecondFactor(input: {}) { secret } }", json!({})).await;
    let secret = factor["secret"].as_str().unwrap().to_owned();
    let code = || totp::code(&secret, world.app.clock.now().timestamp()).unwrap();
    let finish = "mutation($i: CodeInput!) { finishSecondFactor(input: $i) { recoveryCodes } }";
    browser.ok(finish, json!({ "i": { "code": code() } })).await;
    world.app.clock.advance(TimeDelta::minutes(5));
    let refused = browser.run(INVITE, invitation("he.qiuyue", json!({}))).await;
    assert_eq!(refused["errors"][0]["extensions"]["secondFactor"], true);
    let again = "mutation($i: ReauthenticateInput!) { reauthenticate(input: $i) }";
    assert_eq!(browser.refused(again, json!({ "i": { "password": PASSWORD } })).await, ["INVALID", "factor.wrong"]);
    browser.ok(again, json!({ "i": { "password": PASSWORD, "code": code() } })).await;
    browser.ok(INVITE, invitation("he.qiuyue", json!({}))).await;
});

both_dbs!(a_person_with_two_centers_chooses_and_gets_a_new_session, |test: TestDb| async move {
    let world = World::new(test);
    with_passwords(&world, &["handler.shiqi"]).await;
    let (_, token) = invited(&world, "admin.xiaolan", "handler.shiqi", json!({ "roles": ["POST_STAFF"] })).await;
    let mut browser = Browser::new(&world);
    assert_eq!(browser.ok(OPEN, json!({ "i": { "token": token } })).await["hasPassword"], true);
    assert_eq!(browser.refused(ACCEPT, taking(&token, "not my password")).await, ["INVALID", "login.wrong"]);
    browser.ok(ACCEPT, taking(&token, PASSWORD)).await;
    let viewer = browser.viewer().await;
    assert_eq!((&viewer["scope"], viewer["places"].as_array().unwrap().len()), (&Value::Null, 2));
    let before = browser.session();
    let choose = "mutation($i: ChooseScopeInput!) { chooseScope(input: $i) { scope { place { code } roles } } }";
    let xiaolan = world.test.center("xiaolan").await.id;
    let there = browser.ok(choose, json!({ "i": { "centerId": xiaolan } })).await;
    assert_eq!(there["scope"], json!({ "place": { "code": "xiaolan" }, "roles": ["POST_STAFF"] }));
    assert_eq!(browser.with_session(&before).viewer().await, Value::Null, "the old id is dead");
    let north = world.test.center("north").await.id;
    assert_eq!(browser.refused(choose, json!({ "i": { "centerId": north } })).await, ["NOT_FOUND"]);
    assert!(world.audit_verbs("xiaolan").await.contains(&"scope_chosen".to_owned()));
});

both_dbs!(nobody_raises_themself_and_no_admin_opens_another_centers_door, |test: TestDb| async move {
    let world = World::new(test);
    let refused = async |by: &str, login: &str, roles: Value| {
        world.refused(by, INVITE, invitation(login, json!({ "roles": roles }))).await
    };
    assert_eq!(refused("admin.shiqi", "admin.shiqi", json!(["COMPLAINT_HANDLER"])).await[1], "member.not_oneself");
    assert_eq!(refused("admin.shiqi", "new.admin", json!(["CENTER_ADMIN"])).await[1], "member.role_not_yours");
    assert_eq!(refused("admin.shiqi", "new.clerk", json!(["CITY_ADMIN"])).await[1], "member.role_not_yours");
    assert_eq!(refused("security.zs", "new.handler", json!(["COMPLAINT_HANDLER"])).await[1], "member.role_not_yours");
    for other in ["handler.shiqi", "staff.shiqi", "supervisor.shiqi", "city.zs"] {
        assert_eq!(refused(other, "friend", json!(["POST_STAFF"])).await, ["FORBIDDEN"]);
    }
    assert_eq!(refused("admin.shiqi", "handler.shiqi", json!(["COMPLAINT_HANDLER"])).await[1], "member.exists");
    // The city appoints in its own centers only.
    let appoint = "mutation($i: AppointCenterAdminInput!) { appointCenterAdmin(input: $i) { link { token } } }";
    let at = async |code: &str| {
        let center = world.test.center(code).await.id;
        json!({ "i": { "centerId": center, "login": "new.admin", "displayName": "新主任" } })
    };
    world.ok("city.zs", appoint, at("shiqi").await).await;
    assert_eq!(world.refused("city.zs", appoint, at("north").await).await, ["NOT_FOUND"]);
    assert_eq!(world.refused("admin.shiqi", appoint, at("shiqi").await).await, ["FORBIDDEN"]);
    // A password is reset only where all of a person's places are.
    let reset = "mutation($i: MemberInput!) { resetMemberPassword(input: $i) { token } }";
    let theirs = json!({ "i": { "accountId": world.account("staff.shiqi").await } });
    world.ok("admin.shiqi", reset, theirs.clone()).await;
    assert_eq!(world.refused("admin.xiaolan", reset, theirs.clone()).await, ["NOT_FOUND"]);
    with_passwords(&world, &["staff.shiqi"]).await;
    let (_, token) = invited(&world, "admin.xiaolan", "staff.shiqi", json!({})).await;
    assert_eq!(world.refused("admin.xiaolan", reset, theirs.clone()).await[1], "member.elsewhere");
    Browser::new(&world).ok(ACCEPT, taking(&token, PASSWORD)).await;
    assert_eq!(world.refused("admin.shiqi", reset, theirs).await[1], "member.elsewhere");
    let colleague = json!({ "i": { "accountId": world.account("admin.shiqi").await } });
    assert_eq!(world.refused("admin.shiqi", reset, colleague).await[1], "member.not_oneself");
});

both_dbs!(whoever_is_suspended_elsewhere_is_opened_by_nobody_here, |test: TestDb| async move {
    let world = World::new(test);
    let suspend = "mutation($i: MembershipInput!) { suspendMember(input: $i) { status } }";
    let id = membership(&world, "admin.shiqi", "staff.shiqi").await["id"].clone();
    world.ok("admin.shiqi", suspend, json!({ "i": { "id": id } })).await;
    // Another center offers them a role; they have not taken it up.
    invited(&world, "admin.xiaolan", "staff.shiqi", json!({})).await;
    let theirs = json!({ "i": { "accountId": world.account("staff.shiqi").await } });
    let reset = "mutation($i: MemberInput!) { resetMemberPassword(input: $i) { token } }";
    assert_eq!(world.refused("admin.xiaolan", reset, theirs.clone()).await[1], "member.elsewhere");
    let end = "mutation($i: MemberInput!) { endMemberSessions(input: $i) }";
    assert_eq!(world.refused("admin.xiaolan", end, theirs).await[1], "member.not_now");
});

both_dbs!(a_fourth_session_ends_the_first_and_a_new_password_ends_them_all, |test: TestDb| async move {
    let world = World::new(test);
    with_passwords(&world, &["handler.shiqi"]).await;
    let mut browsers = Vec::new();
    for _ in 0..4 {
        world.app.clock.advance(TimeDelta::minutes(1));
        let mut browser = Browser::new(&world);
        browser.sign_in("handler.shiqi").await;
        browsers.push(browser);
    }
    assert_eq!(browsers[0].viewer().await, Value::Null);
    assert_eq!(browsers[1].viewer().await["displayName"], "handler of shiqi");
    let profile = browsers[3].ok(PROFILE, json!({})).await;
    let sessions = profile["sessions"].as_array().unwrap().clone();
    assert_eq!(sessions.len(), 3);
    let current: Vec<_> = sessions.iter().map(|session| session["current"] == json!(true)).collect();
    assert_eq!(current, [true, false, false]);
    let end = "mutation($i: OwnSessionInput!) { endSession(input: $i) { sessions { id } } }";
    browsers[3].ok(end, json!({ "i": { "id": sessions[2]["id"] } })).await;
    assert_eq!(browsers[1].viewer().await, Value::Null);
    assert_eq!(browsers[3].refused(end, json!({ "i": { "id": "0".repeat(64) } })).await, ["NOT_FOUND"]);
    let change = "mutation($i: ChangePasswordInput!) { changePassword(input: $i) { scope { place { code } } } }";
    let new = json!({ "i": { "current": PASSWORD, "password": "kites above the old pier" } });
    let wrong = json!({ "i": { "current": "another one", "password": "kites above the old pier" } });
    assert_eq!(browsers[3].refused(change, wrong).await, ["INVALID", "password.wrong"]);
    assert_eq!(browsers[3].ok(change, new).await["scope"]["place"]["code"], "shiqi");
    assert_eq!(browsers[2].viewer().await, Value::Null);
    assert_eq!(browsers[3].viewer().await["displayName"], "handler of shiqi");
});

both_dbs!(an_idle_administrator_is_signed_out_sooner, |test: TestDb| async move {
    let world = World::new(test);
    with_passwords(&world, &["handler.shiqi", "admin.shiqi"]).await;
    let (mut handler, mut admin) = (Browser::new(&world), Browser::new(&world));
    handler.sign_in("handler.shiqi").await;
    admin.sign_in("admin.shiqi").await;
    world.app.clock.advance(TimeDelta::minutes(14));
    assert_ne!(admin.viewer().await, Value::Null);
    world.app.clock.advance(TimeDelta::minutes(15));
    assert_eq!((admin.viewer().await, handler.viewer().await.is_null()), (Value::Null, false));
});

both_dbs!(an_evaluator_sees_one_campaign_between_two_dates, |test: TestDb| async move {
    let world = World::new(test);
    let mixed = json!({ "roles": ["CONGRESS_DEPUTY", "POST_STAFF"], "validUntil": "2026-02-20" });
    let codes = world.refused("admin.shiqi", INVITE, invitation("deputy.li", mixed)).await;
    assert_eq!(codes[1..], ["member.evaluator_apart", "member.evaluator_round", "member.evaluator_dates"]);
    let round = planned(&world, "DEPUTIES", json!({})).await;
    let (_, token) = invited(&world, "admin.shiqi", "deputy.li", deputy(&round, "2026-02-14", "2026-02-20")).await;
    let mut phone = Browser::new(&world);
    assert_eq!(phone.refused(ACCEPT, taking(&token, PASSWORD)).await[1], "invitation.not_yet");
    world.wait_days(1);
    let viewer = phone.sign_in("deputy.li").await;
    assert_eq!(viewer["scope"]["place"]["code"], "shiqi");
    let dates = phone.run("{ viewer { places { validFrom validUntil campaignId } } }", json!({})).await;
    let place = &dates["data"]["viewer"]["places"][0];
    assert_eq!((&place["validFrom"], &place["validUntil"]), (&json!("2026-02-14"), &json!("2026-02-20")));
    assert_eq!(place["campaignId"], round["id"]);
    for field in ["complaints { totalCount }", "members { accountId }", "memberships { id }", "departments { id }"] {
        assert_eq!(phone.refused(&format!("{{ {field} }}"), json!({})).await, ["FORBIDDEN"], "{field}");
    }
    world.wait_days(7);
    let sign_in = "mutation($i: SignInInput!) { signIn(input: $i) { asked } }";
    let over = json!({ "i": { "login": "deputy.li", "password": PASSWORD } });
    assert_eq!(phone.viewer().await, Value::Null);
    assert_eq!(phone.refused(sign_in, over).await, ["INVALID", "login.wrong"]);
});

both_dbs!(an_evaluator_joins_a_round_of_the_own_center_only, |test: TestDb| async move {
    let world = World::new(test);
    let round = async |by: &str, login: &str| {
        let rows = world.ok(by, "{ memberships { login campaignId } }", json!({})).await["memberships"].clone();
        rows.as_array().unwrap().iter().find(|row| row["login"] == login).unwrap()["campaignId"].clone()
    };
    let (deputies, third) =
        (planned(&world, "DEPUTIES", json!({})).await, planned(&world, "THIRD_PARTY", json!({})).await);
    let days = |round: &Value| deputy(round, "2026-02-14", "2026-02-20");
    invited(&world, "admin.shiqi", "deputy.li", days(&deputies)).await;
    assert_eq!(round("admin.shiqi", "deputy.li").await, deputies["id"]);
    let mut agency = days(&third);
    let codes = world.refused("admin.shiqi", INVITE, invitation("assessor.wu", agency.clone())).await;
    assert_eq!(codes, ["INVALID", "campaigns.role"], "a deputy in a third party's round");
    agency["roles"] = json!(["THIRD_PARTY_LEAD"]);
    invited(&world, "admin.shiqi", "assessor.wu", agency.clone()).await;
    assert_eq!(round("admin.shiqi", "assessor.wu").await, third["id"]);
    agency["roles"] = json!(["THIRD_PARTY_LEAD", "THIRD_PARTY_ASSESSOR"]);
    let codes = world.refused("admin.shiqi", INVITE, invitation("assessor.he", agency)).await;
    assert_eq!(codes, ["INVALID", "member.one_evaluator"]);
    // Another center's round and one that is not there are the same to whoever asks.
    let mut same = days(&deputies);
    let theirs = world.refused("admin.xiaolan", INVITE, invitation("member.ou", same.clone())).await;
    same["campaignId"] = json!(uuid::Uuid::from_u128(77));
    assert_eq!(world.refused("admin.xiaolan", INVITE, invitation("member.ou", same)).await, theirs);
    assert_eq!(theirs, ["NOT_FOUND"]);
    let staff = json!({ "campaignId": deputies["id"] });
    let codes = world.refused("admin.shiqi", INVITE, invitation("he.qiuyue", staff)).await;
    assert_eq!(codes, ["INVALID", "member.evaluator_apart"]);
});

both_dbs!(an_evaluator_of_last_year_is_invited_again, |test: TestDb| async move {
    let world = World::new(test);
    let round = planned(&world, "DEPUTIES", json!({})).await;
    invited(&world, "admin.shiqi", "deputy.li", deputy(&round, "2026-02-14", "2026-02-20")).await;
    let again = invitation("deputy.li", deputy(&round, "2026-02-16", "2026-02-28"));
    assert_eq!(world.refused("admin.shiqi", INVITE, again).await, ["INVALID", "member.exists"]);
    world.wait_days(8);
    let (_, token) = invited(&world, "admin.shiqi", "deputy.li", deputy(&round, "2026-02-21", "2026-02-28")).await;
    let viewer = Browser::new(&world).ok(ACCEPT, taking(&token, PASSWORD)).await;
    assert_eq!(viewer["scope"]["roles"], json!(["CONGRESS_DEPUTY"]));
});

both_dbs!(guesses_stop_and_the_owner_still_gets_in, |test: TestDb| async move {
    let world = World::new(test);
    with_passwords(&world, &["handler.shiqi"]).await;
    let mut owner = Browser::new(&world);
    owner.sign_in("handler.shiqi").await;
    let guess = "mutation($i: SignInInput!) { signIn(input: $i) { asked } }";
    for _ in 0..12 {
        let wrong = json!({ "i": { "login": "handler.shiqi", "password": "a guess" } });
        assert_eq!(Browser::new(&world).refused(guess, wrong).await, ["INVALID", "login.wrong"]);
    }
    let failed = world.audit_verbs("shiqi").await.into_iter().filter(|verb| verb == "sign_in_failed").count();
    assert_eq!(failed, 5, "the sixth guess and all after it did not reach the hasher");
    let right = json!({ "i": { "login": "handler.shiqi", "password": PASSWORD } });
    let stranger = Browser::new(&world).refused(guess, right).await;
    assert_eq!(stranger, ["INVALID", "login.wrong"], "even the right password, from an unknown browser");
    assert_eq!(owner.sign_in("handler.shiqi").await["scope"]["place"]["code"], "shiqi");
    world.app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(Browser::new(&world).sign_in("handler.shiqi").await["asked"], Value::Null);
});
