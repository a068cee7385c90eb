//! What the targets do; the project's own tests do the same with the corpus.

#[path = "../../tests/integration/fuzzed/readers.rs"]
mod readers;

/// The scenario reader: any text, no files beside it.
pub fn scenario(text: &str) {
    readers::scenario(text);
}

/// The reader of CSV tables: the text in the place of every table a scenario may name.
pub fn table(text: &str) {
    readers::table(text);
}

/// All that `answerable check` does with a folder, told as one text.
pub fn check(folder: &[u8]) {
    readers::check(folder);
}
