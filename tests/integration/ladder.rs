//! Each room of the house names only the rooms below it.

use std::path::{Path, PathBuf};

/// Bottom to top.
const LADDER: [&str; 16] = [
    "unit",
    "random",
    "law",
    "statistics",
    "theory",
    "measure",
    "scenario",
    "demand",
    "response",
    "workforce",
    "engine",
    "history",
    "tally",
    "experiment",
    "report",
    "cli",
];

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Names of rooms that a source text refers to by `crate::name`, also inside `crate::{a, b}`.
fn named_rooms(text: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + 7..];
        if let Some(list) = rest.strip_prefix('{') {
            let list = list.split(';').next().unwrap_or(list);
            found.extend(LADDER.iter().filter(|room| {
                list.match_indices(**room).any(|(i, _)| {
                    let before = list[..i].chars().next_back();
                    let after = list[i + room.len()..].chars().next();
                    before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':')
                        && after.is_none_or(|c| !c.is_alphanumeric() && c != '_')
                })
            }));
        } else {
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            found.extend(LADDER.iter().filter(|room| **room == name));
        }
    }
    found
}

#[test]
fn every_room_names_only_lower_rooms() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    for (height, room) in LADDER.iter().enumerate() {
        let mut files = Vec::new();
        rust_files(&src.join(room), &mut files);
        assert!(!files.is_empty(), "the room {room} is empty");
        for file in files {
            let text = std::fs::read_to_string(&file).unwrap();
            for named in named_rooms(&text) {
                if LADDER[height + 1..].contains(&named) {
                    faults.push(format!("{}: {room} names {named}, which stands above it", file.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_ladder_is_the_whole_house() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in std::fs::read_dir(src).expect("the folder can be read") {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let known = name.ends_with(".rs") || LADDER.contains(&name.as_str());
        assert!(known, "{name} is not a room of the ladder");
    }
}

#[test]
fn every_source_file_says_what_it_is_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    rust_files(&root.join("src"), &mut files);
    rust_files(&root.join("tests"), &mut files);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.starts_with("//! "), "{} does not open with what it is for", file.display());
    }
}

#[test]
fn only_experiment_names_rayon_and_only_cli_writes_files() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&src, &mut files);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let room = file.strip_prefix(&src).unwrap().iter().next().unwrap().to_str().unwrap().to_owned();
        assert!(room == "experiment" || !text.contains("rayon::"), "{} names rayon", file.display());
        let writes = ["fs::write", "File::create", "create_dir", "fs::rename", "OpenOptions"];
        assert!(room == "cli" || !writes.iter().any(|w| text.contains(w)), "{} writes files", file.display());
    }
}
