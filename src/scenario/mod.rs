//! The scenario: as written (a tree that remembers where each value stands) and as meant (valid, resolved for
//! every option and view), with faults that name file, line, column and remedy.

pub mod meant;

pub use meant::*;
