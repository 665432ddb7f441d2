//! Rounds of evaluation of a center: two with raters from outside, X and Y, each foreign to the other's; and one for each
//! operation that changes one.

use std::{collections::HashSet, sync::Arc};

use domain::{
    CampaignId, CampaignRaterId,
    campaigns::RaterStatus,
    permission::{Permission, Role},
};
use entity::campaign_rater;
use sea_orm::ActiveValue::Set;
use serde_json::{Value, json};
use server::db::{AuditEvent, Verb};

use crate::{calls::Pool, people, world::World};

/// The rounds with raters from outside.
const ROUNDS: [&str; 2] = ["X", "Y"];
/// Until when who rates in which round: those of the round, those whose time is over, those whose time is to come.
const EVALUATORS: [(&str, &str, &str, &str); 4] = [
    ("x", "X", "2026-02-01", "2026-03-31"),
    ("x-over", "X", "2026-01-01", "2026-02-12"),
    ("x-later", "X", "2026-02-14", "2026-03-31"),
    ("y", "Y", "2026-02-01", "2026-03-31"),
];
/// Where a form's version is asked for: those of the own city are for all its centers.
const FORMS: [&str; 4] = ["planCampaign.form", "editCampaign.form", "saveBallot.form", "handInBallot.form"];

/// What a rater from outside reads in a round: in ours each round has a mark of its own.
fn words(mark: &str, name: &str) -> String {
    format!("⟦{}⟧ 请先走访再填写", if mark == "A" { name } else { mark })
}

/// Form D with nothing found.
pub fn content(remarks: Value) -> Value {
    json!({ "kind": "CONDUCT", "findings": [], "remarks": remarks })
}

impl World {
    /// The two rounds, and who rates in them; what is in them comes later.
    pub async fn rounds(&mut self, mark: &'static str, code: &'static str) {
        let cookie = self.cookie(&format!("admin.{code}")).await;
        let query = "{ campaignChoices { forms { id kind } } }";
        let choices = self.client.post(&cookie, &[], query, &Value::Null).await.first().clone();
        let forms = choices["forms"].as_array().expect("the city's forms");
        let form = forms.iter().find(|form| form["kind"] == "CONDUCT").expect("form D")["id"].clone();
        for place in FORMS {
            self.keep(mark, place, &form);
        }
        let own = self.observer.id(&self.ids[code].clone());
        for name in ROUNDS {
            let id = self.planned(mark, code, "DEPUTIES", &words(mark, name)).await;
            let round = self.observer.id(id.as_str().expect("an id"));
            for (state, _, from, until) in EVALUATORS.iter().filter(|(_, round, ..)| *round == name) {
                let of = format!("account_id IN (SELECT id FROM account WHERE login LIKE '%-{state}.{code}')");
                let set = format!("campaign_id = {round}, valid_from = '{from}', valid_until = '{until}'");
                self.observer.run(&format!("UPDATE membership SET {set} WHERE center_id = {own} AND {of}")).await;
            }
            self.keep(mark, &format!("rounds.{name}"), &id);
            if name == "X" {
                self.keep(mark, "CampaignId", &id);
            }
            if mark == "A" {
                self.pools.insert(name, Pool::of(name));
                self.keep(name, "CampaignId", &id);
            }
        }
    }

    pub async fn campaigns(&mut self, mark: &'static str, code: &'static str) {
        let admin = format!("admin.{code}");
        let owner = json!(self.pools[mark].values["giveHandover.taker"]);
        self.keep(mark, "classifyRemark.owner", &owner);
        self.roster(mark, code).await;
        for name in ROUNDS {
            let round = json!(self.pools[mark].values[&format!("rounds.{name}")]);
            for (place, value) in self.rated_in(mark, code, name, round).await {
                if name == "X" {
                    self.keep(mark, place, &value);
                }
                if mark == "A" {
                    self.keep(name, place, &value);
                }
            }
        }
        let plain = "一轮评价";
        for operation in ["editCampaign", "setCampaignTargets"] {
            let id = self.planned(mark, code, "DEPUTIES", plain).await;
            self.keep(mark, &format!("{operation}.id"), &id);
        }
        let id = self.planned(mark, code, "ON_SITE", plain).await;
        self.keep(mark, "nameCampaignRater.id", &id);
        let account = people::account(&self.test, &format!("patrol_inspector.{code}")).await;
        self.keep(mark, "nameCampaignRater.account", &json!(account));
        for operation in ["drawCampaignRaters", "openCampaign", "closeCampaign", "publishCampaign"] {
            let id = self.planned(mark, code, "DEPUTIES", plain).await;
            let named = [("input.id", id.clone())];
            self.does(&admin, "setCampaignTargets", mark, &named).await;
            let steps: &[&str] = match operation {
                "drawCampaignRaters" => &[],
                "openCampaign" => &["drawCampaignRaters"],
                "closeCampaign" => &["drawCampaignRaters", "openCampaign"],
                _ => &["drawCampaignRaters", "openCampaign", "closeCampaign"],
            };
            for step in steps {
                self.does(&admin, step, mark, &named).await;
            }
            self.keep(mark, &format!("{operation}.id"), &id);
        }
        self.raters(mark, code).await;
        // The versions that another center's people try are another city's.
        if mark == "B" {
            for place in FORMS {
                Arc::make_mut(&mut self.pools.get_mut(mark).expect("a pool").values).remove(place);
            }
        }
    }

