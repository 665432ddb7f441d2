//! The staff's pages: the routes, nothing else.

use frontend::{
    i18n::Language,
    layout::staff::{DeskSession, StaffLayout},
    pages::{
        audit::Audit,
        catalogue::CataloguePage,
        center_admin::approvals::Approvals,
        choose_place::ChoosePlace,
        city::counts::Counts,
        complaint_handler::{complaint::Complaint, inbox::Inbox, register::Register},
        invitation::Invitation,
        landing::Landing,
        login::Login,
        missing::Missing,
        people::Members,
        post_staff::today::Today,
        profile::ProfilePage,
        settings::Settings,
        supervision::overdue::Overdue,
    },
    start,
};
use leptos::prelude::*;
use leptos_router::{
    components::{ParentRoute, Route, Router, Routes},
    path,
};

fn main() {
    start(|| {
        view! {
            <Language>
                <DeskSession>
                    <Router>
                        <Routes fallback=Missing>
                            <Route path=path!("/desk/login") view=Login />
                            <Route path=path!("/desk/choose") view=ChoosePlace />
                            <Route path=path!("/desk/invitation") view=Invitation />
                            <ParentRoute path=path!("/desk") view=StaffLayout>
                                <Route path=path!("") view=Landing />
                                <Route path=path!("complaints") view=Inbox />
                                <Route path=path!("complaints/new") view=Register />
                                <Route path=path!("complaints/:id") view=Complaint />
                                <Route path=path!("today") view=Today />
                                <Route path=path!("approvals") view=Approvals />
                                <Route path=path!("overdue") view=Overdue />
                                <Route path=path!("city") view=Counts />
                                <Route path=path!("catalogue") view=CataloguePage />
                                <Route path=path!("members") view=Members />
                                <Route path=path!("settings") view=Settings />
                                <Route path=path!("profile") view=ProfilePage />
                                <Route path=path!("audit") view=Audit />
                                <Route path=path!("*any") view=Missing />
                            </ParentRoute>
                        </Routes>
                    </Router>
                </DeskSession>
            </Language>
        }
    });
}
