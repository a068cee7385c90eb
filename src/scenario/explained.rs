//! Every code of fault and warning explained in two sentences: what is wrong and why it matters, what to do.

use super::code::{CODES, Code};

/// The two sentences of a code, by its stable name.
pub fn explained(name: &str) -> Option<&'static str> {
    let (code, _) = CODES.iter().find(|(_, known)| *known == name)?;
    Some(sentences(*code))
}

/// What is wrong, and what to do about it.
fn sentences(code: Code) -> &'static str {
    match code {
        Code::EmptyFile => {
            "The file holds nothing, or nothing but remarks. \
            Begin with a scenario that is there, for example scenarios/district-council.toml, and change what is different in your centre."
        }
        Code::Syntax => {
            "The file is not valid TOML, the form that scenarios are written in, so nothing in it could be read. \
            The line shown is where reading stopped: look there and on the line before for a missing quote, bracket or equals sign."
        }
        Code::UnknownKey => {
            "The format has no key of this name in this place, and a key that did nothing would mislead whoever reads the file. \
            Use the key that the remedy proposes, or take the line away."
        }
        Code::WrongType => {
            "The key is known, but what stands there is of another kind: a text where a number is meant, a table where a list is meant, and so on. \
            Write the value in the form that the message asks for; texts stand in quotes, numbers do not."
        }
        Code::MissingUnit => {
            "A length of time stands without its unit, and 3 could be seconds, minutes or hours. \
            Write it in quotes with its unit, for example \"90s\", \"3m\" or \"1h30m\"."
        }
        Code::NotADuration => {
            "The text cannot be read as a length of time. \
            Write numbers each followed by ms, s, m, h, d or w, for example \"2m20s\"."
        }
        Code::OutOfRange => {
            "The value lies outside what the key allows: negative, zero where something must be longer than zero, or larger than makes sense. \
            The remedy names the range; if your centre really lies outside it, say so to the authors."
        }
        Code::NotFinite => {
            "TOML can write infinity and \"not a number\", and no input of a scenario can be either. \
            Write a number."
        }
        Code::NotAChoice => {
            "The key takes one of a few words, and this is none of them. \
            Write one of the words that the remedy names."
        }
        Code::NotADate => {
            "The value is not a day of the calendar, or could be read as two different days. \
            Write year, month and day, for example 2004-11-01."
        }
        Code::NotATime => {
            "The value is not a time of day. \
            Write hours and minutes from \"00:00\" to \"24:00\", for example \"08:30\"."
        }
        Code::NotHours => {
            "The value does not give two times of a day from which a length follows. \
            Write start and end, for example \"08:00-16:00\"; a shift whose end is earlier than its start ends the next day."
        }
        Code::NotAPath => {
            "A path of keys leads from the top of the file to a value, and this text cannot be one. \
            Join keys with dots and quote those that hold spaces, for example teams.\"first line\".agents."
        }
        Code::MissingKey => {
            "Something that a scenario cannot do without is not given. \
            Add the key that the message names, in the table that it names."
        }
        Code::MissingKind => {
            "This value has several kinds, each with parameters of its own, and none is named. \
            Name one, for example talk.lognormal = { mean = \"3m\", cv = 0.9 }."
        }
        Code::TwoKinds => {
            "Two kinds stand where one is meant, and either would give other results. \
            Keep the one that is meant and take the other away."
        }
        Code::TwoWays => {
            "One thing is given in two ways that need not agree, for example a volume a year and a volume a week. \
            Keep the one that is meant and take the other away."
        }
        Code::DoubledDay => {
            "The opening hours of one weekday are given twice. \
            Name each weekday once, alone or in a range."
        }
        Code::UnknownFormat => {
            "The file says that it is written in a version of the format that this program does not read. \
            Write format = 1, or use the version of the program that the file was written for."
        }
        Code::WrongLength => {
            "A list has more or fewer entries than it must have, for example a week of six days. \
            Give as many entries as the message asks for."
        }
        Code::WrongOrder => {
            "Two bounds stand in the wrong order, so that nothing lies between them. \
            Write the lower one first."
        }
        Code::WrongSum => {
            "Shares of one whole add up to more, or to something other, than 1. \
            Change them until they do."
        }
        Code::UnevenInterval => {
            "A length does not go into another a whole number of times, for example intervals of 25 minutes into a day. \
            Choose one that does."
        }
        Code::UnknownShift => {
            "A rota names a shift that is not in [shifts]. \
            Correct the name, or add the shift; \"off\" is a day off."
        }
        Code::ReservedName => {
            "The name has a meaning of its own, or is empty, and cannot name something else. \
            Choose another name."
        }
        Code::UnknownQueue => {
            "A team answers a queue that is not in [queues]. \
            Correct the name, or add the queue."
        }
        Code::DoubledName => {
            "A name stands twice where once is enough. \
            Take one of them away."
        }
        Code::PauseOutside => {
            "A break, an activity or a break's window does not lie inside its shift, or a break does not fit its window. \
            Move it, shorten it, or change the hours of the shift."
        }
        Code::PausesOverlap => {
            "Two breaks or activities of one shift are due at once, and nobody can be at both. \
            Let one end, or its window close, before the next begins."
        }
        Code::ShiftsOverlap => {
            "A shift that goes past midnight is not over when the same agent's next one begins. \
            Change one of them, or put a day off between them."
        }
        Code::NoEffect => {
            "The key is known, but changes nothing where it stands, and a key without effect would mislead whoever reads the file. \
            Take it away, or add what it needs to have an effect."
        }
        Code::Contract => {
            "The rota pays an agent other hours than the contract says, so that cost and hours in the results are not those of the contract. \
            Paid hours are rostered hours less unpaid breaks, on average a week: change shifts, breaks or the contract until they agree, or leave it if the difference is meant."
        }
        Code::WorkingTime => {
            "A rota breaks a rule that the scenario states under [working-time]: too many paid hours in a week, too little rest between two shifts, or too many days in a row. \
            Change the shift that the message names, or the rule if it is not the one agreed."
        }
        Code::DoubledShift => {
            "A rota's file has two shifts of one agent on one date, and an agent works one shift a date. \
            Take one away, or join them to one shift with an unpaid break between its parts."
        }
        Code::AgentsDiffer => {
            "The team says how many agents it has, and its rota's file names another number. \
            Take `agents` away: the file decides."
        }
        Code::UnknownAgent => {
            "A contract is given for an agent whom the team's rota does not have. \
            Use the name as the rota's file has it; in a rota by weeks agents are called \"1\", \"2\" and so on."
        }
        Code::RotaEnds => {
            "A rota's file has no row for the first or the last days that are measured, so that nobody of the team works on them and callers wait. \
            Add rows for these days, or measure other days; days before and after the measured ones need no rows."
        }
        Code::EmptyRota => {
            "A rota names no shift at all, or a rota's file no row of the team, so that nobody in it would ever work. \
            Name shifts in it, or take the team away."
        }
        Code::UnknownOption => {
            "The text names an option or a view that is not there. \
            Correct the name, or add the option or view."
        }
        Code::BasedOnCycle => {
            "Options or views are based on one another in a circle, so that none of them has a beginning. \
            Base one of them on the base, or on another that is not in the circle."
        }
        Code::NotInPatch => {
            "An option or a view may not change this: it is the same for the whole scenario, or results could not be compared. \
            Change it at the top of the file, or write a second scenario."
        }
        Code::OptionAndView => {
            "Both an option and a view change the same key, so that it would not be clear whose value holds. \
            A key belongs to options (what may be decided) or to views (what is believed): move it to one of them."
        }
        Code::UnknownMeasure => {
            "The text names no measure that a run has. \
            Use an identifier of the results, for example service_level or queues.NAME.service_level."
        }
        Code::NoSuchPath => {
            "A path leads nowhere in the scenario, its options and views. \
            Correct the path; keys are those of the file, joined by dots."
        }
        Code::FileOutside => {
            "A scenario may name files in its own folder and below it, so that the folder can be handed on whole and a scenario from elsewhere cannot read your files. \
            Put the file beside the scenario and name it from there."
        }
        Code::FileUnreadable => {
            "A file that the scenario names is not there, may not be read, or is not text. \
            Check its name and place; spreadsheets are saved as CSV in UTF-8."
        }
        Code::CsvHeader => {
            "The first line of a table says what its columns are, and a column is missing, doubled or unknown. \
            Mend the first line as the remedy says."
        }
        Code::CsvRow => {
            "A row of a table cannot be read as a whole: it has too many or too few cells, or a quote that is not closed. \
            Mend the row that the message names."
        }
        Code::CsvNumber => {
            "A cell of a table should hold a number and does not, or could be read as two different numbers. \
            Write digits with a decimal point, or in a table separated by semicolons with a decimal comma, and no separators of thousands."
        }
        Code::CsvTimes => {
            "Times in a table are missing, out of order or unevenly spaced. \
            Write times of day as 08:30, in the order of the day, all rows equally long."
        }
        Code::ShapeOutside => {
            "A shape has calls at times at which the centre is closed, and nobody could make them. \
            Change the shape or the opening hours until they agree."
        }
        Code::ShapeEmptyDay => {
            "A shape has no calls at all on a weekday on which the centre is open. \
            Give the weekday its own column of weights, or close it."
        }
        Code::NobodyAnswers => {
            "No team with agents answers a queue, so that its callers wait until they give up, or for ever if they never do. \
            Name the queue in the `answers` of a team that has agents."
        }
        Code::AnswersNothing => {
            "A team answers no queue, so that its agents are rostered and paid and never take a call. \
            Name the queues it answers, or take the team away."
        }
        Code::Unlikely => {
            "The value is possible but so unusual that it is more often a slip than meant. \
            If it is meant, leave it: this is a question, not a fault."
        }
        Code::NeverOpen => {
            "No weekday has opening hours, so that no call could ever come. \
            Give opening hours, for example monday-friday = \"08:00-18:00\"."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained_in_two_sentences() {
        for (code, name) in CODES {
            let text = explained(name).unwrap();
            assert!(text.ends_with('.') && text.matches(". ").count() == 1, "{name}: {text}");
            assert!(CODES.iter().all(|(c, _)| c == code || sentences(*c) != text), "{name}");
        }
        assert_eq!(explained("no-such-code"), None);
    }
}
