//! What a center keeps about itself: departments, published ways to complain (6.8.2), service points, devices.
//!
//! Nothing that a case may refer to is deleted: an entry is retired, and may come back; a device's credential is
//! revoked for good.

use crate::{
    RatingPointId, ServicePointId, Violation,
    complaints::form::{length, normalize_phone},
    evaluation::kiosk::check_pin,
    macros::text_enum,
};

text_enum! {
    /// Whether an entry of a center's lists is in use.
    pub enum EntryStatus {
        /// Offered, shown to the public where it is public.
        Active = "active",
        /// Offered no more; what refers to it still shows it.
        Retired = "retired",
    }

    /// What a device is for, and with its credential may do.
    pub enum DeviceKind {
        /// 取号机: it tells how many wait.
        TicketMachine = "ticket_machine",
        /// 评价一体机: people rate at it.
        Kiosk = "kiosk",
    }

    /// Whether a device may act.
    pub enum DeviceStatus {
        /// Its credential counts.
        Active = "active",
        /// Over.
        Revoked = "revoked",
    }

    /// How a published way to complain reaches the center (6.8.2).
    pub enum ChannelKind {
        /// 接待点.
        ReceptionPlace = "reception_place",
        /// 意见箱.
        OpinionBox = "opinion_box",
        /// 电话.
        Phone = "phone",
        /// 网址.
        Website = "website",
        /// 邮箱.
        Email = "email",
        /// 寄信地址.
        PostalAddress = "postal_address",
    }
}

/// A resident department or office, as filled in.
#[derive(Clone, Debug, Default)]
pub struct Department {
    /// Short code, unique in the center.
    pub code: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Whether its people have a dress code of their own (annex A); left as it is where nobody says.
    pub own_dress: Option<bool>,
}

/// A published way to complain, as filled in.
#[derive(Clone, Debug)]
pub struct Channel {
    /// How it reaches the center.
    pub kind: ChannelKind,
    /// Chinese label.
    pub label_zh: String,
    /// English label.
    pub label_en: String,
    /// Number or address, in Chinese.
    pub value_zh: String,
    /// The same in English.
    pub value_en: String,
}

/// A village or community service point, as filled in.
#[derive(Clone, Debug, Default)]
pub struct ServicePoint {
    /// Short code, unique in the center.
    pub code: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Where it is.
    pub address: String,
    /// Its phone.
    pub phone: Option<String>,
}

/// A device, as filled in.
#[derive(Clone, Debug, Default)]
pub struct Device {
    /// Its name, unique in the center.
    pub name: String,
    /// Where it stands.
    pub place: Option<String>,
    /// The service point that it stands in.
    pub service_point_id: Option<ServicePointId>,
    /// What it is for; left as it is where nobody says, and a ticket machine from the start.
    pub kind: Option<DeviceKind>,
    /// The point that is rated at a kiosk; none yet is allowed.
    pub rating_point_id: Option<RatingPointId>,
    /// The PIN with which staff leave a kiosk's page; left as it is where nobody says.
    pub pin: Option<String>,
}

impl Department {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self) -> Vec<Violation> {
        let names = [line("nameZh", &self.name_zh, 60), line("nameEn", &self.name_en, 80)];
        [code(&self.code)].into_iter().chain(names).flatten().collect()
    }
}

impl Channel {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self) -> Vec<Violation> {
        let labels = [line("labelZh", &self.label_zh, 30), line("labelEn", &self.label_en, 60)];
        let value = |field, text| line(field, text, 200).or_else(|| reaches(self.kind, field, text));
        let values = [value("valueZh", &self.value_zh), value("valueEn", &self.value_en)];
        labels.into_iter().chain(values).flatten().collect()
    }
}

impl ServicePoint {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self) -> Vec<Violation> {
        let names = [line("nameZh", &self.name_zh, 60), line("nameEn", &self.name_en, 80)];
        let phone = self.phone.as_deref().and_then(|text| reaches(ChannelKind::Phone, "phone", text));
        let rest = [line("address", &self.address, 200), phone];
        [code(&self.code)].into_iter().chain(names).chain(rest).flatten().collect()
    }
}

impl Device {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self) -> Vec<Violation> {
        let place = match &self.place {
            Some(place) => line("place", place, 100),
            // One of the two says where it stands.
            None => self.service_point_id.is_none().then(|| Violation::new("place", "settings.device_place")),
        };
        let pin = self.pin.as_deref().and_then(check_pin);
        [line("name", &self.name, 60), place, pin].into_iter().flatten().collect()
    }

    /// What is said of it that only a kiosk has.
    #[must_use]
    pub fn check_no_kiosk(&self) -> Vec<Violation> {
        let point = self.rating_point_id.map(|_| Violation::new("ratingPointId", "settings.kiosk_only"));
        let pin = self.pin.as_ref().map(|_| Violation::new("pin", "settings.kiosk_only"));
        point.into_iter().chain(pin).collect()
    }
}

