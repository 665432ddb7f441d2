//! The desk's administration: the routes, nothing else. Every other page of the desk is `desk`'s.

use frontend::{
    i18n::{Language, add_staff_texts},
    layout::staff::{DeskSession, StaffLayout},
    pages::{
        audit::Audit,
        city::{
            calendar::CalendarPage, centers::Centers, policy::PolicyPage, referral::ReferralPage, referrals::Referrals,
        },
        elsewhere::Elsewhere,
        people::Members,
        settings::Settings,
    },
    start,
};
use leptos::prelude::*;
use leptos_router::{
    components::{ParentRoute, Route, Router, Routes},
    path,
};

fn main() {
    add_staff_texts();
    start(|| {
        view! {
            <Language>
                <DeskSession>
                    <Router>
                        <Routes fallback=Elsewhere>
                            <ParentRoute path=path!("/desk") view=StaffLayout>
                                <Route path=path!("members") view=Members />
                                <Route path=path!("centers") view=Centers />
                                <Route path=path!("policy") view=PolicyPage />
                                <Route path=path!("calendar") view=CalendarPage />
                                <Route path=path!("referrals") view=Referrals />
                                <Route path=path!("referrals/:id") view=ReferralPage />
                                <Route path=path!("settings") view=Settings />
                                <Route path=path!("audit") view=Audit />
                            </ParentRoute>
                        </Routes>
                    </Router>
                </DeskSession>
            </Language>
        }
    });
}
