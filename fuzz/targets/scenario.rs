//! The scenario reader: any text, no files beside it.
#![no_main]

use answerable_fuzz::scenario;

libfuzzer_sys::fuzz_target!(|text: &str| scenario(text));
