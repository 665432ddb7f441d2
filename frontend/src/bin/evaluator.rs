//! The page of whoever evaluates from outside: the route, nothing else. A visitor's phone does not carry signing in, and
//! an evaluator's not the desk.

use frontend::{
    i18n::{Language, add_staff_texts},
    layout::public::PublicLayout,
    pages::{elsewhere::Elsewhere, evaluator::EvaluatorPage},
    start,
};
use leptos::prelude::*;
use leptos_router::{
    components::{FlatRoutes, Route, Router},
    path,
};

fn main() {
    add_staff_texts();
    start(|| {
        view! {
            <Language>
                <Router>
                    <PublicLayout>
                        <FlatRoutes fallback=Elsewhere>
                            <Route path=path!("/evaluate") view=EvaluatorPage />
                        </FlatRoutes>
                    </PublicLayout>
                </Router>
            </Language>
        }
    });
}
