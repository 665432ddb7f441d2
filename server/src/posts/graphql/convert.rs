//! From what is stored to what GraphQL shows.

use domain::posts::{
    Restricted,
    check::Checked,
    kind::{FieldOption, FieldSpec},
    roster::Place,
};
use entity::{absence, clause, duty, handover, post, post_assignment, staff_member};

use super::super::{
    repo::People,
    service::{
        kinds::Kind,
        reading::{Board, BoardPost as Shown, Desk, Page, Person, RosterDay, Week},
    },
};
use super::types::{
    AbsenceEntry, BoardPost, DutyClause, DutyEntry, HandoverEntry, LackingPost, OwnDesk, OwnPlace, Post,
    PostAssignment, PostBoard, PostCheckResult, PostField, PostFieldOption, PostFieldValue, PostKindEntry, PostPage,
    PostPlace, RosterDayEntry, RosterPost, RosterWeek, StaffMember, StaffName, StaffPage, StaffRestricted,
};
use crate::error::Result;

impl From<Kind> for PostKindEntry {
    fn from(kind: Kind) -> Self {
        let Kind { code, clause, title_zh, title_en, summary_zh, summary_en, fields, checks, offered, version } = kind;
        let fields = fields.into_iter().map(Into::into).collect();
        Self { code, clause, title_zh, title_en, summary_zh, summary_en, fields, checks, offered, version }
    }
}

impl From<FieldSpec> for PostField {
    fn from(FieldSpec { key, kind, label_zh, label_en, options }: FieldSpec) -> Self {
        let option = |o: FieldOption| PostFieldOption { key: o.key, label_zh: o.label_zh, label_en: o.label_en };
        Self { key, kind, label_zh, label_en, options: options.into_iter().map(option).collect() }
    }
}

impl TryFrom<post::Model> for Post {
    type Error = crate::error::Error;

    fn try_from(row: post::Model) -> Result<Self> {
        let extra: std::collections::BTreeMap<String, String> =
            serde_json::from_str(&row.extra).map_err(anyhow::Error::from)?;
        Ok(Self {
            id: row.id,
            version: row.version,
            code: row.code,
            name: row.name,
            kind: row.kind,
            status: row.status,
            department_id: row.department_id,
            window_no: row.window_no,
            location: row.location,
            public_phone: row.public_phone,
            open_hours: row.open_hours,
            duties: row.duties,
            duties_reviewed_on: row.duties_reviewed_on,
            lead_id: row.lead_id,
            extra: extra.into_iter().map(|(key, value)| PostFieldValue { key, value }).collect(),
            demo: row.demo,
        })
    }
}

impl From<staff_member::Model> for StaffMember {
    fn from(row: staff_member::Model) -> Self {
        let staff_member::Model {
            id,
            version,
            staff_no,
            name,
            title,
            department_id,
            account_id,
            joined_on,
            left_on,
            ..
        } = row;
        Self { id, version, staff_no, name, title, department_id, account_id, joined_on, left_on }
    }
}

impl From<Restricted> for StaffRestricted {
    fn from(Restricted { sex, born_on, party_member }: Restricted) -> Self {
        Self { sex, born_on, party_member }
    }
}

/// Names, by number.
pub(crate) fn names(people: People) -> Vec<StaffName> {
    let mut rows: Vec<_> = people.into_values().collect();
    rows.sort_by(|a, b| a.staff_no.cmp(&b.staff_no));
    let name =
        |row: staff_member::Model| StaffName { id: row.id, staff_no: row.staff_no, name: row.name, title: row.title };
    rows.into_iter().map(name).collect()
}

impl From<Place> for PostPlace {
    fn from(Place { presence, staff, instead_of }: Place) -> Self {
        Self { staff, presence, instead_of }
    }
}

impl From<post_assignment::Model> for PostAssignment {
    fn from(row: post_assignment::Model) -> Self {
        let post_assignment::Model { id, version, post_id, staff_id, capacity, from_on, until_on, .. } = row;
        Self { id, version, post_id, staff: staff_id, capacity, from: from_on, until: until_on }
    }
}

impl From<absence::Model> for AbsenceEntry {
    fn from(row: absence::Model) -> Self {
        let absence::Model { id, version, from_on, until_on, reason, substitute_id, .. } = row;
        Self { id, version, from: from_on, until: until_on, reason, substitute: substitute_id }
    }
}

