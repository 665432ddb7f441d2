//! What each table takes: its columns, and how a line becomes a form.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    DepartmentId, StaffId, Violation,
    imports::ImportTable,
    posts::{PostForm, Restricted, Sex, StaffForm},
    settings::EntryStatus,
    training::{Mark, SessionFacts, SessionForm, SessionKind, SessionStatus, TestResult, Topic},
};
use uuid::Uuid;

use crate::{
    db::ReadTx,
    error::Result,
    posts::service::{kinds, people::Typed},
    settings,
    sheets::{read::Value, texts::Language},
};

/// What a column takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// A text.
    Text,
    /// A day.
    Date,
    /// One of a list.
    Choice,
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in `sheets.json`.
    pub key: &'static str,
    /// The field of the form that it fills.
    pub field: &'static str,
    /// Whether it has to be filled in.
    pub required: bool,
    /// What it takes.
    pub takes: Takes,
    /// What stands in the example.
    pub example: &'static str,
}

const fn column(key: &'static str, field: &'static str, takes: Takes, example: &'static str) -> Column {
    Column { key, field, required: false, takes, example }
}

const fn required(key: &'static str, field: &'static str, takes: Takes, example: &'static str) -> Column {
    Column { key, field, required: true, takes, example }
}

/// Whom a line is about that names nobody known; such a line is never sound.
pub const NOBODY: StaffId = StaffId(Uuid::nil());

const STAFF: &[Column] = &[
    required("staff_no", "staffNo", Takes::Text, "A-001"),
    required("name", "name", Takes::Text, "张三"),
    column("department", "department", Takes::Choice, ""),
    column("title", "title", Takes::Text, "综合窗口"),
    column("joined_on", "joinedOn", Takes::Date, "2024-09-01"),
    column("sex", "sex", Takes::Choice, ""),
    column("born_on", "bornOn", Takes::Date, "1995-05-20"),
    column("party_member", "partyMember", Takes::Choice, ""),
];

const POSTS: &[Column] = &[
    required("code", "code", Takes::Text, "window-3"),
    required("post_name", "name", Takes::Text, "3号综合窗口"),
    required("kind", "kind", Takes::Choice, ""),
    column("department", "department", Takes::Choice, ""),
    column("window_no", "windowNo", Takes::Text, "3"),
    column("location", "location", Takes::Text, "一楼大厅"),
    column("public_phone", "publicPhone", Takes::Text, "0760-88880000"),
    column("open_hours", "openHours", Takes::Text, "周一至周五 9:00–17:00"),
    column("duties", "duties", Takes::Text, "受理、导办"),
];

const TRAINING: &[Column] = &[
    required("staff_no", "staff", Takes::Text, "A-001"),
    required("day", "on", Takes::Date, "2026-03-02"),
    required("start", "start", Takes::Text, "14:30"),
    required("hours", "hours", Takes::Text, "2"),
    required("training_kind", "kind", Takes::Choice, ""),
    required("topic", "topic", Takes::Choice, ""),
    required("training_title", "title", Takes::Text, "服务礼仪培训"),
    column("trainer", "trainer", Takes::Text, "王老师"),
    column("place", "place", Takes::Text, "三楼会议室"),
    column("unscheduled", "unscheduled", Takes::Choice, ""),
    column("attended", "attended", Takes::Choice, ""),
    column("result", "result", Takes::Choice, ""),
    column("score", "score", Takes::Text, ""),
];

/// The columns of a table; the first names whom or what a line is about.
#[must_use]
pub const fn columns(table: ImportTable) -> &'static [Column] {
    match table {
        ImportTable::Staff => STAFF,
        ImportTable::Posts => POSTS,
        ImportTable::Training => TRAINING,
    }
}

/// One of a list: what is stored, and by which names it may be called; the first two in either language.
#[derive(Clone, Debug)]
pub struct Choice {
    key: String,
    /// Its Chinese and its English name.
    pub names: [String; 2],
}

impl Choice {
    fn is(&self, text: &str) -> bool {
        self.key.eq_ignore_ascii_case(text) || self.names.iter().any(|name| name.eq_ignore_ascii_case(text))
    }

    /// As a page would call it.
    #[must_use]
    pub fn name(&self, language: Language) -> &str {
        language.pick(&self.names[0], &self.names[1])
    }
}

/// What the choices are between.
pub struct Known {
    departments: Vec<(DepartmentId, Choice)>,
    choices: HashMap<&'static str, Vec<Choice>>,
}

