//! All that `answerable check` does with a folder, from bytes to the text it prints.
#![no_main]

use answerable_fuzz::check;

libfuzzer_sys::fuzz_target!(|folder: &[u8]| check(folder));
