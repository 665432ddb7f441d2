//! What one version has that another has not: line by line, by code.

use std::collections::BTreeMap;

use super::{Conduct, FormContent, GoodBad, Line, Questionnaire, ThirdParty, Words};
use crate::macros::text_enum;

text_enum! {
    /// What a changed line is.
    pub enum FormPart {
        /// The form itself.
        Form = "form",
        /// A dimension of form D.
        Dimension = "dimension",
        /// An item of form D.
        Item = "item",
        /// An item of its bonus.
        Bonus = "bonus",
        /// A question of form E that is no row.
        Question = "question",
        /// A department to choose.
        Choice = "choice",
        /// A row of form E.
        Row = "row",
        /// A channel of the good-bad rating.
        Channel = "channel",
        /// An indicator.
        Indicator = "indicator",
        /// A reason for a bad rating.
        Reason = "reason",
        /// A part of a third party's indicators.
        Group = "group",
    }

    /// Whether a line came, went or changed.
    pub enum ChangeKind {
        /// It is new.
        Added = "added",
        /// It is there no more.
        Removed = "removed",
        /// It says something else.
        Changed = "changed",
    }

    /// What of a line changed.
    pub enum FormField {
        /// The Chinese text.
        TitleZh = "title_zh",
        /// The English text.
        TitleEn = "title_en",
        /// A dimension's points.
        Points = "points",
        /// What a finding takes or gives, such as `1–3`; empty for a veto.
        Size = "size",
        /// `true` for a veto.
        Veto = "veto",
        /// `true` where a finding needs proof.
        Evidence = "evidence",
        /// An indicator's weight.
        Weight = "weight",
        /// The most that the bonus gives.
        Cap = "cap",
        /// The most characters of an answer.
        Limit = "limit",
        /// Where it comes from, by the key of [`FormSource`](super::FormSource).
        Source = "source",
        /// The code of what it belongs to; of a department the row of the grid.
        Place = "place",
        /// The codes of what both versions have here, in their order.
        Order = "order",
    }
}

/// A line that came, went or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is.
    pub part: FormPart,
    /// Its code; a channel's lines have the channel before theirs, as in `online/overall`.
    pub code: String,
    /// Its text in the newer version, or in the older where it is gone; empty for what has none.
    pub title: Words,
    /// What became of it.
    pub kind: ChangeKind,
    /// What changed: each with the older value, the newer, or both.
    pub facts: Vec<Fact>,
}

/// A value before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Of what.
    pub field: FormField,
    /// Before; none where there was none.
    pub old: Option<String>,
    /// After.
    pub new: Option<String>,
}

/// What `new` has that `old` has not, in the order of `new`, then what is gone. Of two forms of different kinds everything
/// differs.
#[must_use]
pub fn diff(old: &FormContent, new: &FormContent) -> Vec<Change> {
    let (before, after) = (entries(old), entries(new));
    let mut changes = Vec::new();
    for entry in &after {
        let known = before.iter().find(|other| other.is(entry));
        let mut facts = match known {
            Some(known) => known.changed_to(entry),
            None => entry.facts.iter().map(|(field, value)| fact(*field, None, Some(value))).collect(),
        };
        if known.is_some() && entry.holds_others() {
            facts.extend(moved(&before, &after, &entry.code));
        }
        let kind = if known.is_some() { ChangeKind::Changed } else { ChangeKind::Added };
        if known.is_none() || !facts.is_empty() {
            changes.push(entry.change(kind, facts));
        }
    }
    for entry in before.iter().filter(|entry| !after.iter().any(|other| other.is(entry))) {
        let facts = entry.facts.iter().map(|(field, value)| fact(*field, Some(value), None)).collect();
        changes.push(entry.change(ChangeKind::Removed, facts));
    }
    changes
}

/// A line of a form, with what can change of it.
struct Entry<'a> {
    part: FormPart,
    code: String,
    parent: String,
    title: Option<&'a Words>,
    facts: Vec<(FormField, String)>,
}

impl<'a> Entry<'a> {
    fn new(part: FormPart, parent: &str, code: impl Into<String>, title: Option<&'a Words>) -> Self {
        let mut facts = Vec::new();
        if let Some(title) = title {
            facts.push((FormField::TitleZh, title.zh.clone()));
            facts.push((FormField::TitleEn, title.en.clone()));
        }
        Self { part, code: code.into(), parent: parent.to_owned(), title, facts }
    }

    fn with(mut self, field: FormField, value: impl ToString) -> Self {
        self.facts.push((field, value.to_string()));
        self
    }

    /// Says where it belongs, for what can be moved.
    fn placed(self) -> Self {
        let parent = self.parent.clone();
        self.with(FormField::Place, parent)
    }

    const fn holds_others(&self) -> bool {
        use FormPart as P;
        matches!(self.part, P::Form | P::Dimension | P::Question | P::Channel | P::Group)
    }

    fn is(&self, other: &Self) -> bool {
        self.part == other.part && self.code == other.code
    }

