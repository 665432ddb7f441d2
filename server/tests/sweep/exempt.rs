//! What the sweep leaves out, each with its reason. An entry that names nothing fails the sweep.

/// Operations whose success is shown elsewhere.
pub const UNPROVEN: &[(&str, &str)] = &[
    ("finishSecondFactor", "needs an authenticator's code: it/identity.rs"),
    ("confirmSecondFactor", "needs an authenticator's code: it/identity.rs"),
];

/// What a city decides for its centers: each follows at once, with records of its own beside the city's one.
pub const FOLLOWED: [&str; 3] = ["planCityRound", "openCityRound", "closeCityRound"];

/// Operations that only the visitor calls.
pub const ONCE: &[(&str, &str)] =
    &[("signIn", "each call takes as long as a hash is meant to; who is signed in makes no difference")];

/// Places that are not tried.
pub const UNTRIED: &[(&str, &str)] = &[
    ("publicCenter.code", "the public codes and published channels of centers are for everybody"),
    ("fileComplaint.input.center", "anybody may file a complaint anywhere"),
    ("appointCenterAdmin.input.login", "as inviteMember"),
    ("inviteCampaignRater.input.login", "as inviteMember"),
    (
        "receiveServiceCase.input.externalNo",
        "two roles receive, and the second finds taken what the first has: it/handling.rs",
    ),
    (
        "registerStandard.input.number",
        "two roles register, and the second finds taken what the first has; as editStandard",
    ),
];