impl From<duty::Model> for DutyEntry {
    fn from(row: duty::Model) -> Self {
        let duty::Model { id, version, post_id, staff_id, on_day, .. } = row;
        Self { id, version, post_id, staff: staff_id, on: on_day }
    }
}

impl From<handover::Model> for HandoverEntry {
    fn from(row: handover::Model) -> Self {
        let handover::Model { id, version, post_id, giver_id, taker_id, items, status, given_at, accepted_at, .. } =
            row;
        Self { id, version, post_id, giver: giver_id, taker: taker_id, items, status, given_at, accepted_at }
    }
}

impl From<Checked> for PostCheckResult {
    fn from(Checked { check, fine, due_on, people }: Checked) -> Self {
        Self { check, fine, due_on, people }
    }
}

impl From<clause::Model> for DutyClause {
    fn from(row: clause::Model) -> Self {
        let clause::Model { number, title_zh, title_en, summary_zh, summary_en, .. } = row;
        Self { number, title_zh, title_en, summary_zh, summary_en }
    }
}

fn all<A, B: From<A>>(rows: impl IntoIterator<Item = A>) -> Vec<B> {
    rows.into_iter().map(B::from).collect()
}

fn posts(rows: Vec<post::Model>) -> Result<Vec<Post>> {
    rows.into_iter().map(TryInto::try_into).collect()
}

impl TryFrom<Board> for PostBoard {
    type Error = crate::error::Error;

    fn try_from(Board { on, is_working, posts, kinds, people }: Board) -> Result<Self> {
        let row =
            |post: Shown| Ok(BoardPost { post: post.row.try_into()?, places: all(post.there), lacks: all(post.lacks) });
        let posts = posts.into_iter().map(row).collect::<Result<_>>()?;
        Ok(Self { on, is_working, posts, kinds: all(kinds), people: names(people) })
    }
}

impl TryFrom<Page> for PostPage {
    type Error = crate::error::Error;

    fn try_from(page: Page) -> Result<Self> {
        let Page { post, kind, clauses, assignments, today, handovers, checks, people, may_plan, me, signboard } = page;
        Ok(Self {
            post: post.try_into()?,
            kind: kind.into(),
            clauses: all(clauses),
            assignments: all(assignments),
            today: all(today),
            handovers: all(handovers),
            checks: all(checks),
            people: names(people),
            may_plan,
            me,
            signboard,
        })
    }
}

impl TryFrom<Person> for StaffPage {
    type Error = crate::error::Error;

    fn try_from(person: Person) -> Result<Self> {
        let Person { staff, assignments, absences, posts: rows, people } = person;
        Ok(Self {
            staff: staff.into(),
            assignments: all(assignments),
            absences: all(absences),
            posts: posts(rows)?,
            people: names(people),
        })
    }
}

impl From<RosterDay> for RosterDayEntry {
    fn from(RosterDay { on, is_working, places }: RosterDay) -> Self {
        let posts = places.into_iter().map(|(post_id, places)| RosterPost { post_id, places: all(places) });
        Self { on, is_working, posts: posts.collect() }
    }
}

impl TryFrom<Week> for RosterWeek {
    type Error = crate::error::Error;

    fn try_from(Week { days, posts: rows, duties, people }: Week) -> Result<Self> {
        Ok(Self { days: all(days), posts: posts(rows)?, duties: all(duties), people: names(people) })
    }
}

impl TryFrom<Desk> for OwnDesk {
    type Error = crate::error::Error;

    fn try_from(Desk { me, today, to_take, lacking, people }: Desk) -> Result<Self> {
        let own = |(post, place): (post::Model, Place)| Ok(OwnPlace { post: post.try_into()?, place: place.into() });
        let lacks = |(post, checks): (post::Model, Vec<Checked>)| {
            Ok(LackingPost { post: post.try_into()?, checks: all(checks) })
        };
        Ok(Self {
            me: me.map(Into::into),
            today: today.into_iter().map(own).collect::<Result<_>>()?,
            to_take: all(to_take),
            lacking: lacking.into_iter().map(lacks).collect::<Result<_>>()?,
            people: names(people),
        })
    }
}
