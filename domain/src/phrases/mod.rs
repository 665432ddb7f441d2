//! Phrases (文明用语与禁忌用语; annex B, domain section I.2): what to say at a window and what never to say.
//!
//! The product brings some that everybody has; a center changes or retires them for itself and adds its own. They are for
//! training, and for naming one in a check or a complaint by hand. Nothing is recorded at a counter, and nobody listens in.

use crate::{PhraseId, Violation, complaints::form::length, macros::text_enum, settings::line};

text_enum! {
    /// Whether a phrase is to be said.
    pub enum PhraseKind {
        /// 文明用语.
        Civil = "civil",
        /// 禁忌用语.
        Forbidden = "forbidden",
    }

    /// When it is said.
    pub enum PhraseCategory {
        /// 接待用语.
        Reception = "reception",
        /// 业务办理用语.
        Handling = "handling",
        /// 沟通解释用语.
        Explaining = "explaining",
        /// 送别用语.
        Farewell = "farewell",
    }
}

/// A phrase, as filled in.
#[derive(Clone, Debug)]
pub struct PhraseForm {
    /// Whether it is to be said; stays as it was added.
    pub kind: PhraseKind,
    /// When it is said.
    pub category: PhraseCategory,
    /// The words.
    pub text: String,
    /// In which situation.
    pub situation: Option<String>,
    /// The forbidden phrase instead of which it is said.
    pub replacement_for: Option<PhraseId>,
    /// Where it comes from.
    pub source: Option<String>,
}

impl PhraseForm {
    /// Every broken rule, in the order of the fields. `was` is its kind before a change, `replaced` that of the phrase
    /// instead of which it is said.
    #[must_use]
    pub fn check(&self, was: Option<PhraseKind>, replaced: Option<PhraseKind>) -> Vec<Violation> {
        let optional = |field, text: &Option<String>, max| text.as_deref().and_then(|text| length(field, text, 0, max));
        let instead = match replaced {
            Some(_) if self.kind == PhraseKind::Forbidden => Some("phrase.forbidden_replaces"),
            Some(PhraseKind::Civil) => Some("phrase.replaces_civil"),
            _ => None,
        };
        let found = [
            was.filter(|was| *was != self.kind).map(|_| Violation::new("kind", "phrase.kind_stays")),
            line("text", &self.text, 100),
            optional("situation", &self.situation, 100),
            instead.map(|code| Violation::new("replacementFor", code)),
            optional("source", &self.source, 100),
        ];
        found.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_civil_phrase_is_said_instead_of_a_forbidden_one_and_its_kind_stays() {
        use PhraseKind::{Civil, Forbidden};
        let form = |kind| PhraseForm {
            kind,
            category: PhraseCategory::Reception,
            text: "请坐，请稍等".to_owned(),
            situation: None,
            replacement_for: None,
            source: None,
        };
        let codes = |kind, was, replaced| form(kind).check(was, replaced).iter().map(|v| v.code).collect::<Vec<_>>();
        assert_eq!(codes(Civil, None, Some(Forbidden)), Vec::<&str>::new());
        assert_eq!(codes(Civil, None, Some(Civil)), ["phrase.replaces_civil"]);
        assert_eq!(codes(Forbidden, None, Some(Forbidden)), ["phrase.forbidden_replaces"]);
        assert_eq!(codes(Forbidden, Some(Civil), None), ["phrase.kind_stays"]);
        let long = PhraseForm { text: "啊".repeat(101), situation: Some("长".repeat(101)), ..form(Civil) };
        let found: Vec<_> = long.check(Some(Civil), None).iter().map(|v| (v.field, v.code)).collect();
        assert_eq!(found, [("text", "form.too_long"), ("situation", "form.too_long")]);
        let blank = PhraseForm { text: " ".to_owned(), ..form(Civil) };
        assert_eq!(blank.check(None, None)[0].code, "form.required");
    }
}
