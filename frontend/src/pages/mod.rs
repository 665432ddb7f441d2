//! The pages, by who uses them.

pub mod audit;
pub mod catalogue;
pub mod center_admin;
pub mod choose_place;
pub mod city;
pub mod complaint_handler;
pub mod landing;
pub mod login;
pub mod missing;
pub mod post_staff;
pub mod public;
pub mod supervision;