    async fn planned(&mut self, mark: &'static str, code: &str, kind: &str, words: &str) -> Value {
        let tried = [("input.kind", json!(kind)), ("input.name", json!(words)), ("input.briefing", json!(words))];
        self.does(&format!("admin.{code}"), "planCampaign", mark, &tried).await["id"].clone()
    }

    /// Three of each group, with an interest of one, and one that is to be lifted.
    async fn roster(&mut self, mark: &'static str, code: &str) {
        let admin = format!("admin.{code}");
        let term = [("input.from", json!("2025-01-01")), ("input.until", json!("2029-12-31"))];
        for group in ["PARTY_DELEGATE", "CONGRESS_DEPUTY", "CPPCC_MEMBER"] {
            for _ in 0..3 {
                let group = [("input.group", json!(group)), term[0].clone(), term[1].clone()];
                let made = self.does(&admin, "addRepresentative", mark, &group).await;
                self.keep(mark, "RepresentativeId", &made["id"]);
            }
        }
        for place in ["RepresentativeConflictId", "liftRepresentativeConflict.id"] {
            let made = self.does(&admin, "addRepresentativeConflict", mark, &[]).await;
            self.keep(mark, place, &made);
        }
    }

    /// A round under way, with what its first rater has said and what was replied.
    async fn rated_in(
        &mut self,
        mark: &'static str,
        code: &'static str,
        name: &str,
        round: Value,
    ) -> Vec<(&'static str, Value)> {
        let (admin, state) = (format!("admin.{code}"), name.to_lowercase());
        let mut posts = Vec::new();
        for n in 0..5 {
            let called = [
                ("input.name", json!(words(mark, name))),
                ("input.location", json!(format!("{} {n}号窗口", words(mark, name)))),
            ];
            let post = self.does(&admin, "addPost", mark, &called).await["id"].clone();
            posts.push(json!({ "post": post }));
        }
        let named = [("input.id", round.clone())];
        let set = [named[0].clone(), ("input.targets", json!(posts))];
        self.does(&admin, "setCampaignTargets", mark, &set).await;
        let rater = format!("party_delegate-{state}.{code}");
        self.rates(code, &round, &rater, Role::PartyDelegate, RaterStatus::Accepted).await;
        let asked = format!("congress_deputy-{state}.{code}");
        self.rates(code, &round, &asked, Role::CongressDeputy, RaterStatus::Invited).await;
        self.does(&admin, "openCampaign", mark, &named).await;

        let page = self.does(&rater, "ratingRound", mark, &[("id", round.clone())]).await;
        let target = |n: usize| page["tasks"][n]["id"].clone();
        let said = json!({ "kind": "PROBLEM", "text": words(mark, name) });
        let given = [("input.target", target(4)), ("input.content", content(json!([said, said, said])))];
        self.does(&rater, "handInBallot", mark, &given).await;
        let page = self.does(&rater, "ratingRound", mark, &[("id", round.clone())]).await;
        let remark = |n: usize| page["remarks"][n]["id"].clone();
        for id in [remark(0), remark(2)] {
            let reply = [("input.id", id), ("input.reply", json!(words(mark, name)))];
            self.does(&admin, "classifyRemark", mark, &reply).await;
        }
        let refused =
            [("input.id", remark(2)), ("input.opinion", json!("DOES_NOT")), ("input.note", json!(words(mark, name)))];
        self.does(&rater, "judgeReply", mark, &refused).await;
        let of = self.observer.id(round.as_str().expect("an id"));
        let ballots = format!("campaign_id = {of} AND status = 'handed_in'");
        let ballot = self.observer.ids_where("ballot", &ballots).await.pop_first().expect("a form that was handed in");
        let raters = self.observer.ids_where("campaign_rater", &format!("campaign_id = {of}")).await;
        let rater = raters.into_iter().next().expect("a rater");
        vec![
            ("CampaignTargetId", target(0)),
            ("saveBallot.target", target(1)),
            ("handInBallot.target", target(2)),
            ("recuseFromTarget.target", target(3)),
            ("CampaignRemarkId", remark(0)),
            ("judgeReply.id", remark(0)),
            ("classifyRemark.id", remark(1)),
            ("replyToRemark.id", remark(2)),
            ("CampaignRaterId", json!(rater)),
            ("BallotId", json!(ballot)),
        ]
    }

