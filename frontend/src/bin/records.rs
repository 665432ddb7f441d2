//! The desk's pages about model posts and their ledgers, and the clauses of the standard: the routes, nothing else.

use frontend::{
    i18n::{Language, add_staff_texts},
    layout::staff::{DeskSession, StaffLayout},
    pages::{
        catalogue::CataloguePage,
        elsewhere::Elsewhere,
        model_posts::{
            entry::EntryPage,
            entry_form::{EditEntry, NewEntry},
            gaps::GapsPage,
            ledger::LedgerPageView,
            print::PrintPage,
            queue::LedgerQueue,
            title::TitlePageView,
            titles::TitlesPage,
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
                                <Route path=path!("catalogue") view=CataloguePage />
                                <Route path=path!("gaps") view=GapsPage />
                                <Route path=path!("model-posts") view=TitlesPage />
                                <Route path=path!("model-posts/:id") view=TitlePageView />
                                <Route path=path!("ledgers") view=LedgerQueue />
                                <Route path=path!("ledgers/:post") view=LedgerPageView />
                                <Route path=path!("ledgers/:post/new") view=NewEntry />
                                <Route path=path!("ledgers/:post/print") view=PrintPage />
                                <Route path=path!("ledgers/:post/entries/:id") view=EntryPage />
                                <Route path=path!("ledgers/:post/entries/:id/edit") view=EditEntry />
                            </ParentRoute>
                        </Routes>
                    </Router>
                </DeskSession>
            </Language>
        }
    });
}
