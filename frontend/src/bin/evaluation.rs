//! The desk's pages about the forms of evaluation and what the public says: the routes, nothing else.

use frontend::{
    i18n::{Language, add_staff_texts},
    layout::staff::{DeskSession, StaffLayout},
    pages::{
        elsewhere::Elsewhere,
        forms::{Forms, page::FormPage},
        ratings::{ResultsPage, flags::FlagsPage, points::PointsPage, print::PostersPage},
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
                                <Route path=path!("forms") view=Forms />
                                <Route path=path!("forms/:id") view=FormPage />
                                <Route path=path!("rating-flags") view=FlagsPage />
                                <Route path=path!("ratings") view=ResultsPage />
                                <Route path=path!("rating-points") view=PointsPage />
                                <Route path=path!("rating-points/print") view=PostersPage />
                            </ParentRoute>
                        </Routes>
                    </Router>
                </DeskSession>
            </Language>
        }
    });
}