/// A required text of one line.
pub(crate) fn line(field: &'static str, text: &str, max: usize) -> Option<Violation> {
    length(field, text, 1, max)
        .or_else(|| text.contains(char::is_control).then(|| Violation::new(field, "form.control_characters")))
}

pub(crate) fn code(text: &str) -> Option<Violation> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c);
    let fine = (1..=32).contains(&text.len()) && text.chars().all(plain);
    line("code", text, 32).or_else(|| (!fine).then(|| Violation::new("code", "settings.code")))
}

/// Whether `text` has the form of what it is said to be. That somebody answers there, nobody can check but by trying.
pub(crate) fn reaches(kind: ChannelKind, field: &'static str, text: &str) -> Option<Violation> {
    let (fine, code) = match kind {
        ChannelKind::Phone => (normalize_phone(text).is_some(), "form.phone"),
        ChannelKind::Website => (is_web_address(text), "settings.website"),
        ChannelKind::Email => (is_email(text), "settings.email"),
        ChannelKind::ReceptionPlace | ChannelKind::OpinionBox | ChannelKind::PostalAddress => (true, ""),
    };
    (!fine).then(|| Violation::new(field, code))
}

/// The public page makes a link of it, so it may be nothing but a web address.
fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        is_host(rest.split(['/', '?', '#', ':']).next().unwrap_or_default())
            && !rest.contains(|c: char| c.is_whitespace() || "\"<>\\^`{|}@".contains(c))
    })
}

fn is_email(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && name.chars().all(plain) && is_host(host))
}

fn is_host(text: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-');
    text.contains('.') && text.split('.').all(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn channel(kind: ChannelKind, value: &str) -> Vec<(&'static str, &'static str)> {
        let (label_zh, label_en) = ("投诉".to_owned(), "Complaints".to_owned());
        let (value_zh, value_en) = (value.to_owned(), "0760-80000000".to_owned());
        let found = Channel { kind, label_zh, label_en, value_zh, value_en }.check();
        found.into_iter().filter(|v| v.field != "valueEn").map(|v| (v.field, v.code)).collect()
    }

    #[test]
    fn a_channel_has_the_form_of_its_kind() {
        use ChannelKind as K;
        for (kind, value) in [
            (K::Phone, "0760-80000101"),
            (K::Phone, "12345"),
            (K::Website, "https://shiqi.gangping.example/complaints?from=页"),
            (K::Website, "http://政务.example:8080"),
            (K::Email, "complaints+desk@shiqi.gangping.example"),
            (K::OpinionBox, "正门左侧"),
        ] {
            assert_eq!(channel(kind, value), [], "{value}");
        }
        for (kind, value, code) in [
            (K::Phone, "call us", "form.phone"),
            (K::Website, "javascript:alert(1)", "settings.website"),
            (K::Website, "https://", "settings.website"),
            (K::Website, "https://gov.example/a b", "settings.website"),
            (K::Website, "https://bank.example@evil.example", "settings.website"),
            (K::Email, "complaints@localhost", "settings.email"),
            (K::Email, "a@b.example?bcc=c@d.example", "settings.email"),
            (K::PostalAddress, "  ", "form.required"),
            (K::ReceptionPlace, "一楼\n大厅", "form.control_characters"),
            (K::OpinionBox, "\u{202e}\u{7}", "form.control_characters"),
        ] {
            assert_eq!(channel(kind, value), [("valueZh", code)], "{value}");
        }
    }

    #[test]
    fn each_field_reports_its_own_fault() {
        let codes = |found: Vec<Violation>| found.into_iter().map(|v| (v.field, v.code)).collect::<Vec<_>>();
        let point = ServicePoint { code: "No 1".into(), phone: Some("?".into()), ..ServicePoint::default() };
        let required = |field| (field, "form.required");
        assert_eq!(
            codes(point.check()),
            [
                ("code", "settings.code"),
                required("nameZh"),
                required("nameEn"),
                required("address"),
                ("phone", "form.phone")
            ]
        );
        let (name_zh, name_en) = ("税".repeat(61), "Tax".into());
        let long = Department { code: "tax".into(), name_zh, name_en, ..Department::default() };
        assert_eq!(codes(long.check()), [("nameZh", "form.too_long")]);
        assert_eq!(codes(Device::default().check()), [required("name"), ("place", "settings.device_place")]);
        let pin = Some("1234".into());
        let kiosk = Device { name: "1".into(), place: Some("1".into()), pin, ..Device::default() };
        assert_eq!(codes(kiosk.check()), [("pin", "settings.pin")]);
        assert_eq!(codes(kiosk.check_no_kiosk()), [("pin", "settings.kiosk_only")]);
    }
}
