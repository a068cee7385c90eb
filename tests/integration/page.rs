//! The page about laws, demand and rotas: every example in it is read as it stands.

use answerable::scenario::{Severity, read, render_all};

const CENTRE: &str = r#"format = 1
name = "An example"
[horizon]
start = 2024-01-08
weeks = 1
[opening]
monday-friday = "08:00-18:00"
saturday = "10:00-14:00"
[teams.all]
agents = 5
answers = ["calls"]
rota = [["day", "day", "day", "day", "day", "off", "off"]]
[shifts.day]
hours = "09:00-17:00"
[queues.calls]
"#;

/// Fenced blocks: what follows the opening fence, and the text.
fn blocks(page: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(kind) = line.strip_prefix("```") {
            let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            found.push((kind, text.join("\n") + "\n"));
        }
    }
    found
}

/// Keys of a team, a shift and working time.
const ROTA_KEYS: [&str; 20] = [
    "rota",
    "rota-file",
    "cycle",
    "groups",
    "stagger",
    "by",
    "starts",
    "away-at-most",
    "contract",
    "contracts",
    "between",
    "when-quiet",
    "idle-left",
    "unpaid",
    "off-phone",
    "paperwork",
    "weekly-hours",
    "daily-rest",
    "days-in-a-row",
    "breaks",
];

#[test]
fn every_key_of_a_rota_has_an_example() {
    let page = include_str!("../../docs/scenario-format.md");
    let examples: String = blocks(page).into_iter().filter(|b| b.0 == "toml").map(|b| b.1).collect();
    for key in ROTA_KEYS {
        assert!(examples.contains(&format!("{key} = ")), "no example of `{key}`");
    }
}

#[test]
fn every_example_of_the_page_is_read() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/scenario-format.md");
    let page = std::fs::read_to_string(path).expect("the page is there");
    let blocks = blocks(&page);
    let beside = |name: &str| {
        let kind = format!("csv file={name}");
        blocks
            .iter()
            .find(|(known, _)| *known == kind)
            .map(|(_, text)| text.clone())
            .ok_or("there is no such file".to_owned())
    };
    let mut examples = 0;
    for (_, example) in blocks.iter().filter(|(kind, _)| *kind == "toml") {
        let example = example.replace("[demand]", "[queues.calls.demand]");
        // What an example leaves out is the least that a queue must have.
        let talk = if example.contains("talk.") { "" } else { "talk.exponential = { mean = \"3m\" }\n" };
        let demand = if example.contains("demand") { "" } else { "demand = { per-day = 100 }\n" };
        // An example that says itself when it is has its own horizon.
        let horizon = "[horizon]\nstart = 2024-01-08\nweeks = 1\n";
        assert!(CENTRE.contains(horizon));
        let centre =
            if example.contains("[horizon]") { CENTRE.replace(horizon, "") } else { CENTRE.to_owned() };
        // One about separate sites has its own teams, each at a site.
        let team = "[teams.all]\nagents = 5\nanswers = [\"calls\"]\nrota = [[\"day\", \"day\", \"day\", \"day\", \"day\", \"off\", \"off\"]]\n";
        assert!(CENTRE.contains(team));
        let centre = if example.contains("site = ") { centre.replace(team, "") } else { centre };
        let text = format!("{centre}{talk}{demand}{example}");
        match read("example.toml", &text, &beside) {
            Ok(reading) => {
                // The page's files are short.
                let strange = reading.warnings.iter().filter(|w| !w.message.contains("are few for a law"));
                let strange: Vec<_> = strange.cloned().collect();
                assert!(strange.is_empty() || example.contains("events"), "{}", render_all(&strange));
                assert!(reading.warnings.iter().all(|w| w.severity == Severity::Warning));
            }
            Err(faults) => panic!("{example}\n{}", render_all(&faults)),
        }
        examples += 1;
    }
    assert!(examples >= 18, "{examples}");
}
