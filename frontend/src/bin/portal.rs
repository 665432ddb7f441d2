//! The public pages: the routes, nothing else.

use frontend::{
    i18n::Language,
    layout::public::PublicLayout,
    pages::public::{CenterFrame, CenterPage, ComplainPage, HomePage, MissingPage, ReceiptPage, TrackPage},
};
use leptos::prelude::*;
use leptos_router::{
    components::{ParentRoute, Route, Router, Routes},
    path,
};

fn main() {
    mount_to_body(|| {
        view! {
            <Language>
                <Router>
                    <PublicLayout>
                        <Routes fallback=MissingPage>
                            <Route path=path!("/") view=HomePage />
                            <ParentRoute path=path!("/c/:code") view=CenterFrame>
                                <Route path=path!("") view=CenterPage />
                                <Route path=path!("complain") view=ComplainPage />
                                <Route path=path!("receipt") view=ReceiptPage />
                                <Route path=path!("track") view=TrackPage />
                            </ParentRoute>
                        </Routes>
                    </PublicLayout>
                </Router>
            </Language>
        }
    });
}