impl Known {
    /// As it stands.
    ///
    /// # Errors
    /// From the database.
    pub async fn read(tx: &ReadTx) -> Result<Self> {
        let departments =
            settings::repo::departments(tx).await?.into_iter().filter(|row| row.status == EntryStatus::Active);
        let departments: Vec<_> =
            departments.map(|row| (row.id, Choice { key: row.code, names: [row.name_zh, row.name_en] })).collect();
        let kinds = kinds::all(tx).await?.into_iter().filter(|kind| kind.offered);
        let word = |group: &str, key: &str| Choice {
            key: key.to_owned(),
            names: [Language::Chinese.label(group, key), Language::English.label(group, key)].map(ToOwned::to_owned),
        };
        let flag = |key: &str| Choice {
            key: key.to_owned(),
            names: [Language::Chinese.word("word", key), Language::English.word("word", key)].map(ToOwned::to_owned),
        };
        let choices = HashMap::from([
            ("department", departments.iter().map(|(_, choice)| choice.clone()).collect()),
            ("kind", kinds.map(|kind| Choice { key: kind.code, names: [kind.title_zh, kind.title_en] }).collect()),
            ("sex", Sex::ALL.iter().map(|sex| word("sex", sex.key())).collect()),
            ("party_member", ["yes", "no"].map(flag).to_vec()),
            ("training_kind", SessionKind::ALL.iter().map(|kind| word("training_kind", kind.key())).collect()),
            ("topic", Topic::ALL.iter().map(|topic| word("training_topic", topic.key())).collect()),
            ("unscheduled", ["no", "yes"].map(flag).to_vec()),
            ("attended", ["yes", "no"].map(flag).to_vec()),
            ("result", TestResult::ALL.iter().map(|result| word("training_result", result.key())).collect()),
        ]);
        Ok(Self { departments, choices })
    }

    /// What a column's choice is between.
    #[must_use]
    pub fn choices(&self, key: &str) -> &[Choice] {
        self.choices.get(key).map_or(&[], Vec::as_slice)
    }
}

/// A line as it is read, field by field, with what is wrong.
pub struct Line<'a> {
    /// What the choices are between.
    pub known: &'a Known,
    /// Its cells by column.
    pub cells: HashMap<&'static str, &'a Value>,
    /// What is wrong, by column.
    pub faults: Vec<(&'static str, Violation)>,
}

