//! Stable names of the kinds of fault.

/// Kinds of fault and warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// More than is sensible of something.
    TooMany,
    /// Nothing in the file.
    EmptyFile,
    /// Not TOML.
    Syntax,
    /// A key that the format does not know.
    UnknownKey,
    /// A value of another type than the key's.
    WrongType,
    /// A duration without its unit.
    MissingUnit,
    /// A text that is not a duration.
    NotADuration,
    /// A value outside the key's range.
    OutOfRange,
    /// Infinite, or not a number.
    NotFinite,
    /// Not one of the values known.
    NotAChoice,
    /// Not a date.
    NotADate,
    /// Not a time of day.
    NotATime,
    /// Not hours such as "08:00-18:00".
    NotHours,
    /// Not a path of keys.
    NotAPath,
    /// A key that must be given is not.
    MissingKey,
    /// A choice of kind without a kind.
    MissingKind,
    /// A mixture within a mixture.
    NestedMixture,
    /// Two kinds where one is meant.
    TwoKinds,
    /// One thing given in two ways.
    TwoWays,
    /// A weekday's hours given twice.
    DoubledDay,
    /// A format this version does not read.
    UnknownFormat,
    /// A list of the wrong length.
    WrongLength,
    /// Bounds in the wrong order.
    WrongOrder,
    /// Shares that add up to more, or other, than 1.
    WrongSum,
    /// A length that does not divide another.
    UnevenInterval,
    /// A rota names a shift that is not there.
    UnknownShift,
    /// A name that means something else.
    ReservedName,
    /// A team answers a queue that is not there.
    UnknownQueue,
    /// A team that is not there.
    UnknownTeam,
    /// A queue that passes its callers on to itself.
    ToItself,
    /// A name given twice.
    DoubledName,
    /// A break outside its shift.
    PauseOutside,
    /// Two breaks of a shift at once.
    PausesOverlap,
    /// Two shifts of one agent at once.
    ShiftsOverlap,
    /// A key that changes nothing where it stands.
    NoEffect,
    /// A rota and the contracts of those who work it.
    Contract,
    /// A rota that breaks a rule of working time.
    WorkingTime,
    /// Two shifts of one agent on one date.
    DoubledShift,
    /// Another number of agents than a rota names.
    AgentsDiffer,
    /// A contract of an agent who is not there.
    UnknownAgent,
    /// Days on which a rota has nobody.
    RotaEnds,
    /// A rota that has no shift.
    EmptyRota,
    /// An option or view that is not there.
    UnknownOption,
    /// Options based on one another in a circle.
    BasedOnCycle,
    /// A key that an option or view may not change.
    NotInPatch,
    /// A key that both options and views change.
    OptionAndView,
    /// A measure that is not in the catalogue.
    UnknownMeasure,
    /// A path that leads nowhere.
    NoSuchPath,
    /// A file outside the scenario's folder.
    FileOutside,
    /// A file that cannot be read.
    FileUnreadable,
    /// The header of a CSV file.
    CsvHeader,
    /// A row of a CSV file.
    CsvRow,
    /// A number in a CSV file.
    CsvNumber,
    /// The times of a CSV file.
    CsvTimes,
    /// A shape with calls while the centre is closed.
    ShapeOutside,
    /// A shape without calls on a day the centre is open.
    ShapeEmptyDay,
    /// Counts by date that leave out a simulated day.
    DayMissing,
    /// Nobody answers a queue.
    NobodyAnswers,
    /// A team that answers no queue.
    AnswersNothing,
    /// A site at which no team is.
    UnknownSite,
    /// A team at no site, where callers are sent to one or another.
    NoSite,
    /// Work put off to rostered time of which there is none.
    NoPaperwork,
    /// A value that is possible but unlikely.
    Unlikely,
    /// The centre never opens.
    NeverOpen,
}

/// Every code with its stable name.
pub const CODES: &[(Code, &str)] = &[
    (Code::TooMany, "too-many"),
    (Code::EmptyFile, "empty-file"),
    (Code::Syntax, "syntax"),
    (Code::UnknownKey, "unknown-key"),
    (Code::WrongType, "wrong-type"),
    (Code::MissingUnit, "missing-unit"),
    (Code::NotADuration, "not-a-duration"),
    (Code::OutOfRange, "out-of-range"),
    (Code::NotFinite, "not-finite"),
    (Code::NotAChoice, "not-a-choice"),
    (Code::NotADate, "not-a-date"),
    (Code::NotATime, "not-a-time"),
    (Code::NotHours, "not-hours"),
    (Code::NotAPath, "not-a-path"),
    (Code::MissingKey, "missing-key"),
    (Code::MissingKind, "missing-kind"),
    (Code::NestedMixture, "nested-mixture"),
    (Code::TwoKinds, "two-kinds"),
    (Code::TwoWays, "two-ways"),
    (Code::DoubledDay, "doubled-day"),
    (Code::UnknownFormat, "unknown-format"),
    (Code::WrongLength, "wrong-length"),
    (Code::WrongOrder, "wrong-order"),
    (Code::WrongSum, "wrong-sum"),
    (Code::UnevenInterval, "uneven-interval"),
    (Code::UnknownShift, "unknown-shift"),
    (Code::ReservedName, "reserved-name"),
    (Code::UnknownQueue, "unknown-queue"),
    (Code::UnknownTeam, "unknown-team"),
    (Code::ToItself, "to-itself"),
    (Code::DoubledName, "doubled-name"),
    (Code::PauseOutside, "pause-outside"),
    (Code::PausesOverlap, "pauses-overlap"),
    (Code::ShiftsOverlap, "shifts-overlap"),
    (Code::NoEffect, "no-effect"),
    (Code::Contract, "contract"),
    (Code::WorkingTime, "working-time"),
    (Code::DoubledShift, "doubled-shift"),
    (Code::AgentsDiffer, "agents-differ"),
    (Code::UnknownAgent, "unknown-agent"),
    (Code::RotaEnds, "rota-ends"),
    (Code::EmptyRota, "empty-rota"),
    (Code::UnknownOption, "unknown-option"),
    (Code::BasedOnCycle, "based-on-cycle"),
    (Code::NotInPatch, "not-in-patch"),
    (Code::OptionAndView, "option-and-view"),
    (Code::UnknownMeasure, "unknown-measure"),
    (Code::NoSuchPath, "no-such-path"),
    (Code::FileOutside, "file-outside"),
    (Code::FileUnreadable, "file-unreadable"),
    (Code::CsvHeader, "csv-header"),
    (Code::CsvRow, "csv-row"),
    (Code::CsvNumber, "csv-number"),
    (Code::CsvTimes, "csv-times"),
    (Code::ShapeOutside, "shape-outside"),
    (Code::ShapeEmptyDay, "shape-empty-day"),
    (Code::DayMissing, "day-missing"),
    (Code::NobodyAnswers, "nobody-answers"),
    (Code::AnswersNothing, "answers-nothing"),
    (Code::UnknownSite, "unknown-site"),
    (Code::NoSite, "no-site"),
    (Code::NoPaperwork, "no-paperwork"),
    (Code::Unlikely, "unlikely"),
    (Code::NeverOpen, "never-open"),
];

impl Code {
    /// The stable name.
    pub fn name(self) -> &'static str {
        CODES.iter().find(|(code, _)| *code == self).expect("every code has a name").1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_name_of_its_own() {
        for (n, (code, name)) in CODES.iter().enumerate() {
            assert_eq!(code.name(), *name);
            assert!(CODES[n + 1..].iter().all(|(c, other)| c != code && other != name), "{name}");
        }
    }
}
