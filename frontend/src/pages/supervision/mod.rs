//! What the supervision officer works with (C.9).

pub mod overdue;
