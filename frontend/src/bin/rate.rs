//! The pages of whoever rates by the code on a poster or by a link: the routes, nothing else. A phone at the counter carries
//! neither the forms for complaints nor signing in.

use frontend::{
    i18n::Language,
    layout::public::PublicLayout,
    pages::{
        elsewhere::Elsewhere,
        public::{CenterFrame, RatePage, SurveyPage},
    },
    start,
};
use leptos::prelude::*;
use leptos_router::{
    components::{FlatRoutes, Route, Router},
    path,
};

fn main() {
    start(|| {
        view! {
            <Language>
                <Router>
                    <PublicLayout>
                        <FlatRoutes fallback=Elsewhere>
                            <Route path=path!("/r/:code/:point") view=|| view! { <CenterFrame page=RatePage /> } />
                            <Route path=path!("/r/:code/:point/survey") view=|| view! { <CenterFrame page=SurveyPage /> } />
                        </FlatRoutes>
                    </PublicLayout>
                </Router>
            </Language>
        }
    });
}
