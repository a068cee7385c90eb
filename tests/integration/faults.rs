//! Every fault has a scenario that has it, and a text beside it that says how it is told.
//!
//! `UPDATE_FAULTS=1 cargo test faults` writes the texts anew; read what changed before you keep it.

use std::path::{Path, PathBuf};

use answerable::scenario::{CODES, Fault, Severity, read, render_all};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration/faults")
}

/// The scenarios with faults, by name.
fn scenarios() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    found.sort();
    found
}

/// Faults and warnings of a scenario.
fn told(path: &Path) -> Vec<Fault> {
    let text = std::fs::read_to_string(path).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    let beside = |name: &str| {
        std::fs::read_to_string(folder().join(name)).map_err(|_| "there is no such file".to_owned())
    };
    match read(name, &text, &beside) {
        Ok(reading) => reading.warnings,
        Err(faults) => faults,
    }
}

#[test]
fn every_fault_is_told_as_its_text_says() {
    let mut different = Vec::new();
    for path in scenarios() {
        let shown = render_all(&told(&path));
        let snapshot = path.with_extension("txt");
        if std::env::var_os("UPDATE_FAULTS").is_some() {
            std::fs::write(&snapshot, &shown).unwrap();
        }
        let expected = std::fs::read_to_string(&snapshot).unwrap_or_default();
        if shown != expected {
            different.push(format!("{}:\n{shown}\ninstead of\n\n{expected}", path.display()));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

#[test]
fn every_code_has_a_scenario_and_a_scenario_its_code_alone() {
    let stems: Vec<String> =
        scenarios().iter().map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    for (_, name) in CODES {
        assert!(stems.iter().any(|stem| stem == name), "no scenario shows {name}");
    }
    for path in scenarios() {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let code = stem.split("--").next().unwrap();
        if code != "ten" {
            let codes: Vec<&str> = told(&path).iter().map(|fault| fault.code).collect();
            assert!(!codes.is_empty() && codes.iter().all(|c| *c == code), "{stem} shows {codes:?}");
        }
    }
}

#[test]
fn ten_faults_in_ten_sections_are_ten_reports_in_the_order_of_the_file() {
    let faults = told(&folder().join("ten.toml"));
    assert_eq!(faults.len(), 10, "{}", render_all(&faults));
    assert!(faults.iter().all(|fault| fault.severity == Severity::Fault));
    assert!(faults.windows(2).all(|pair| pair[0].line < pair[1].line));
}
