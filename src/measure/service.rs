//! The ways in which centres count their service level.

/// How a queue's service level is counted; S answered, Sₜ within the target time, L abandoned, Lₜ within it, Lₛ within the
/// short-abandon threshold.
///
/// Each but the first is the figure of the measure `service_level_…` of its name. The first counts every call offered,
/// those that balked, were turned away, called back or lost in an outage as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ServiceLevel {
    /// Sₜ of all offered less Lₛ.
    #[default]
    OfferedLessShort,
    /// Sₜ / S.
    Answered,
    /// Sₜ / (S + L).
    Offered,
    /// (Sₜ + Lₜ) / (S + L).
    WithAbandoned,
    /// Sₜ / (S + L − Lₜ).
    WithoutEarly,
    /// (Sₜ + Lₛ) / (S + L).
    WithShort,
    /// Sₜ / (S + L − Lₛ).
    WithoutShort,
}

/// Calls by what became of them, as far as a service level asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fates {
    /// Offered.
    pub offered: u64,
    /// Answered.
    pub answered: u64,
    /// Answered within the target time.
    pub within: u64,
    /// Abandoned.
    pub abandoned: u64,
    /// Abandoned within the short-abandon threshold.
    pub short: u64,
    /// Abandoned within the target time.
    pub abandoned_within: u64,
}

impl ServiceLevel {
    /// Those that a scenario can choose, each with its meaning.
    pub const CHOICES: [(&'static str, &'static str); 6] = [
        ("answered", "answered within the target time, of those answered"),
        ("offered", "answered within the target time, of all answered and abandoned calls"),
        (
            "with-abandoned",
            "answered or abandoned within the target time, of all answered and abandoned calls",
        ),
        (
            "without-early",
            "answered within the target time, of answered and abandoned calls less those abandoned within it",
        ),
        (
            "with-short",
            "answered within the target time or a short abandonment, of all answered and abandoned calls",
        ),
        (
            "without-short",
            "answered within the target time, of answered and abandoned calls less short abandonments",
        ),
    ];

    const CHOSEN: [ServiceLevel; 6] = [
        ServiceLevel::Answered,
        ServiceLevel::Offered,
        ServiceLevel::WithAbandoned,
        ServiceLevel::WithoutEarly,
        ServiceLevel::WithShort,
        ServiceLevel::WithoutShort,
    ];

    /// The one of a name; of no name, the usual one.
    pub fn named(name: &str) -> ServiceLevel {
        let at = ServiceLevel::CHOICES.iter().position(|choice| choice.0 == name);
        at.map_or(ServiceLevel::default(), |at| ServiceLevel::CHOSEN[at])
    }

    fn place(self) -> Option<usize> {
        ServiceLevel::CHOSEN.iter().position(|chosen| *chosen == self)
    }

    /// Its name in files.
    pub fn name(self) -> &'static str {
        self.place().map_or("offered-less-short", |at| ServiceLevel::CHOICES[at].0)
    }

    /// What it counts, for people.
    pub fn meaning(self) -> &'static str {
        let usual = "answered within the target time, of calls offered less short abandonments";
        self.place().map_or(usual, |at| ServiceLevel::CHOICES[at].1)
    }

    /// The same in brackets behind "calls are answered in time"; empty for the usual one, which needs none.
    pub fn aside(self) -> &'static str {
        match self {
            ServiceLevel::OfferedLessShort => "",
            ServiceLevel::Answered => " (of those answered)",
            ServiceLevel::Offered => " (of all answered and abandoned)",
            ServiceLevel::WithAbandoned => " (or given up in that time)",
            ServiceLevel::WithoutEarly => " (those who gave up in that time left out)",
            ServiceLevel::WithShort => " (or given up at once)",
            ServiceLevel::WithoutShort => " (of answered and abandoned, those who gave up at once left out)",
        }
    }

    /// What counts as good service, and of how many calls.
    #[inline]
    pub fn of(self, f: Fates) -> (u64, u64) {
        let heard = f.answered + f.abandoned;
        match self {
            ServiceLevel::OfferedLessShort => (f.within, f.offered - f.short),
            ServiceLevel::Answered => (f.within, f.answered),
            ServiceLevel::Offered => (f.within, heard),
            ServiceLevel::WithAbandoned => (f.within + f.abandoned_within, heard),
            ServiceLevel::WithoutEarly => (f.within, heard - f.abandoned_within),
            ServiceLevel::WithShort => (f.within + f.short, heard),
            ServiceLevel::WithoutShort => (f.within, heard - f.short),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_ways_of_counting_one_day_lie_five_points_apart() {
        let day = Fates {
            offered: 1060,
            answered: 1000,
            within: 860,
            abandoned: 60,
            short: 10,
            abandoned_within: 20,
        };
        let percent = |name: &str| {
            let (good, all) = ServiceLevel::named(name).of(day);
            (10_000.0 * good as f64 / all as f64).round() / 100.0
        };
        let names = ["with-abandoned", "answered", "offered", "without-early", "with-short", "without-short"];
        assert_eq!(names.map(percent), [83.02, 86.0, 81.13, 82.69, 82.08, 81.9]);
    }

    #[test]
    fn every_way_has_the_name_it_is_known_by() {
        for (name, _) in ServiceLevel::CHOICES {
            assert_eq!(ServiceLevel::named(name).name(), name);
            let id = format!("service_level_{}", name.replace('-', "_"));
            assert!(crate::measure::find(&id).is_some(), "{id}");
        }
        assert_eq!(ServiceLevel::named("").name(), "offered-less-short");
    }
}
