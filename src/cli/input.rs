//! Reading a scenario file and the files it names.

use super::exit::Failure;
use crate::scenario::{Fault, LARGEST_FILE, Reading, read, render_all, too_large};
use std::path::Path;

/// A scenario file as read: its text, and what it means.
#[derive(Debug)]
pub(super) struct Input {
    pub(super) text: String,
    pub(super) reading: Reading,
}

/// Reads a scenario.
pub(super) fn scenario(path: &Path) -> Result<Input, Failure> {
    let name = path.display().to_string();
    let text = text_of(path).map_err(|why| Failure::Input(format!("{name}: {why}")))?;
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    let files = |file: &str| text_of(&folder.join(file));
    match read(&name, &text, &files) {
        Ok(reading) => Ok(Input { text, reading }),
        Err(faults) => Err(Failure::Input(rendered(&faults))),
    }
}

fn text_of(path: &Path) -> Result<String, String> {
    let why = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "the file may not be read".to_owned(),
        _ => error.to_string(),
    };
    let size = std::fs::metadata(path).map_err(why)?.len();
    if size > LARGEST_FILE {
        return Err(too_large(size));
    }
    let bytes = std::fs::read(path).map_err(why)?;
    String::from_utf8(bytes).map_err(|_| "the file is not text in UTF-8; save it as such".to_owned())
}

/// Faults as text; at the end where more is said of their kinds.
pub(super) fn rendered(faults: &[Fault]) -> String {
    let mut codes: Vec<&str> = Vec::new();
    for fault in faults {
        if !codes.contains(&fault.code) {
            codes.push(fault.code);
        }
    }
    let more = codes.iter().map(|code| format!("answerable explain {code}")).collect::<Vec<_>>().join("\n  ");
    match codes.is_empty() {
        true => String::new(),
        false => format!("{}\nMore about this:\n  {more}\n", render_all(faults)),
    }
}
