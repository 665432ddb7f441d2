//! The desk's pages that compare the centers of a city, the screen on a wall, and how a center stands: the routes, nothing
//! else.

use frontend::{
    i18n::{Language, add_city_texts},
    layout::staff::{DeskSession, StaffLayout},
    pages::{
        compare::{
            center::CenterPage, funnel::ComparePage, multiples::MultiplesPage, periods::PeriodsPage,
            publications::PublicationsPage, ranking::RankingPage, report::ReportPage, services::ServicesPage,
            standing::StandingPage, trend::TrendPage, wall::WallPage,
        },
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
    add_city_texts();
    start(|| {
        view! {
            <Language>
                <DeskSession>
                    <Router>
                        <Routes fallback=Elsewhere>
                            <Route path=path!("/desk/wall") view=WallPage />
                            <ParentRoute path=path!("/desk") view=StaffLayout>
                                <Route path=path!("compare") view=ComparePage />
                                <Route path=path!("compare/trend") view=TrendPage />
                                <Route path=path!("compare/multiples") view=MultiplesPage />
                                <Route path=path!("compare/periods") view=PeriodsPage />
                                <Route path=path!("compare/ranking") view=RankingPage />
                                <Route path=path!("compare/report") view=ReportPage />
                                <Route path=path!("compare/publications") view=PublicationsPage />
                                <Route path=path!("compare/centers/:code") view=CenterPage />
                                <Route path=path!("standing") view=StandingPage />
                                <Route path=path!("standing/services") view=ServicesPage />
                            </ParentRoute>
                        </Routes>
                    </Router>
                </DeskSession>
            </Language>
        }
    });
}
