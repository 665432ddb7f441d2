//! Files that belong to records: what is taken, how much of it, who may see it, and how long it is kept.

use crate::{Violation, macros::text_enum, permission::Permission};

/// The largest file, in bytes (I-1).
pub const MAX_BYTES: u64 = 10 * 1024 * 1024;
/// Files of one record (I-1).
pub const MAX_PER_RECORD: usize = 9;
/// Files of all findings of one rater about one target.
const BALLOT_FILES: usize = 60;
/// The largest picture, in pixels, before anything is decoded (I-2).
pub const MAX_PIXELS: u64 = 40_000_000;
/// The longer side of a thumbnail, in pixels.
pub const THUMBNAIL_SIDE: u32 = 320;
/// How long a file may belong to nothing, in hours.
pub const LOOSE_HOURS: i64 = 24;
/// The longest name, in characters.
const NAME_LENGTH: usize = 120;

text_enum! {
    /// What a file is, by its first bytes.
    pub enum FileKind {
        /// A photo.
        Jpeg = "jpeg",
        /// A picture without loss.
        Png = "png",
        /// A picture of the web.
        Webp = "webp",
        /// A document to print.
        Pdf = "pdf",
        /// A workbook.
        Xlsx = "xlsx",
        /// A text.
        Docx = "docx",
    }

    /// The kind of record that a file belongs to. [`reader`](Self::reader) says who may see the file.
    pub enum OwnerKind {
        /// A post: its signboard.
        Post = "post",
        /// An entry of a model post's ledger.
        LedgerEntry = "ledger_entry",
        /// A check of somebody's appearance.
        AppearanceCheck = "appearance_check",
        /// A complaint.
        Complaint = "complaint",
        /// What supervision found: what it looked like.
        Finding = "finding",
        /// A line in the log of a rectification task: what proves it.
        Rectification = "rectification",
        /// The center: its own pictures of dress (annex A, figures A.1 and A.2).
        Dress = "dress",
        /// An appeal against a rating: its evidence.
        RatingAppeal = "rating_appeal",
        /// What a rater fills in about somebody: what proves their findings.
        Ballot = "ballot",
        /// The course of a third party's round: the agency's plan.
        AgencyPlan = "agency_plan",
        /// … its report, as a draft and as it stays.
        AgencyReport = "agency_report",
        /// A fact of such a report: what proves that it is not so.
        ReportFact = "report_fact",
    }

    /// Whether a file was found to be clean.
    pub enum ScanState {
        /// It was, or nothing is asked to look.
        Clean = "clean",
        /// Nobody has looked yet: only the uploader sees it.
        Pending = "pending",
        /// It was not. It is gone.
        Refused = "refused",
    }

    /// How long a file is kept once it is attached.
    pub enum Retention {
        /// As long as its record.
        Record = "record",
        /// Three years: evidence of posts and ledgers.
        Evidence = "evidence",
        /// Five years: what belongs to a complaint.
        Case = "case",
    }
}

impl FileKind {
    /// The kind of a file that begins with `head`: a workbook and a text both look like [`Xlsx`](Self::Xlsx) from there.
    #[must_use]
    pub fn of_head(head: &[u8]) -> Option<Self> {
        match head {
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [b'P', b'K', 3, 4, ..] => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// Whether it is a picture: those are made anew.
    #[must_use]
    pub const fn is_image(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Webp)
    }

    /// The media type.
    #[must_use]
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }

    /// How its name ends; the first is the usual one.
    #[must_use]
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Self::Png => &["png"],
            Self::Webp => &["webp"],
            Self::Pdf => &["pdf"],
            Self::Xlsx => &["xlsx"],
            Self::Docx => &["docx"],
        }
    }

    /// Whether name and declared type tell the truth. A name without an ending claims nothing, and neither does a browser
    /// that does not know the type.
    ///
    /// # Errors
    /// `files.lies` when one of them does not.
    pub fn check_claims(self, name: &str, declared: &str) -> Result<(), Violation> {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.trim().to_ascii_lowercase());
        let named = ending.is_none_or(|ending| self.extensions().contains(&ending.as_str()));
        let declared = declared.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let typed = ["", "application/octet-stream", self.mime()].contains(&declared.as_str());
        if named && typed { Ok(()) } else { Err(Violation::new("file", "files.lies")) }
    }
}

