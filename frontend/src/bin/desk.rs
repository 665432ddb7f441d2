//! The staff's pages: the routes, nothing else. Those of the administration are `admin`'s.

use frontend::{
    i18n::{Language, add_staff_texts},
    layout::staff::{DeskSession, StaffLayout},
    pages::{
        center_admin::approvals::Approvals,
        choose_place::ChoosePlace,
        city::counts::Counts,
        complaint_handler::{complaint::Complaint, inbox::Inbox, register::Register},
        elsewhere::Elsewhere,
        invitation::Invitation,
        landing::Landing,
        login::Login,
        missing::Missing,
        post_staff::today::Today,
        profile::ProfilePage,
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
    add_staff_texts();
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
                                <Route path=path!("bad-ratings") view=Elsewhere />
                                <Route path=path!("bad-ratings/:id") view=Elsewhere />
                                <Route path=path!("today") view=Today />
                                <Route path=path!("approvals") view=Approvals />
                                <Route path=path!("overdue") view=Overdue />
                                <Route path=path!("city") view=Counts />
                                <Route path=path!("compare") view=Elsewhere />
                                <Route path=path!("compare/*any") view=Elsewhere />
                                <Route path=path!("standing") view=Elsewhere />
                                <Route path=path!("standing/*any") view=Elsewhere />
                                <Route path=path!("wall") view=Elsewhere />
                                <Route path=path!("centers") view=Elsewhere />
                                <Route path=path!("policy") view=Elsewhere />
                                <Route path=path!("calendar") view=Elsewhere />
                                <Route path=path!("forms") view=Elsewhere />
                                <Route path=path!("forms/:id") view=Elsewhere />
                                <Route path=path!("rating-flags") view=Elsewhere />
                                <Route path=path!("referrals") view=Elsewhere />
                                <Route path=path!("referrals/:id") view=Elsewhere />
                                <Route path=path!("appeals") view=Elsewhere />
                                <Route path=path!("appeals/:id") view=Elsewhere />
                                <Route path=path!("city-rounds") view=Elsewhere />
                                <Route path=path!("city-rounds/:id") view=Elsewhere />
                                <Route path=path!("catalogue") view=Elsewhere />
                                <Route path=path!("gaps") view=Elsewhere />
                                <Route path=path!("model-posts") view=Elsewhere />
                                <Route path=path!("model-posts/:id") view=Elsewhere />
                                <Route path=path!("ledgers") view=Elsewhere />
                                <Route path=path!("ledgers/*any") view=Elsewhere />
                                <Route path=path!("care") view=Elsewhere />
                                <Route path=path!("care/:id") view=Elsewhere />
                                <Route path=path!("tidal") view=Elsewhere />
                                <Route path=path!("work") view=Elsewhere />
                                <Route path=path!("volunteers") view=Elsewhere />
                                <Route path=path!("volunteers/:id") view=Elsewhere />
                                <Route path=path!("standards") view=Elsewhere />
                                <Route path=path!("standards/:id") view=Elsewhere />
                                <Route path=path!("talents") view=Elsewhere />
                                <Route path=path!("talents/:id") view=Elsewhere />
                                <Route path=path!("items") view=Elsewhere />
                                <Route path=path!("handling") view=Elsewhere />
                                <Route path=path!("handling/:id") view=Elsewhere />
                                <Route path=path!("appearance") view=Elsewhere />
                                <Route path=path!("appearance/:id") view=Elsewhere />
                                <Route path=path!("phrases") view=Elsewhere />
                                <Route path=path!("rectification") view=Elsewhere />
                                <Route path=path!("rectification/*any") view=Elsewhere />
                                <Route path=path!("improvement") view=Elsewhere />
                                <Route path=path!("improvement/*any") view=Elsewhere />
                                <Route path=path!("campaigns") view=Elsewhere />
                                <Route path=path!("campaigns/*any") view=Elsewhere />
                                <Route path=path!("representatives") view=Elsewhere />
                                <Route path=path!("ratings") view=Elsewhere />
                                <Route path=path!("rating-points") view=Elsewhere />
                                <Route path=path!("rating-points/*any") view=Elsewhere />
                                <Route path=path!("import") view=Elsewhere />
                                <Route path=path!("members") view=Elsewhere />
                                <Route path=path!("profile") view=ProfilePage />
                                <Route path=path!("settings") view=Elsewhere />
                                <Route path=path!("audit") view=Elsewhere />
                                <Route path=path!("posts") view=Elsewhere />
                                <Route path=path!("posts/:id") view=Elsewhere />
                                <Route path=path!("staff") view=Elsewhere />
                                <Route path=path!("staff/:id") view=Elsewhere />
                                <Route path=path!("roster") view=Elsewhere />
                                <Route path=path!("mine") view=Elsewhere />
                                <Route path=path!("kinds") view=Elsewhere />
                                <Route path=path!("training") view=Elsewhere />
                                <Route path=path!("training/:id") view=Elsewhere />
                                <Route path=path!("*any") view=Missing />
                            </ParentRoute>
                        </Routes>
                    </Router>
                </DeskSession>
            </Language>
        }
    });
}
