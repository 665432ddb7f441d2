//! The words of workbooks, in the language of whoever asks: those of their own, and the labels that pages show too.

use std::{collections::HashMap, sync::OnceLock};

use serde_json::Value;

/// A language of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// 中文.
    Chinese,
    /// English.
    English,
}

type Words = HashMap<String, HashMap<String, String>>;

impl Language {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Chinese, Self::English];

    /// The one that a page names; Chinese where it names none that is known.
    #[must_use]
    pub fn of(name: Option<&str>) -> Self {
        if name == Some("en") { Self::English } else { Self::Chinese }
    }

    /// One of two stored names.
    #[must_use]
    pub const fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Chinese => zh,
            Self::English => en,
        }
    }

    /// The label of a value, as pages show it.
    #[must_use]
    pub fn label(self, group: &str, key: &str) -> &'static str {
        static LABELS: OnceLock<[Words; 2]> = OnceLock::new();
        let read = || {
            [include_str!("../../../locales/zh-CN/labels.json"), include_str!("../../../locales/en/labels.json")]
                .map(parse)
        };
        self.found(LABELS.get_or_init(read), group, key)
    }

    /// The words of a workbook.
    #[must_use]
    pub fn word(self, group: &str, key: &str) -> &'static str {
        static WORDS: OnceLock<[Words; 2]> = OnceLock::new();
        let read = || {
            [include_str!("../../../locales/zh-CN/sheets.json"), include_str!("../../../locales/en/sheets.json")]
                .map(parse)
        };
        self.found(WORDS.get_or_init(read), group, key)
    }

    fn found(self, words: &'static [Words; 2], group: &str, key: &str) -> &'static str {
        let [zh, en] = words;
        let words = match self {
            Self::Chinese => zh,
            Self::English => en,
        };
        words.get(group).and_then(|group| group.get(key)).map_or("?", String::as_str)
    }
}

/// Groups of texts; a test sees to it that the files are whole.
fn parse(file: &str) -> Words {
    let file: Value = serde_json::from_str(file).unwrap_or_default();
    let group = |group: &Value| {
        let texts = group.as_object().into_iter().flatten();
        texts.filter_map(|(key, text)| Some((key.clone(), text.as_str()?.to_owned()))).collect()
    };
    file.as_object().into_iter().flatten().map(|(name, texts)| (name.clone(), group(texts))).collect()
}
