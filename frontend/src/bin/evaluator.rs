//! The pages of whoever comes with a link from outside, to evaluate or to confirm a service: the routes, nothing else. A
//! visitor's phone does not carry signing in, and an evaluator's not the desk.

use frontend::{
    i18n::{Language, add_evaluator_texts},
    layout::public::PublicLayout,
    pages::{confirm::ConfirmPage, elsewhere::Elsewhere, evaluator::EvaluatorPage, public::CenterFrame},
    start,
};
use leptos::prelude::*;
use leptos_router::{
    components::{FlatRoutes, Route, Router},
    path,
};

fn main() {
    add_evaluator_texts();
    start(|| {
        view! {
            <Language>
                <Router>
                    <PublicLayout>
                        <FlatRoutes fallback=Elsewhere>
                            <Route path=path!("/evaluate") view=EvaluatorPage />
                            <Route path=path!("/c/:code/confirm") view=|| view! { <CenterFrame page=ConfirmPage /> } />
                        </FlatRoutes>
                    </PublicLayout>
                </Router>
            </Language>
        }
    });
}