    /// Lets somebody who is there already rate in a round.
    pub async fn rates(&mut self, code: &str, round: &Value, login: &str, role: Role, status: RaterStatus) {
        let round: CampaignId = serde_json::from_value(round.clone()).expect("an id");
        let account = people::account(&self.test, login).await;
        let scope = self.test.scope(&format!("admin.{code}")).await;
        let granted = scope.require(Permission::CampaignManage).expect("the administrator organises");
        let mut tx = self.test.db.write(&granted).await.expect("a transaction");
        let row = campaign_rater::ActiveModel {
            id: Set(CampaignRaterId(self.test.ids.next())),
            campaign_id: Set(round),
            role: Set(role),
            representative_id: Set(None),
            staff_id: Set(None),
            account_id: Set(Some(account)),
            name: Set("受邀代表".to_owned()),
            unit: Set(None),
            pool: Set(None),
            status: Set(status),
            reason: Set(None),
            seed: Set(None),
            briefed_at: Set(None),
            reminded_at: Set(None),
            version: Set(1),
            ..Default::default()
        };
        tx.insert(row).await.expect("a rater");
        tx.commit(AuditEvent::of(Verb::NoteAdded)).await.expect("a commit");
    }

    /// Raters in the states in which each is invited, reminded, excused.
    async fn raters(&mut self, mark: &'static str, code: &str) {
        let admin = format!("admin.{code}");
        let id = self.planned(mark, code, "DEPUTIES", "一轮评价").await;
        let named = [("input.id", id.clone())];
        self.does(&admin, "setCampaignTargets", mark, &named).await;
        self.does(&admin, "drawCampaignRaters", mark, &named).await;
        let cookie = self.cookie(&admin).await;
        let query = "query($id: CampaignId!) { campaign(id: $id) { raters { rater { id } } } }";
        let page = self.client.post(&cookie, &[], query, &json!({ "id": id })).await.first().clone();
        let rater = |n: usize| page["raters"][n]["rater"]["id"].clone();
        self.does(&admin, "inviteCampaignRater", mark, &[("input.id", rater(2))]).await;
        for (operation, n) in [("inviteCampaignRater", 0), ("excuseCampaignRater", 1), ("remindCampaignRater", 2)] {
            self.keep(mark, &format!("{operation}.id"), &rater(n));
        }
    }

    /// The ids that each rater from outside reads in their round: its own, its targets', and what is theirs in it.
    pub async fn read_in_rounds(&mut self) {
        for actor in self.actors.clone() {
            let (Some(round), Some((account, ..))) = (actor.campaign(), &actor.session) else { continue };
            let (of, whose) = (self.observer.id(&round), self.observer.id(&account.to_string()));
            let me = format!("SELECT id FROM campaign_rater WHERE campaign_id = {of} AND account_id = {whose}");
            let mut ids = HashSet::from([round]);
            for (table, which) in [
                ("campaign_target", format!("campaign_id = {of}")),
                ("campaign_rater", format!("id IN ({me})")),
                ("campaign_remark", format!("rater_id IN ({me})")),
                ("notification", format!("subject_id = {of} AND account_id = {whose}")),
            ] {
                ids.extend(self.observer.ids_where(table, &which).await);
            }
            self.rated.insert(actor.name.clone(), ids);
        }
    }

    /// The text by which the round that is not a rater's is recognized.
    pub fn foreign_round(&self, campaign: &str) -> String {
        let own = self.pools["X"].values["CampaignId"] == campaign;
        format!("⟦{}⟧", if own { "Y" } else { "X" })
    }
}