impl OwnerKind {
    /// The permission that seeing its files takes, besides that of seeing the record; none: nobody sees them but who
    /// uploaded them.
    #[must_use]
    pub const fn reader(self) -> Option<Permission> {
        match self {
            Self::Post => Some(Permission::PostRead),
            Self::Complaint => Some(Permission::ComplaintReadOwn),
            Self::LedgerEntry => Some(Permission::ModelPostRead),
            Self::AppearanceCheck | Self::Dress => Some(Permission::AppearanceRead),
            Self::Finding | Self::Rectification => Some(Permission::ImprovementRead),
            Self::RatingAppeal => Some(Permission::BadRatingRead),
            Self::Ballot => Some(Permission::CampaignManage),
            Self::AgencyPlan | Self::AgencyReport | Self::ReportFact => Some(Permission::CampaignRead),
        }
    }

    /// How many files one record has at most. What a rater fills in is many findings, each with its proof.
    #[must_use]
    pub const fn most(self) -> usize {
        match self {
            Self::Ballot => BALLOT_FILES,
            _ => MAX_PER_RECORD,
        }
    }

    /// How long its files are kept.
    #[must_use]
    pub const fn retention(self) -> Retention {
        match self {
            Self::Post | Self::Dress => Retention::Record,
            Self::LedgerEntry
            | Self::AppearanceCheck
            | Self::Finding
            | Self::Rectification
            | Self::Ballot
            | Self::AgencyPlan
            | Self::AgencyReport
            | Self::ReportFact => Retention::Evidence,
            Self::Complaint | Self::RatingAppeal => Retention::Case,
        }
    }
}

impl Retention {
    /// Days from when it was attached; none while its record is there.
    #[must_use]
    pub const fn days(self) -> Option<i64> {
        match self {
            Self::Record => None,
            Self::Evidence => Some(3 * 366),
            Self::Case => Some(5 * 366),
        }
    }
}

/// A name as it may be shown and saved under: without folders, control characters and marks that turn the line around,
/// and not too long. Empty where nothing is left.
#[must_use]
pub fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '"')
    };
    let all: Vec<char> = last.chars().filter(plain).collect();
    // The ending is what a name must not lose.
    let skip = all.len().saturating_sub(NAME_LENGTH);
    all.into_iter().skip(skip).collect::<String>().trim_matches(['.', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_the_kind_and_nothing_else_does() {
        for (head, kind) in [
            (b"\xFF\xD8\xFF\xE0".as_slice(), Some(FileKind::Jpeg)),
            (b"\x89PNG\r\n\x1A\n", Some(FileKind::Png)),
            (b"RIFF\0\0\0\0WEBPVP8 ", Some(FileKind::Webp)),
            (b"RIFF\0\0\0\0WAVE", None),
            (b"%PDF-1.7", Some(FileKind::Pdf)),
            (b" %PDF-1.7", None),
            (b"PK\x03\x04", Some(FileKind::Xlsx)),
            (b"<svg xmlns", None),
            (b"GIF89a", None),
            (b"MZ", None),
            (b"", None),
        ] {
            assert_eq!(FileKind::of_head(head), kind, "{head:?}");
        }
    }

    #[test]
    fn a_name_or_a_type_that_lies_is_refused() {
        let jpeg = FileKind::Jpeg;
        for (name, declared) in [
            ("a.jpg", "image/jpeg"),
            ("A.JPEG", ""),
            ("photo", "application/octet-stream"),
            ("a.b.jpg", "image/jpeg; q=1"),
        ] {
            assert_eq!(jpeg.check_claims(name, declared), Ok(()), "{name} {declared}");
        }
        for (name, declared) in [
            ("a.png", "image/jpeg"),
            ("a.jpg", "image/png"),
            ("a.jpg.exe", "image/jpeg"),
            ("a.jpg", "text/html"),
            ("a.", ""),
        ] {
            assert!(jpeg.check_claims(name, declared).is_err(), "{name} {declared}");
        }
    }

    #[test]
    fn a_name_keeps_neither_folders_nor_tricks() {
        assert_eq!(plain_name("..\\..\\etc/岗位 照片.jpg"), "岗位 照片.jpg");
        assert_eq!(plain_name("a\u{202E}gpj.exe\r\n\""), "agpj.exe");
        assert_eq!(plain_name("../.."), "");
        let long = plain_name(&format!("{}.pdf", "长".repeat(500)));
        assert!(long.chars().count() == NAME_LENGTH && long.ends_with(".pdf"));
    }

    #[test]
    fn nobody_outside_of_a_center_but_its_deputies_and_agencies_uploads_and_somebody_sees_every_kind() {
        use crate::{
            campaigns::draw::GROUPS,
            permission::{Role, Seat, grants},
        };
        for role in Role::ALL.iter().filter(|role| role.seat() != Seat::Center) {
            let brings = GROUPS.contains(role) || *role == Role::ThirdPartyLead;
            assert_eq!(grants(*role, Permission::FileUpload), brings, "{role:?}");
        }
        assert!(OwnerKind::ALL.iter().all(|kind| kind.reader().is_some()));
    }
}
