//! The desk's pages about bad ratings and appeals, putting right what was found, and doing better: the routes, nothing else.

use frontend::{
    i18n::{Language, add_staff_texts},
    layout::staff::{DeskSession, StaffLayout},
    pages::{
        bad_ratings::{BadRatingList, page::BadRatingPage},
        city::{appeal::AppealAtCity, appeals::Appeals},
        elsewhere::Elsewhere,
        improvement::{
            RectificationTasks, findings::FindingsPage, new::NewRectification, plan::ImprovementPage, plans::PlansPage,
            task::RectificationPage,
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
                                <Route path=path!("bad-ratings") view=BadRatingList />
                                <Route path=path!("bad-ratings/:id") view=BadRatingPage />
                                <Route path=path!("appeals") view=Appeals />
                                <Route path=path!("appeals/:id") view=AppealAtCity />
                                <Route path=path!("rectification") view=RectificationTasks />
                                <Route path=path!("rectification/new") view=NewRectification />
                                <Route path=path!("rectification/findings") view=FindingsPage />
                                <Route path=path!("rectification/:id") view=RectificationPage />
                                <Route path=path!("improvement") view=PlansPage />
                                <Route path=path!("improvement/:id") view=ImprovementPage />
                            </ParentRoute>
                        </Routes>
                    </Router>
                </DeskSession>
            </Language>
        }
    });
}
