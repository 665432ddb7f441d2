//! The pages, by who uses them.

pub mod audit;
pub mod care;
pub mod catalogue;
pub mod center_admin;
pub mod choose_place;
pub mod city;
pub mod complaint_handler;
pub mod elsewhere;
pub mod evaluator;
pub mod import;
pub mod invitation;
pub mod landing;
pub mod login;
pub mod missing;
pub mod model_posts;
pub mod people;
pub mod post_staff;
pub mod posts;
pub mod profile;
pub mod public;
pub mod settings;
pub mod steps;
pub mod supervision;
pub mod tidal;
pub mod training;
