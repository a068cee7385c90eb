//! Everything a run says, read whole: page, statement, charts, terminal, spreadsheet, explanation, of the flagship and of a
//! scenario with awkward names. Certain words and slips never stand in it, and the terminal's screen is a screen.

use std::path::{Path, PathBuf};
use std::process::Command;
use unicode_width::UnicodeWidthStr;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn said(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_answerable"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the command starts");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    // An expectation of the flagship's author may fail with so few replications; a fault may not be.
    assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {err}");
    format!("{out}\n{err}")
}

/// A page's words: without style, script and fonts, tags taken out, the commonest entities put back.
fn words_of_page(page: &str) -> String {
    let mut page = page.to_owned();
    for tag in ["style", "script"] {
        while let Some(start) = page.find(&format!("<{tag}>")) {
            let end = page[start..].find(&format!("</{tag}>")).map_or(page.len(), |end| start + end);
            page.replace_range(start..end, "");
        }
    }
    let mut words = String::new();
    let mut inside = false;
    for c in page.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                words.push(' ');
            }
            c if !inside => words.push(c),
            _ => {}
        }
    }
    words
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#x27;", "'")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

/// All that is written and printed for a scenario: by name.
fn everything(scenario: &Path, replications: &str) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().expect("a folder of its own");
    let file = scenario.to_str().expect("a path in plain letters");
    let run = |more: &[&str]| {
        let mut arguments = vec!["run", file, "--replications", replications, "--output", "results"];
        arguments.extend(more);
        said(folder.path(), &arguments)
    };
    let mut all = vec![
        ("the terminal".to_owned(), run(&[])),
        ("the terminal, all".to_owned(), run(&["--all"])),
        ("explain".to_owned(), said(folder.path(), &["explain", file])),
        ("check".to_owned(), said(folder.path(), &["check", file])),
    ];
    let place = folder.path().join("results");
    let read = |name: &str| std::fs::read_to_string(place.join(name)).expect("a run writes it");
    all.push(("report.html".into(), words_of_page(&read("report.html"))));
    for name in ["statement.md", "results.json"] {
        all.push((name.into(), read(name)));
    }
    for entry in std::fs::read_dir(place.join("charts")).expect("charts") {
        let path = entry.expect("a chart").path();
        if path.extension().is_some_and(|e| e == "svg") {
            let svg = std::fs::read_to_string(&path).expect("an SVG is text");
            assert!(svg.contains("<title>") && svg.contains("<desc>"), "{}", path.display());
            all.push((path.file_name().expect("a name").to_string_lossy().into_owned(), words_of_page(&svg)));
        }
    }
    let bytes = std::fs::read(place.join("results.xlsx")).expect("a run writes it");
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).expect("a workbook");
    for (name, range) in calamine::Reader::worksheets(&mut book) {
        let cells: Vec<String> = range.rows().flatten().map(ToString::to_string).collect();
        all.push((format!("results.xlsx, {name}"), cells.join("\n")));
    }
    all
}

/// What nobody should read: a word that claims too much, and slips of the writer.
const NEVER: [&str; 6] = ["significan", "NaN", "undefined", "Some(", "None)", "%%"];

fn is_sound(scenario: &Path, replications: &str) {
    for (name, text) in everything(scenario, replications) {
        for word in NEVER {
            // Inputs are quoted as their author wrote them.
            let own = name == "results.json" && word != "significan" || text.is_empty();
            let at = text.find(word).filter(|_| !own);
            let near = at.map(|at| text[at.saturating_sub(80)..].chars().take(160).collect::<String>());
            assert!(near.is_none(), "{name} says {word:?}: {near:?}");
        }
        assert!(name == "results.json" || !text.to_lowercase().contains("significan"), "{name}");
        if name.starts_with("the terminal") {
            let wide = text.lines().find(|line| line.width() > 80);
            // Paths are as long as they are.
            assert!(wide.is_none_or(|line| line.contains("answerable ") || line.contains('/')), "{wide:?}");
        }
    }
}

#[test]
fn the_flagship_says_nothing_it_should_not() {
    is_sound(&root().join("scenarios/district-council.toml"), "12");
}

#[test]
fn awkward_names_change_nothing_of_that() {
    is_sound(&root().join("tests/browser/awkward.toml"), "12");
}

/// A scenario with so many options, a long question and long names, some of them wide.
fn scenario(options: usize) -> String {
    let mut text = r#"format = 1
name = "Wide"
question = "Do three agents do, and if they do not, how many more than three would it take before most callers are answered soon enough to be content with what they get?"
baseline = "三人 the base, with a name that is longer than any column of a terminal has room for"
[run]
replications = 20
[horizon]
start = 2026-11-02
days = 5
warm-up = "none"
follow-up = "7d"
[opening]
monday-friday = "09:00-12:00"
[queues.calls]
demand = { per-hour = 30, counts = "needs" }
talk.exponential = { mean = "3m" }
wrap.exponential = { mean = "1m" }
patience.exponential = { mean = "2m" }
target = { answered-within = "20s", share = 0.8 }
[teams.team]
agents = 3
answers = ["calls"]
pay-per-hour = 1234.5
rota = [["day", "day", "day", "day", "day", "off", "off"]]
[shifts]
day = { hours = "09:00-12:00" }
"#
    .to_owned();
    for i in 1..options {
        text += &format!(
            "[options.\"{i} \u{5F97}\u{7968}\u{7387} 選択肢 and a name that goes on for far longer than any column\"]\n\
             teams.team.agents = {}\n",
            i + 3
        );
    }
    text
}

#[test]
fn a_screen_holds_up_to_eight_options_and_the_rest_is_a_word_away() {
    for options in [1, 2, 8, 9, 17] {
        let folder = tempfile::tempdir().expect("a folder of its own");
        std::fs::write(folder.path().join("wide.toml"), scenario(options)).expect("written");
        let output = |more: &[&str]| {
            let mut arguments = vec!["run", "wide.toml"];
            arguments.extend(more);
            let output = Command::new(env!("CARGO_BIN_EXE_answerable"))
                .args(&arguments)
                .current_dir(folder.path())
                .output()
                .expect("the command starts");
            String::from_utf8_lossy(&output.stdout).into_owned()
        };
        let screen = output(&[]);
        assert!(screen.lines().count() <= 23, "{options}:\n{screen}");
        assert!(screen.lines().all(|line| line.width() <= 80), "{options}:\n{screen}");
        let marks =
            |text: &str| text.lines().filter(|line| line.contains('±') && !line.contains("interval")).count();
        assert_eq!(marks(&screen), options.min(8), "{options}:\n{screen}");
        assert_eq!(screen.contains("more: --all"), options > 8, "{screen}");
        // Figures stand below each other: the last column ends in the same place in every row.
        let ends: Vec<usize> = screen
            .lines()
            .filter(|line| line.contains('±') && !line.contains("interval"))
            .map(UnicodeWidthStr::width)
            .collect();
        assert!(ends.windows(2).all(|two| two[0] == two[1]), "{ends:?}\n{screen}");
        let whole = output(&["--all"]);
        assert!(whole.lines().all(|line| line.width() <= 80), "{whole}");
        assert_eq!(marks(&whole), 2 * options - 1, "{options}:\n{whole}");
    }
}
