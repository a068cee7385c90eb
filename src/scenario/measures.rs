//! Measures named in a scenario: each must be in the catalogue, of a queue or team that is there.

use super::code::Code;
use super::fields::Fields;
use super::finding::Findings;
use super::meant::{Expectation, Setting};
use super::nearest::nearest;
use super::path::{Part, Path};
use super::tree::{Place, Value};
use super::value::interval;
use crate::measure::{CATALOGUE, find};

/// Reads how large a difference must be to matter, by measure.
pub(super) fn matters(top: &Fields<'_>, settings: &[Setting], out: &mut Findings) -> Vec<(String, f64)> {
    let mut found = Vec::new();
    for (entry, _) in top.named("matters") {
        check(&entry.key, entry.key_place, settings, out);
        match entry.node.value {
            Value::Number(threshold) => found.push((entry.key.clone(), threshold)),
            Value::Whole(threshold) => found.push((entry.key.clone(), threshold as f64)),
            _ => {}
        }
    }
    found
}

/// Reads what the author expects of the results, by option and measure.
pub(super) fn expectations(top: &Fields<'_>, settings: &[Setting], out: &mut Findings) -> Vec<Expectation> {
    let mut found = Vec::new();
    let known = || settings.iter().map(|setting| setting.name.as_str());
    for (entry, measures) in top.named("expect") {
        if known().all(|name| name != entry.key) {
            let help = match nearest(&entry.key, known()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "name an option as it stands in the file".into(),
            };
            let message = format!("no option is called \"{}\"", entry.key);
            out.fault(Code::UnknownOption, entry.key_place, message, help);
        }
        for (measure, _) in measures.names() {
            check(&measure.key, measure.key_place, settings, out);
            if let Ok((low, high)) = interval(&measure.key, &measure.node) {
                found.push(Expectation {
                    option: entry.key.clone(),
                    measure: measure.key.clone(),
                    low,
                    high,
                });
            }
        }
    }
    found
}

/// A fault unless a text is `MEASURE`, `queues.NAME.MEASURE`, `teams.NAME.MEASURE` or `sites.NAME.MEASURE`.
pub(super) fn check(text: &str, place: Place, settings: &[Setting], out: &mut Findings) {
    let path = Path::parse(text).unwrap_or_default();
    let keys: Vec<&str> = path
        .parts
        .iter()
        .filter_map(|p| if let Part::Key(key) = p { Some(key.as_str()) } else { None })
        .collect();
    let (of, measure) = match keys[..] {
        [measure] => (None, measure),
        [section @ ("queues" | "teams" | "sites"), name, measure] => (Some((section, name)), measure),
        _ => {
            let help = "write a measure such as service_level, \"queues.NAME.service_level\" or \"teams.NAME.occupancy\"";
            out.fault(Code::UnknownMeasure, place, format!("\"{text}\" is not a measure"), help);
            return;
        }
    };
    if let Some((section, name)) = of {
        let names = |setting: &Setting| -> Vec<String> {
            match section {
                "queues" => setting.queues.iter().map(|q| q.name.clone()).collect(),
                "sites" => setting.sites[..setting.sites_told_apart()].to_vec(),
                _ => setting.teams.iter().map(|t| t.name.clone()).collect(),
            }
        };
        let known: Vec<String> = settings.iter().flat_map(names).collect();
        if known.iter().all(|known| known != name) {
            let noun = section.trim_end_matches('s');
            let help = match nearest(name, known.iter().map(String::as_str)) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("name a {noun} as it stands in the file"),
            };
            out.fault(Code::UnknownMeasure, place, format!("no option has a {noun} \"{name}\""), help);
            return;
        }
    }
    if find(measure).is_none() {
        let help = match nearest(measure, CATALOGUE.iter().map(|m| m.id)) {
            Some(near) => format!("did you mean {near}?"),
            None => {
                "results.json lists every measure under \"definitions\", for example service_level".into()
            }
        };
        out.fault(Code::UnknownMeasure, place, format!("there is no measure \"{measure}\""), help);
    }
}
