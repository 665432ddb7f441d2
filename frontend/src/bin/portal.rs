//! The public pages: the routes, nothing else.

use frontend::{
    i18n::Language,
    layout::public::PublicLayout,
    pages::{
        elsewhere::Elsewhere,
        public::{CenterFrame, CenterPage, ComplainPage, HomePage, MissingPage, ReceiptPage, TrackPage},
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
                        <FlatRoutes fallback=MissingPage>
                            <Route path=path!("/") view=HomePage />
                            <Route path=path!("/c/:code") view=|| view! { <CenterFrame page=CenterPage /> } />
                            <Route path=path!("/c/:code/complain") view=|| view! { <CenterFrame page=ComplainPage /> } />
                            <Route path=path!("/c/:code/receipt") view=|| view! { <CenterFrame page=ReceiptPage /> } />
                            <Route path=path!("/c/:code/confirm") view=Elsewhere />
                            <Route path=path!("/c/:code/track") view=|| view! { <CenterFrame page=TrackPage /> } />
                        </FlatRoutes>
                    </PublicLayout>
                </Router>
            </Language>
        }
    });
}
