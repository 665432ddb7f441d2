//! The desk's pages about conduct and standards: the routes, nothing else.

use frontend::{
    i18n::{Language, add_staff_texts},
    layout::staff::{DeskSession, StaffLayout},
    pages::{
        appearance::{AppearancePage, check::CheckPage, new::NewCheck},
        elsewhere::Elsewhere,
        phrases::PhrasesPage,
        standards::{StandardsPage, page::StandardPage},
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
                                <Route path=path!("standards") view=StandardsPage />
                                <Route path=path!("standards/:id") view=StandardPage />
                                <Route path=path!("appearance") view=AppearancePage />
                                <Route path=path!("appearance/new") view=NewCheck />
                                <Route path=path!("appearance/:id") view=CheckPage />
                                <Route path=path!("phrases") view=PhrasesPage />
                            </ParentRoute>
                        </Routes>
                    </Router>
                </DeskSession>
            </Language>
        }
    });
}
