//! Evaluation (7.2; domain section F): the city's forms. Rounds, ratings and findings are still to come.

pub mod forms;
