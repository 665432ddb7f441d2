//! The desk's pages for work at windows of some kinds of posts: the routes, nothing else.

use frontend::{
    i18n::{Language, add_staff_texts},
    layout::staff::{DeskSession, StaffLayout},
    pages::{
        care::{CareList, page::CarePage},
        elsewhere::Elsewhere,
        tidal::TidalPage,
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
                                <Route path=path!("tidal") view=TidalPage />
                                <Route path=path!("care") view=CareList />
                                <Route path=path!("care/:id") view=CarePage />
                            </ParentRoute>
                        </Routes>
                    </Router>
                </DeskSession>
            </Language>
        }
    });
}