    fn changed_to(&self, new: &Self) -> Vec<Fact> {
        let old: BTreeMap<_, _> = self.facts.iter().map(|(field, value)| (*field, value)).collect();
        let changed = new.facts.iter().filter(|(field, value)| old.get(field) != Some(&value));
        changed.map(|(field, value)| fact(*field, old.get(field).copied(), Some(value))).collect()
    }

    fn change(&self, kind: ChangeKind, facts: Vec<Fact>) -> Change {
        let title = self.title.cloned().unwrap_or_default();
        Change { part: self.part, code: self.code.clone(), title, kind, facts }
    }
}

fn fact(field: FormField, old: Option<&String>, new: Option<&String>) -> Fact {
    Fact { field, old: old.cloned(), new: new.cloned() }
}

/// Whether what both versions have below `parent` stands in another order.
fn moved(before: &[Entry<'_>], after: &[Entry<'_>], parent: &str) -> Option<Fact> {
    let below = |entries: &[Entry<'_>], others: &[Entry<'_>]| {
        let here = entries.iter().filter(|entry| entry.parent == parent && entry.part != FormPart::Form);
        let both = here.filter(|entry| others.iter().any(|other| other.is(entry) && other.parent == parent));
        both.map(|entry| entry.code.clone()).collect::<Vec<_>>().join(", ")
    };
    let (old, new) = (below(before, after), below(after, before));
    (old != new).then_some(Fact { field: FormField::Order, old: Some(old), new: Some(new) })
}

fn entries(content: &FormContent) -> Vec<Entry<'_>> {
    match content {
        FormContent::Conduct(form) => conduct(form),
        FormContent::Questionnaire(form) => questionnaire(form),
        FormContent::GoodBad(form) => good_bad(form),
        FormContent::ThirdParty(form) => third_party(form),
    }
}

fn conduct(form: &Conduct) -> Vec<Entry<'_>> {
    use FormField as F;
    let mut all = vec![Entry::new(FormPart::Form, "", "", None).with(F::Cap, form.bonus.cap)];
    for dimension in &form.dimensions {
        let head = Entry::new(FormPart::Dimension, "", &dimension.code, Some(&dimension.title));
        all.push(head.with(F::Points, dimension.points));
        all.extend(dimension.items.iter().map(|item| {
            Entry::new(FormPart::Item, &dimension.code, &item.code, Some(&item.title))
                .with(F::Size, item.size.map(|size| size.to_string()).unwrap_or_default())
                .with(F::Veto, item.size.is_none())
                .with(F::Evidence, item.evidence)
                .with(F::Source, item.source.key())
                .placed()
        }));
    }
    all.extend(form.bonus.items.iter().map(|item| {
        let entry = Entry::new(FormPart::Bonus, "", &item.code, Some(&item.title));
        entry.with(F::Size, item.size).with(F::Source, item.source.key())
    }));
    all
}

/// The code of the question whose choices stand in a grid.
const DEPARTMENTS: &str = "departments";

fn questionnaire(form: &Questionnaire) -> Vec<Entry<'_>> {
    use FormField as F;
    let mut all = vec![
        Entry::new(FormPart::Form, "", "", None),
        Entry::new(FormPart::Question, "", "time", Some(&form.time)),
        Entry::new(FormPart::Question, "", DEPARTMENTS, Some(&form.departments.title)),
    ];
    for (n, row) in (1_u32..).zip(&form.departments.rows) {
        all.extend(row.choices.iter().map(|choice| line(FormPart::Choice, DEPARTMENTS, choice).with(F::Place, n)));
    }
    all.extend(form.rows.iter().map(|row| line(FormPart::Row, "", row)));
    let remark = Entry::new(FormPart::Question, "", "remark", Some(&form.remark.title));
    all.push(remark.with(F::Limit, form.remark.limit));
    all
}

fn good_bad(form: &GoodBad) -> Vec<Entry<'_>> {
    let mut all = vec![Entry::new(FormPart::Form, "", "", None)];
    for channel in &form.channels {
        let key = channel.channel.key();
        all.push(Entry::new(FormPart::Channel, "", key, None));
        all.extend(channel.indicators.iter().map(|indicator| {
            let entry = line(FormPart::Indicator, key, indicator);
            Entry { code: format!("{key}/{}", indicator.code), ..entry }
        }));
    }
    all.extend(form.reasons.iter().map(|reason| line(FormPart::Reason, "", reason)));
    all
}

fn third_party(form: &ThirdParty) -> Vec<Entry<'_>> {
    use FormField as F;
    let mut all = vec![Entry::new(FormPart::Form, "", "", None)];
    for group in &form.groups {
        all.push(Entry::new(FormPart::Group, "", &group.code, Some(&group.title)));
        all.extend(group.indicators.iter().map(|indicator| {
            Entry::new(FormPart::Indicator, &group.code, &indicator.code, Some(&indicator.title))
                .with(F::Weight, indicator.weight)
                .with(F::Source, indicator.source.key())
                .placed()
        }));
    }
    all
}

fn line<'a>(part: FormPart, parent: &str, line: &'a Line) -> Entry<'a> {
    Entry::new(part, parent, &line.code, Some(&line.title)).with(FormField::Source, line.source.key())
}