impl Line<'_> {
    fn fault(&mut self, key: &'static str, code: &'static str) {
        self.faults.push((key, Violation::new(key, code)));
    }

    /// The text of a cell; nothing where it is no text.
    fn text(&mut self, key: &'static str) -> Option<String> {
        let cell = self.cells.get(key).copied()?;
        match cell {
            Value::Empty => None,
            Value::Text(text) => Some(text.clone()),
            // As a spreadsheet shows it: 1001, not 1001.0.
            Value::Number(number) => Some(number.to_string()),
            Value::Formula => self.none(key, "import.formula"),
            Value::Broken => self.none(key, "import.broken"),
            Value::Date(_) | Value::Time | Value::Flag(_) => self.none(key, "import.text"),
        }
    }

    fn date(&mut self, key: &'static str) -> Option<NaiveDate> {
        let cell = self.cells.get(key).copied()?;
        match cell {
            Value::Empty => None,
            Value::Date(day) => Some(*day),
            Value::Text(text) => match day(text) {
                Some(day) => Some(day),
                None => self.none(key, "import.date"),
            },
            Value::Number(_) => self.none(key, "import.date_number"),
            Value::Formula => self.none(key, "import.formula"),
            Value::Broken => self.none(key, "import.broken"),
            Value::Time | Value::Flag(_) => self.none(key, "import.date"),
        }
    }

    /// The key of what was chosen.
    fn choice(&mut self, key: &'static str) -> Option<String> {
        let cell = self.cells.get(key).copied()?;
        let text = match cell {
            Value::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
            _ => self.text(key)?,
        };
        let mut fitting = self.known.choices(key).iter().filter(|choice| choice.is(&text));
        match (fitting.next(), fitting.next()) {
            (Some(choice), None) => Some(choice.key.clone()),
            (Some(_), Some(_)) => self.none(key, "import.ambiguous"),
            (None, _) => self.none(key, "import.unknown"),
        }
    }

    fn none<T>(&mut self, key: &'static str, code: &'static str) -> Option<T> {
        self.fault(key, code);
        None
    }

    fn department(&mut self) -> Option<DepartmentId> {
        let key = self.choice("department")?;
        self.known.departments.iter().find(|(_, choice)| choice.key == key).map(|(id, _)| *id)
    }

    /// Adds what a form finds wrong, where nothing is told of that cell yet.
    fn found(&mut self, table: ImportTable, found: Vec<Violation>) {
        for violation in found {
            let column = columns(table).iter().find(|column| column.field == violation.field);
            let key = column.map_or("", |column| column.key);
            if self.faults.iter().all(|(known, _)| *known != key) {
                self.faults.push((key, violation));
            }
        }
    }

    /// As somebody of the staff.
    pub fn staff(&mut self, today: NaiveDate) -> Typed {
        let form = StaffForm {
            staff_no: self.text("staff_no").unwrap_or_default(),
            name: self.text("name").unwrap_or_default(),
            department: self.department(),
            title: self.text("title"),
            joined_on: self.date("joined_on"),
        };
        let restricted = Restricted {
            sex: self.choice("sex").and_then(|key| Sex::from_key(&key)),
            born_on: self.date("born_on"),
            party_member: self.choice("party_member").map(|key| key == "yes"),
        };
        self.found(ImportTable::Staff, form.check(today).into_iter().chain(restricted.check(today)).collect());
        Typed { form, account: None, restricted: Some(restricted) }
    }

    /// As somebody's part in a session, of `people` by number.
    pub fn training(&mut self, people: &HashMap<String, StaffId>, today: NaiveDate) -> (SessionForm, Mark) {
        let kind = self.choice("training_kind").and_then(|key| SessionKind::from_key(&key));
        let topic = self.choice("topic").and_then(|key| Topic::from_key(&key));
        let form = SessionForm {
            on: self.date("day").unwrap_or(today),
            start: self.text("start").unwrap_or_default(),
            hours: self.count("hours").unwrap_or_default(),
            kind: kind.unwrap_or(SessionKind::Training),
            topic: topic.unwrap_or(Topic::Other),
            title: self.text("training_title").unwrap_or_default(),
            trainer: self.text("trainer"),
            place: self.text("place"),
            unscheduled: self.choice("unscheduled").is_some_and(|key| key == "yes"),
        };
        let staff = self.text("staff_no").and_then(|no| people.get(&no).copied());
        let mark = Mark {
            staff: staff.unwrap_or(NOBODY),
            attended: self.choice("attended").is_none_or(|key| key == "yes"),
            result: self.choice("result").and_then(|key| TestResult::from_key(&key)),
            score: self.count("score"),
        };
        for (key, missing) in [("staff_no", "staff"), ("day", "on"), ("training_kind", "kind"), ("topic", "topic")] {
            if matches!(self.cells.get(key), None | Some(Value::Empty)) {
                self.faults.push((key, Violation::new(missing, "form.required")));
            }
        }
        if staff.is_none() && self.faults.iter().all(|(key, _)| *key != "staff_no") {
            self.fault("staff_no", "import.nobody");
        }
        let facts = SessionFacts { status: SessionStatus::Planned, on: form.on, kind: form.kind, topic: form.topic };
        let of_mark = facts.check_marks(&[mark], today).into_iter().map(|violation| match violation.code {
            "training.not_yet" => Violation { field: "on", ..violation },
            "training.score" => Violation { field: "score", ..violation },
            _ => Violation { field: "result", ..violation },
        });
        self.found(ImportTable::Training, form.check(today).into_iter().chain(of_mark).collect());
        (form, mark)
    }

    /// A whole number.
    fn count(&mut self, key: &'static str) -> Option<u32> {
        let text = self.text(key)?;
        text.parse().map_or_else(|_| self.none(key, "import.count"), Some)
    }

    /// As a post.
    pub fn post(&mut self) -> PostForm {
        let form = PostForm {
            code: self.text("code").unwrap_or_default().to_lowercase(),
            name: self.text("post_name").unwrap_or_default(),
            kind: self.choice("kind").unwrap_or_default(),
            department: self.department(),
            window_no: self.text("window_no"),
            location: self.text("location"),
            public_phone: self.text("public_phone"),
            open_hours: self.text("open_hours"),
            duties: self.text("duties"),
            extra: Vec::new(),
        };
        let chosen = !form.kind.is_empty();
        self.found(ImportTable::Posts, form.check(chosen.then_some(&[][..])));
        form
    }
}

/// A day as people write it: 2026-03-02, 2026/3/2, 2026.3.2 or 2026年3月2日.
fn day(text: &str) -> Option<NaiveDate> {
    let text = text.strip_suffix('日').unwrap_or(text);
    let mut parts = text.split(['-', '/', '.', '年', '月']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_people_write_it_and_must_exist() {
        for text in ["2026-03-02", "2026/3/2", "2026.3.2", "2026年3月2日"] {
            assert_eq!(day(text).map(|day| day.to_string()).as_deref(), Some("2026-03-02"), "{text}");
        }
        for text in ["2026-02-30", "2026-13-01", "26-03-02", "46083", "2026-03", "2026-03-02-01", "三月"] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
