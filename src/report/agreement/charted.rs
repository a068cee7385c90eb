//! Which of the disputed verdicts have a chart, and what it is called.

use super::record::{Agreed, Disputed};

/// A disputed verdict that is drawn.
#[derive(Debug, Clone)]
pub struct Charted<'a> {
    /// What the chart's files are called: its kind, from the second on with their number.
    pub name: String,
    /// The views.
    pub agreed: &'a Agreed,
    /// The verdict.
    pub disputed: &'a Disputed,
}

impl Charted<'_> {
    /// The kind of these charts.
    pub const KIND: &'static str = "where-the-views-part";
}

/// The disputed verdicts that are drawn: of every pair of views and every option the first, if its inputs
/// were switched one at a time. The others stand in tables.
pub fn charted(views: &[Agreed]) -> Vec<Charted<'_>> {
    let mut found: Vec<Charted<'_>> = Vec::new();
    for agreed in views {
        let mut options: Vec<&str> = Vec::new();
        for disputed in agreed.disputed.iter().filter(|one| !one.alone.is_empty()) {
            if options.contains(&disputed.option.as_str()) {
                continue;
            }
            options.push(&disputed.option);
            let number = found.len() + 1;
            let kind = Charted::KIND;
            let name = if number == 1 { kind.to_owned() } else { format!("{kind}-{number}") };
            found.push(Charted { name, agreed, disputed });
        }
    }
    found
}
