//! Findings: what is wrong, gathered by place while a scenario is read, and turned into faults at the end.

use super::code::Code;
use super::fault::{Fault, Severity};
use super::tree::Place;

#[derive(Debug)]
struct Finding {
    code: Code,
    severity: Severity,
    place: Place,
    message: String,
    /// Where the message belongs to an option and its place does not: " (in option …)".
    context: String,
    help: String,
}

/// Everything found so far.
#[derive(Debug, Default)]
pub(super) struct Findings {
    found: Vec<Finding>,
    /// The option or view being read, and where its patch stands: what is found elsewhere names it.
    within: Option<(String, Place)>,
    /// What was found beyond the most that is told: how many, and the first of them.
    beyond: Option<(usize, Code, Severity, Place)>,
}

/// More findings than this are counted: the rest is the echo of a mistake made by a machine.
const MOST_TOLD: usize = 1000;

/// Messages quote what stands in a file; longer ones, in characters, are cut.
const LONGEST: usize = 400;

fn shortened(text: String) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

impl Findings {
    /// From here on, what is found belongs to this option or view.
    pub(super) fn enter(&mut self, label: String, extent: Place) {
        self.within = Some((label, extent));
    }

    /// From here on, what is found belongs to the base.
    pub(super) fn leave(&mut self) {
        self.within = None;
    }

    /// Records a fault.
    pub(super) fn fault(
        &mut self,
        code: Code,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(code, Severity::Fault, place, message.into(), help.into());
    }

    /// Records a warning.
    pub(super) fn warn(
        &mut self,
        code: Code,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(code, Severity::Warning, place, message.into(), help.into());
    }

    /// A place is told once of a fault: one of the base is not repeated for every option.
    fn add(&mut self, code: Code, severity: Severity, place: Place, message: String, help: String) {
        if self.found.iter().any(|f| f.code == code && f.place == place && f.message == message) {
            return;
        }
        if self.found.len() >= MOST_TOLD {
            let first = self.beyond.get_or_insert((0, code, severity, place));
            first.0 += 1;
            // One fault among warnings is enough to refuse the scenario.
            if severity == Severity::Fault {
                first.2 = Severity::Fault;
            }
            return;
        }
        let context = match &self.within {
            Some((label, extent)) if !extent.holds(place) => format!(" (in {label})"),
            _ => String::new(),
        };
        let (message, help) = (shortened(message), shortened(help));
        self.found.push(Finding { code, severity, place, message, context, help });
    }

    /// Takes over what others found, but for their warnings.
    pub(super) fn take_faults(&mut self, others: Findings) {
        for one in others.found.into_iter().filter(|one| one.severity == Severity::Fault) {
            let known = |f: &Finding| f.code == one.code && f.place == one.place && f.message == one.message;
            if !self.found.iter().any(known) && self.found.len() < MOST_TOLD {
                self.found.push(one);
            }
        }
    }

    /// Whether anything is a fault.
    pub(super) fn any_fault(&self) -> bool {
        self.found.iter().any(|f| f.severity == Severity::Fault)
    }

    /// Whether a fault was found at this place or inside it.
    pub(super) fn faulty(&self, place: Place) -> bool {
        self.found.iter().any(|f| f.severity == Severity::Fault && place.holds(f.place))
    }

    /// Faults and warnings in the order of the files; `sources` are the files' names and texts.
    pub(super) fn faults(self, sources: &[(String, String)]) -> (Vec<Fault>, Vec<Fault>) {
        let mut found = self.found;
        if let Some((number, code, severity, place)) = self.beyond {
            let message = format!("{number} more, of which this is the first");
            let (context, help) = (String::new(), "mend those above, then check again".to_owned());
            found.push(Finding { code, severity, place, message, context, help });
        }
        found.sort_by(|a, b| (a.place, a.code.name()).cmp(&(b.place, b.code.name())));
        let all = found.into_iter().map(|f| {
            let (name, text) = &sources[usize::from(f.place.file)];
            Fault::new(f.code, f.severity, name, text, f.place, f.message + &f.context, f.help)
        });
        all.partition(|fault| fault.severity == Severity::Fault)
    }
}
