//! Line icons, 24 units wide. They repeat what a word says, so a screen reader skips them.

use leptos::prelude::*;

/// Which icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Alert,
    Back,
    Bell,
    Book,
    Box,
    Camera,
    Chat,
    Check,
    ChevronDown,
    ChevronRight,
    Clock,
    Close,
    Copy,
    Download,
    Eye,
    Flag,
    Globe,
    Home,
    Info,
    Link,
    Lock,
    Mail,
    Note,
    Pause,
    Phone,
    Pin,
    Plus,
    Print,
    Search,
    Send,
    SignOut,
    Star,
    User,
    Users,
}

impl Mark {
    const fn path(self) -> &'static str {
        match self {
            Self::Alert => "M12 3.5 22 20.5H2ZM12 10v4.5M12 17.3v.2",
            Self::Back => "M19.5 12h-15M11 5.5 4.5 12l6.5 6.5",
            Self::Bell => "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15ZM10 21h4",
            Self::Book => "M5 4h12a2 2 0 0 1 2 2v14H7a2 2 0 0 1-2-2ZM5 18a2 2 0 0 1 2-2h12M9 8h6",
            Self::Box => "M4 9h16v11H4ZM7 9l1.5-5h7L17 9M9 13.5h6",
            Self::Camera => "M4 8h3.5L9 5.5h6L16.5 8H20v11H4ZM12 10a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4Z",
            Self::Chat => "M4 5h16v11H12l-5 4v-4H4ZM8 9.5h8M8 12.5h5",
            Self::Check => "m5 12.5 4.5 4.5L19 7.5",
            Self::ChevronDown => "m6 9.5 6 6 6-6",
            Self::ChevronRight => "m9.5 6 6 6-6 6",
            Self::Clock => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 7.5V12l3 2",
            Self::Close => "M6 6l12 12M18 6 6 18",
            Self::Copy => "M9 9h11v11H9ZM15 9V4H4v11h5",
            Self::Download => "M12 3.5v11M7 10l5 5 5-5M4.5 20h15",
            Self::Eye => {
                "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6Z"
            }
            Self::Flag => "M6 21V4h11l-2 4 2 4H6",
            Self::Globe => {
                "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM3 12h18M12 3c3 3 3.5 6 3.5 9s-.5 6-3.5 9c-3-3-3.5-6-3.5-9S9 6 12 3Z"
            }
            Self::Home => "M4 11.5 12 4l8 7.5V20h-5.5v-5h-5v5H4Z",
            Self::Info => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 11v5.5M12 7.5v.2",
            Self::Link => {
                "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1"
            }
            Self::Lock => "M6 11h12v9.5H6ZM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
            Self::Mail => "M3 5.5h18v13H3ZM3.5 6.5 12 13l8.5-6.5",
            Self::Note => "M5 4h14v11l-5 5H5ZM14 20v-5h5M8.5 8.5h7M8.5 12h4",
            Self::Pause => "M8.5 5.5v13M15.5 5.5v13",
            Self::Phone => {
                "M5 4h4l1.5 5-2.5 1.5a12 12 0 0 0 5.5 5.5l1.5-2.5 5 1.5v4a1 1 0 0 1-1 1C11 20 4 13 4 5a1 1 0 0 1 1-1Z"
            }
            Self::Pin => {
                "M12 21.5s7-6.5 7-11.5a7 7 0 0 0-14 0c0 5 7 11.5 7 11.5ZM12 7.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z"
            }
            Self::Plus => "M12 5v14M5 12h14",
            Self::Print => "M7 9V3.5h10V9M7 17H4V9h16v8h-3M7 14h10v6.5H7Z",
            Self::Search => "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.5 15.5 20.5 20.5",
            Self::Send => "m3.5 11.5 17-8-6 17-3-7ZM11.5 13.5l4-5",
            Self::SignOut => "M10 4H5v16h5M14.5 8l4 4-4 4M18.5 12H10",
            Self::Star => "m12 3.5 2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8Z",
            Self::User => "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20.5c0-4 3.5-6 7.5-6s7.5 2 7.5 6",
            Self::Users => {
                "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM2.5 20c0-3.5 3-5.5 6.5-5.5s6.5 2 6.5 5.5M16 5.5a3 3 0 0 1 0 6M18 15c2 .7 3.5 2.5 3.5 5"
            }
        }
    }
}

/// One icon, as large as the text beside it unless `class` says otherwise.
#[component]
pub fn Icon(mark: Mark, #[prop(default = "icon")] class: &'static str) -> impl IntoView {
    view! {
        <svg
            class=class
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            stroke-width="1.8"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
            focusable="false"
        >
            <path d=mark.path()></path>
        </svg>
    }
}
