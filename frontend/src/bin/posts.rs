//! The desk's pages about posts and the people at them: the routes, nothing else.

use frontend::{
    i18n::{Language, add_staff_texts},
    layout::staff::{DeskSession, StaffLayout},
    pages::{
        elsewhere::Elsewhere,
        import::ImportPage,
        posts::{
            board::Board, kinds::Kinds, mine::Mine, page::PostPage, person::PersonPage, roster::Roster, staff::Staff,
        },
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
                                <Route path=path!("posts") view=Board />
                                <Route path=path!("posts/:id") view=PostPage />
                                <Route path=path!("staff") view=Staff />
                                <Route path=path!("staff/:id") view=PersonPage />
                                <Route path=path!("roster") view=Roster />
                                <Route path=path!("mine") view=Mine />
                                <Route path=path!("kinds") view=Kinds />
                                <Route path=path!("import") view=ImportPage />
                            </ParentRoute>
                        </Routes>
                    </Router>
                </DeskSession>
            </Language>
        }
    });
}
