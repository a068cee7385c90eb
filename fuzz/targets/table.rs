//! The reader of CSV tables: any text in the place of every table a scenario may name.
#![no_main]

use answerable_fuzz::table;

libfuzzer_sys::fuzz_target!(|text: &str| table(text));
