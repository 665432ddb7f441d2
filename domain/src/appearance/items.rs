//! The items of annex A as data. What each is called stands in the labels, in our own words.

use crate::macros::text_enum;

text_enum! {
    /// What an item is about (the parts of annex A).
    #[cfg_attr(feature = "graphql", graphql(name = "AppearanceGroup"))]
    pub enum Group {
        /// 着装.
        Dress = "dress",
        /// 仪容.
        Grooming = "grooming",
        /// 仪态.
        Bearing = "bearing",
        /// 配饰.
        Accessories = "accessories",
    }

    /// Something to look at, by its code in domain section I.1.
    #[cfg_attr(feature = "graphql", graphql(name = "AppearanceCode"))]
    pub enum Item {
        /// The uniform.
        Uniform = "A1",
        /// What belongs to it at the neck.
        Neckwear = "A2",
        /// Shoes and heels.
        Shoes = "A3",
        /// Badge or work card.
        Badge = "A4",
        /// The party's badge.
        PartyBadge = "A5",
        /// The dress of a department with rules of its own.
        OwnDress = "A6",
        /// Protection that was ordered.
        Protection = "A7",
        /// The face.
        Face = "A8",
        /// Head, hands, neck, mouth, nails.
        Clean = "A9",
        /// Hair: clean, of an ordinary colour.
        Hair = "A10",
        /// Hair: its cut.
        HairCut = "A11",
        /// Sideburns, long hair.
        HairSides = "A12",
        /// Civil and smiling.
        Smile = "A13",
        /// Sitting and standing.
        Posture = "A14",
        /// Handing papers over.
        Papers = "A15",
        /// Turning to whoever is served.
        Attention = "A16",
        /// Clear answers.
        Answers = "A17",
        /// Staying calm.
        Calm = "A18",
        /// The belt.
        Belt = "A19",
        /// What kind of jewellery.
        Jewellery = "A20",
        /// How much of it.
        Pieces = "A21",
    }

    /// How an item was.
    #[cfg_attr(feature = "graphql", graphql(name = "AppearanceMark"))]
    pub enum Mark {
        /// In order.
        Pass = "pass",
        /// Not in order.
        Fail = "fail",
        /// Not to be asked of this person; with a reason.
        Na = "na",
    }

    /// In which words an item is offered.
    #[cfg_attr(feature = "graphql", graphql(name = "AppearanceWording"))]
    pub enum Wording {
        /// Those that fit everybody.
        Common = "common",
        /// Those for women.
        Women = "women",
        /// Those for men.
        Men = "men",
    }

    /// What is measured.
    #[cfg_attr(feature = "graphql", graphql(name = "AppearanceMeasure"))]
    pub enum Measure {
        /// The height of a heel, in millimetres.
        Heel = "heel",
        /// A number of pieces.
        Pieces = "pieces",
    }
}

impl Item {
    /// Whether it asks another thing of women than of men.
    #[must_use]
    pub const fn differs(self) -> bool {
        matches!(self, Self::Neckwear | Self::Shoes | Self::Face | Self::HairSides)
    }
}

impl Measure {
    /// The largest number that can be meant.
    #[must_use]
    pub const fn largest(self) -> u32 {
        match self {
            Self::Heel => 200,
            Self::Pieces => 50,
        }
    }

    /// The same as people write it: heels in centimetres.
    #[must_use]
    pub const fn largest_shown(self) -> u32 {
        match self {
            Self::Heel => 20,
            Self::Pieces => 50,
        }
    }
}

/// Whom an item is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Applies {
    Everybody,
    /// Not those whose department has a dress code of its own.
    Uniformed,
    /// Those.
    OwnDress,
    PartyMembers,
    /// Everybody, while protection is ordered.
    HealthOrder,
}

/// An item with what is known of it.
#[derive(Debug)]
pub struct Spec {
    /// Which.
    pub item: Item,
    /// What it is about.
    pub group: Group,
    /// What is measured.
    pub measure: Option<Measure>,
    applies: Applies,
}

/// Who is checked, and when.
#[derive(Clone, Copy, Debug, Default)]
pub struct Occasion {
    /// Whether their department has a dress code of its own.
    pub own_dress: bool,
    /// Whether protection is ordered.
    pub health_order: bool,
    /// Whether they are a member of the party and whoever checks may know it.
    pub known_member: bool,
}

const fn of(item: Item, group: Group, applies: Applies) -> Spec {
    Spec { item, group, measure: None, applies }
}

const fn measured(item: Item, group: Group, applies: Applies, measure: Measure) -> Spec {
    Spec { item, group, measure: Some(measure), applies }
}

/// Every item, in order.
pub static ITEMS: [Spec; 21] = {
    use {Applies as A, Group as G, Item as I};
    [
        of(I::Uniform, G::Dress, A::Uniformed),
        of(I::Neckwear, G::Dress, A::Uniformed),
        measured(I::Shoes, G::Dress, A::Uniformed, Measure::Heel),
        of(I::Badge, G::Dress, A::Everybody),
        of(I::PartyBadge, G::Dress, A::PartyMembers),
        of(I::OwnDress, G::Dress, A::OwnDress),
        of(I::Protection, G::Dress, A::HealthOrder),
        of(I::Face, G::Grooming, A::Everybody),
        of(I::Clean, G::Grooming, A::Everybody),
        of(I::Hair, G::Grooming, A::Everybody),
        of(I::HairCut, G::Grooming, A::Everybody),
        of(I::HairSides, G::Grooming, A::Everybody),
        of(I::Smile, G::Bearing, A::Everybody),
        of(I::Posture, G::Bearing, A::Everybody),
        of(I::Papers, G::Bearing, A::Everybody),
        of(I::Attention, G::Bearing, A::Everybody),
        of(I::Answers, G::Bearing, A::Everybody),
        of(I::Calm, G::Bearing, A::Everybody),
        of(I::Belt, G::Accessories, A::Everybody),
        of(I::Jewellery, G::Accessories, A::Everybody),
        measured(I::Pieces, G::Accessories, A::Everybody, Measure::Pieces),
    ]
};

/// What is asked about somebody, in order.
#[must_use]
pub fn offered(occasion: Occasion) -> Vec<&'static Spec> {
    let applies = |spec: &&Spec| match spec.applies {
        Applies::Everybody => true,
        Applies::Uniformed => !occasion.own_dress,
        Applies::OwnDress => occasion.own_dress,
        Applies::PartyMembers => occasion.known_member,
        Applies::HealthOrder => occasion.health_order,
    };
    ITEMS.iter().filter(applies).collect()
}
