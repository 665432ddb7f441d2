//! The desk's pages for work at windows of some kinds of posts: the routes, nothing else.

use frontend::{
    i18n::{Language, add_staff_texts},
    layout::staff::{DeskSession, StaffLayout},
    pages::{
        care::{CareList, page::CarePage},
        elsewhere::Elsewhere,
        handling::{HandlingList, page::HandlingPage},
        items::ItemsPage,
        tidal::TidalPage,
        work::WorkPage,
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
                                <Route path=path!("work") view=WorkPage />
                                <Route path=path!("tidal") view=TidalPage />
                                <Route path=path!("care") view=CareList />
                                <Route path=path!("care/:id") view=CarePage />
                                <Route path=path!("items") view=ItemsPage />
                                <Route path=path!("handling") view=HandlingList />
                                <Route path=path!("handling/:id") view=HandlingPage />
                            </ParentRoute>
                        </Routes>
                    </Router>
                </DeskSession>
            </Language>
        }
    });
}
