//! The desk's pages about the services of volunteers and for talents, and about trainings: the routes, nothing else.

use frontend::{
    i18n::{Language, add_staff_texts},
    layout::staff::{DeskSession, StaffLayout},
    pages::{
        elsewhere::Elsewhere,
        talents::{TalentList, page::TalentPage},
        training::{TrainingPage, Trainings},
        volunteers::{VolunteersPage, page::ServicePage},
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
                                <Route path=path!("volunteers") view=VolunteersPage />
                                <Route path=path!("volunteers/:id") view=ServicePage />
                                <Route path=path!("talents") view=TalentList />
                                <Route path=path!("talents/:id") view=TalentPage />
                                <Route path=path!("training") view=Trainings />
                                <Route path=path!("training/:id") view=TrainingPage />
                            </ParentRoute>
                        </Routes>
                    </Router>
                </DeskSession>
            </Language>
        }
    });
}
