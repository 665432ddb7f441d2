//! The desk's pages about rounds of evaluation: the routes, nothing else.

use frontend::{
    i18n::{Language, add_staff_texts},
    layout::staff::{DeskSession, StaffLayout},
    pages::{
        campaigns::{
            CampaignList, page::CampaignPage, print::SheetPage, published::PublishedRounds, roster::RosterPage,
        },
        city::{round::CityRoundPage, rounds::CityRounds},
        elsewhere::Elsewhere,
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
                                <Route path=path!("representatives") view=RosterPage />
                                <Route path=path!("campaigns") view=CampaignList />
                                <Route path=path!("campaigns/results") view=PublishedRounds />
                                <Route path=path!("campaigns/:id") view=CampaignPage />
                                <Route path=path!("campaigns/:id/sheet") view=SheetPage />
                                <Route path=path!("city-rounds") view=CityRounds />
                                <Route path=path!("city-rounds/:id") view=CityRoundPage />
                            </ParentRoute>
                        </Routes>
                    </Router>
                </DeskSession>
            </Language>
        }
    });
}
