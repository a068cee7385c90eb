//! Reading a scenario file and the files it names.

use super::exit::Failure;
use crate::scenario::{Fault, LARGEST_FILE, NO_SUCH_FILE, OUTSIDE, Reading, read, render_all, too_large};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// A scenario file as read: its text, and what it means.
#[derive(Debug)]
pub(super) struct Input {
    pub(super) text: String,
    pub(super) reading: Reading,
}

impl Input {
    /// The text of a file that was read with the scenario.
    pub(super) fn file(&self, name: &str) -> Result<String, String> {
        let found = self.reading.inputs.iter().find(|(known, _)| known == name);
        found.map(|(_, text)| text.clone()).ok_or_else(|| NO_SUCH_FILE.to_owned())
    }
}

/// Reads a scenario.
pub(super) fn scenario(path: &Path) -> Result<Input, Failure> {
    let name = path.display().to_string();
    let text = text_of(path).map_err(|why| Failure::Input(format!("{name}: {why}")))?;
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    match read(&name, &text, &|file| text_beside(folder, file)) {
        Ok(reading) => Ok(Input { text, reading }),
        Err(faults) => Err(Failure::Input(rendered(&faults))),
    }
}

/// A file that the scenario names: a plain file in the scenario's folder or below, links followed. A link out of it
/// is not: a folder from elsewhere could hold one to any file of the reader's, and results carry the files read.
fn text_beside(folder: &Path, file: &str) -> Result<String, String> {
    let folder = fs::canonicalize(folder).map_err(why)?;
    let path = fs::canonicalize(folder.join(file)).map_err(why)?;
    if !path.starts_with(&folder) {
        return Err(OUTSIDE.to_owned());
    }
    match fs::metadata(&path).map_err(why)? {
        found if found.is_file() || found.is_dir() => text_of(&path),
        // What waits for somebody to write, or never ends.
        _ => Err("it is not a plain file".to_owned()),
    }
}

fn why(error: io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => NO_SUCH_FILE.to_owned(),
        ErrorKind::PermissionDenied => "the file may not be read".to_owned(),
        ErrorKind::IsADirectory => "it is a folder, not a file".to_owned(),
        _ => error.to_string(),
    }
}

fn text_of(path: &Path) -> Result<String, String> {
    let found = fs::metadata(path).map_err(why)?;
    if found.is_dir() {
        return Err(why(ErrorKind::IsADirectory.into()));
    }
    if found.len() > LARGEST_FILE {
        return Err(too_large(found.len()));
    }
    // What has no size beforehand, a pipe for example, is not read without end.
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(LARGEST_FILE + 1).read_to_end(&mut bytes)).map_err(why)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(too_large(bytes.len() as u64));
    }
    text(bytes)
}

/// Bytes as text; otherwise what they probably are, and what to do.
fn text(bytes: Vec<u8>) -> Result<String, String> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err("it is in UTF-16, which some programs call Unicode text; save it in UTF-8".to_owned());
    }
    if bytes.contains(&0) {
        return Err("it is not a text file".to_owned());
    }
    String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        format!(
            "a character in line {line} is not in UTF-8, but perhaps in an older Windows or Latin code; save it in UTF-8"
        )
    })
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
