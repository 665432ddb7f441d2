//! The people of the world: every role of the product, each active, invited, suspended and ended.

use domain::{
    AccountId,
    permission::{Role, Seat},
};
use server::{
    db::{
        identity::PlaceKey,
        platform::{CenterSetup, CitySetup, MemberSetup},
    },
    http::session::Stage,
    testing::{PEOPLE, TestDb},
};

use crate::{
    people::{self, Actor, Home, Standing},
    world::{A, B, World},
};

/// No password has this hash, and showing one takes no time.
const NO_PASSWORD: &str = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// What is done to members of a center, each to one who is there for nothing else.
pub const TARGETS: [&str; 6] = [
    "suspendMember",
    "endMember",
    "reinstateMember",
    "resetMemberPassword",
    "resetMemberSecondFactor",
    "endMemberSessions",
];

/// The login of somebody who handles complaints in both centers, and works in ours now.
pub const BOTH: &str = "both.places";

/// States of a membership in which it counts for nothing.
const LOST: [&str; 3] = ["invited", "suspended", "ended"];

fn seated(seat: Seat) -> impl Iterator<Item = Role> {
    Role::ALL.iter().copied().filter(move |role| role.seat() == seat)
}

/// The login of the active holder of a role.
fn login(role: Role, place: &str) -> String {
    let known = PEOPLE.iter().find(|(_, known)| *known == role).map(|(name, _)| *name);
    let name = known.unwrap_or(match role {
        Role::CityAdmin => "city",
        Role::SecurityAdmin => "security",
        Role::Auditor => "auditor",
        other => other.key(),
    });
    format!("{name}.{place}")
}

/// Adds everybody to the database, all of them active for now.
pub async fn set_up(test: &TestDb) {
    let person = |name: &str, place: &str, role: Role| MemberSetup {
        login: format!("{name}.{place}"),
        display_name: format!("{name} of {place}"),
        title: Some(format!("title of {place}")),
        role,
        password_hash: NO_PASSWORD.to_owned(),
    };
    let everybody = |place: &str, role: Role| {
        let mut all = vec![person(login(role, place).split('.').next().unwrap_or_default(), place, role)];
        all.extend(LOST.iter().map(|state| person(&format!("{}-{state}", role.key()), place, role)));
        all
    };
    let center = |code: &str| {
        let mut members: Vec<_> = seated(Seat::Center).flat_map(|role| everybody(code, role)).collect();
        members.extend(TARGETS.iter().map(|name| person(&name.to_lowercase(), code, Role::PostStaff)));
        for role in seated(Seat::Campaign) {
            members.extend(
                ["x", "x-over", "x-later", "y"].map(|state| person(&format!("{}-{state}", role.key()), code, role)),
            );
        }
        let everywhere = MemberSetup {
            login: BOTH.to_owned(),
            display_name: "somebody with two places".to_owned(),
            title: None,
            ..person("both", code, Role::ComplaintHandler)
        };
        members.push(everywhere);
        CenterSetup { code: code.to_owned(), members, ..CenterSetup::default() }
    };
    let members = seated(Seat::City).flat_map(|role| everybody("zs", role)).collect();
    let setup =
        CitySetup { code: "zs".to_owned(), members, centers: vec![center(A), center(B)], ..CitySetup::default() };
    test.db.platform().set_up(&setup).await.expect("a city");
}

/// Gives memberships the state in their login's name. Most of these have an operation; the world would take a minute.
pub async fn degrade(world: &mut World) {
    let in_state = |state: &str| format!("account_id IN (SELECT id FROM account WHERE login LIKE '%-{state}.%')");
    for state in LOST {
        for table in ["membership", "city_member"] {
            world.observer.run(&format!("UPDATE {table} SET status = '{state}' WHERE {}", in_state(state))).await;
        }
    }
}

/// Everybody who calls, signed in.
pub async fn everybody(world: &mut World) -> Vec<Actor> {
    let visitor = Actor {
        name: "visitor".to_owned(),
        home: Home::Here,
        standing: Standing::Visitor,
        session: None,
        cookie: String::new(),
    };
    let mut actors = vec![visitor];
    for role in seated(Seat::Center) {
        actors.push(member(world, &login(role, A), A, Standing::Holds(role)).await);
        for state in LOST {
            actors.push(member(world, &format!("{}-{state}.{A}", role.key()), A, Standing::Lost(role)).await);
        }
    }
    for role in seated(Seat::Campaign) {
        for (state, standing) in [
            ("x", Standing::Holds(role)),
            ("y", Standing::Holds(role)),
            ("x-over", Standing::Lost(role)),
            ("x-later", Standing::Lost(role)),
        ] {
            actors.push(member(world, &format!("{}-{state}.{A}", role.key()), A, standing).await);
        }
    }
    for role in seated(Seat::City) {
        actors.push(member(world, &login(role, "zs"), "zs", Standing::Holds(role)).await);
        for state in LOST {
            actors.push(member(world, &format!("{}-{state}.zs", role.key()), "zs", Standing::Lost(role)).await);
        }
    }
    for (login, place, role) in [
        ("handler.north", "north", Role::ComplaintHandler),
        ("admin.north", "north", Role::CenterAdmin),
        ("city.other", "other", Role::CityAdmin),
    ] {
        let actor = member(world, login, place, Standing::Holds(role)).await;
        actors.push(Actor { home: Home::Elsewhere, ..actor });
    }
    actors.push(member(world, BOTH, A, Standing::Holds(Role::ComplaintHandler)).await);
    // Whoever has shown a password only, and whoever has signed out with the cookie still there.
    let mut half = member(world, "handler.shiqi", A, Standing::Lost(Role::ComplaintHandler)).await;
    half.session = half.session.map(|(account, place, _)| (account, place, Stage::SecondFactor));
    half.sign_in(&world.test).await;
    actors.push(Actor { name: "half signed in".to_owned(), ..half });
    let gone = member(world, "handler.shiqi", A, Standing::Lost(Role::ComplaintHandler)).await;
    let out = world.client.post(&gone.cookie, &[], "mutation { signOut }", &serde_json::Value::Null).await;
    assert_eq!(out.code(), "OK");
    actors.push(Actor { name: "signed out".to_owned(), session: None, ..gone });
    actors
}

/// Somebody at a place, whether or not it still lets them in.
async fn member(world: &mut World, login: &str, place: &str, standing: Standing) -> Actor {
    let account: AccountId = people::account(&world.test, login).await;
    let id = |code: &str| world.ids[code].parse().expect("an id");
    let key = match place {
        "zs" | "other" => PlaceKey { center: None, city: domain::CityId(id(place)), campaign: None },
        code => {
            let city = if code == "north" { "other" } else { "zs" };
            let seat =
                if let Standing::Holds(role) | Standing::Lost(role) = standing { role.seat() } else { Seat::Center };
            let name = if login.contains("-y.") { "Y" } else { "X" };
            let round = &world.pools[name].values["CampaignId"];
            let campaign = (seat == Seat::Campaign).then(|| domain::CampaignId(round.parse().expect("an id")));
            PlaceKey { center: Some(domain::CenterId(id(code))), city: domain::CityId(id(city)), campaign }
        }
    };
    let session = Some((account, Some(key), Stage::Full));
    let mut actor = Actor { name: login.to_owned(), home: Home::Here, standing, session, cookie: String::new() };
    actor.sign_in(&world.test).await;
    actor
}
