//! Choosing where to work, for people who work in several places.

use cynic::MutationBuilder;
use domain::{CampaignId, CenterId, CityId};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::Redirect, hooks::use_navigate};

use crate::{
    api::{
        ApiError, run, schema,
        tenancy::{Place, PlaceKind, Viewer},
    },
    components::{
        AsyncView, Empty, Icon, Mark, PageHeading,
        form::{Form, FormState},
        layout::staff::{DoorLayout, use_demo_data},
    },
    i18n::{label, pick, t, t_string, use_i18n},
    session::use_session,
};

#[derive(cynic::InputObject)]
struct ChooseScopeInput {
    center_id: Option<CenterId>,
    city_id: Option<CityId>,
    campaign_id: Option<CampaignId>,
}

#[derive(cynic::QueryVariables)]
struct ChooseVariables {
    input: ChooseScopeInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "ChooseVariables")]
struct Choose {
    #[arguments(input: $input)]
    choose_scope: Viewer,
}

/// Lets the person work at `place` from now on.
///
/// # Errors
/// Whatever the server or the network says.
pub async fn choose(place: &Place) -> Result<Viewer, ApiError> {
    let Place { center_id, city_id, campaign_id, .. } = *place;
    let input = match place.kind {
        PlaceKind::Center => ChooseScopeInput { center_id, city_id: None, campaign_id },
        PlaceKind::City => ChooseScopeInput { center_id: None, city_id: Some(city_id), campaign_id: None },
    };
    Ok(run(Choose::build(ChooseVariables { input })).await?.choose_scope)
}

/// The page.
#[component]
pub fn ChoosePlace() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let demo = use_demo_data();
    let state = FormState::new("place");
    let viewer = LocalResource::new(move || session.load());
    let ready = move |viewer: Option<Viewer>| match viewer {
        None => view! { <Redirect path="/desk/login" /> }.into_any(),
        Some(viewer) if viewer.places.is_empty() => {
            view! { <Empty text=move || t_string!(i18n, desk.choose.none) /> }.into_any()
        }
        Some(viewer) => {
            let places = viewer.places.into_iter().map(|place| view! { <li><PlaceButton place state /></li> });
            view! { <ul class="desk-places">{places.collect_view()}</ul> }.into_any()
        }
    };
    view! {
        <DoorLayout demo>
            <div class="gate">
                <PageHeading title=move || t_string!(i18n, desk.choose.title) />
                <p class="desk-lead">{t!(i18n, desk.choose.lead)}</p>
                <Form state on_submit=|| ()>
                    <AsyncView resource=viewer ready />
                </Form>
            </div>
        </DoorLayout>
    }
}

#[component]
fn PlaceButton(place: Place, state: FormState) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let navigate = use_navigate();
    let Place { name_zh, name_en, roles, .. } = place.clone();
    let choose = move |_| {
        let (navigate, place) = (navigate.clone(), place.clone());
        state.send(async move { choose(&place).await }, move |viewer| {
            session.set(Some(viewer));
            navigate("/desk", NavigateOptions::default());
        });
    };
    let role_names = move || {
        let locale = i18n.get_locale();
        let names: Vec<_> = roles.iter().map(|role| label(locale, "role", role.key())).collect();
        names.join(t_string!(i18n, desk.list_separator))
    };
    view! {
        <button type="button" class="desk-place" on:click=choose>
            <strong>{move || pick(i18n.get_locale(), &name_zh, &name_en)}</strong>
            <span>{role_names}</span>
            <Icon mark=Mark::ChevronRight />
        </button>
    }
}
