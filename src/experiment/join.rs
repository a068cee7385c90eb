//! Whether parts belong together: parts of one run, all of them, each once.

use super::part::{PartHead, Shard};

/// Why parts cannot be joined.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// A part was run by a version that this program is not.
    #[error("{name}: was run by version {version}, this is {}: join parts with the version that ran them", env!("CARGO_PKG_VERSION"))]
    Version {
        /// The part.
        name: String,
        /// Its version.
        version: String,
    },
    /// A part was run on another scenario, or on files of other contents.
    #[error(
        "{name}: was run on another scenario than {other}: compare their inputs; run it again, or leave it out"
    )]
    OtherScenario {
        /// The part.
        name: String,
        /// One of the rest.
        other: String,
    },
    /// A part is of another run than the rest.
    #[error("{name}: {what} {own}, most of the others {others}; run it again like them, or leave it out")]
    OtherRun {
        /// The part.
        name: String,
        /// What is different.
        what: &'static str,
        /// Its own.
        own: String,
        /// What the rest has.
        others: String,
    },
    /// A part holds other replications than its number says.
    #[error("{name}: holds other replications than part {shard} has; run it again")]
    Range {
        /// The part.
        name: String,
        /// Its number.
        shard: Shard,
    },
    /// A part is there more than once.
    #[error("{first} and {second}: both are part {shard}; leave one of them out")]
    Doubled {
        /// The one.
        first: String,
        /// The other.
        second: String,
        /// Their number.
        shard: Shard,
    },
    /// Parts are not there.
    #[error("{} missing: name {}, or run what is missing with {}", missing(numbers, *of), them(numbers), again(numbers, *of))]
    Missing {
        /// Their numbers, rising, first to last of each gap.
        numbers: Vec<(u32, u32)>,
        /// Of how many.
        of: u32,
    },
}

fn missing(gaps: &[(u32, u32)], of: u32) -> String {
    let texts: Vec<String> = gaps
        .iter()
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first} to {last}") })
        .collect();
    match gaps {
        [(first, last)] if first == last => format!("part {first} of {of} is"),
        _ => format!("parts {} of {of} are", texts.join(", ")),
    }
}

fn them(gaps: &[(u32, u32)]) -> &'static str {
    if matches!(gaps, [(first, last)] if first == last) { "its directory" } else { "their directories" }
}

fn again(gaps: &[(u32, u32)], of: u32) -> String {
    let first = gaps.first().map_or(1, |gap| gap.0);
    match them(gaps) {
        "its directory" => format!("--shard {first}/{of}"),
        _ => format!("--shard {first}/{of} and so on"),
    }
}

/// The value that most have, the first of equals.
fn usual<T: PartialEq + Clone>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: Vec<(T, usize)> = Vec::new();
    for value in values {
        match counts.iter_mut().find(|(known, _)| *known == value) {
            Some((_, count)) => *count += 1,
            None => counts.push((value, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(value, _)| value)
}

/// The order in which named parts are joined.
///
/// # Errors
/// Every reason why they are not one whole run.
pub fn order(parts: &[(String, PartHead)]) -> Result<Vec<usize>, Vec<Misfit>> {
    let mut misfits = Vec::new();
    let own = env!("CARGO_PKG_VERSION");
    for (name, head) in parts.iter().filter(|(_, head)| head.version != own) {
        misfits.push(Misfit::Version { name: name.clone(), version: head.version.clone() });
    }
    let Some(shape) = usual(parts.iter().map(|(_, h)| h.inputs)) else {
        return Err(misfits);
    };
    let seed = usual(parts.iter().map(|(_, h)| h.seed)).unwrap_or_default();
    let replications = usual(parts.iter().map(|(_, h)| h.replications)).unwrap_or_default();
    let of = usual(parts.iter().map(|(_, h)| h.shard.of)).unwrap_or(1);
    let mut present: Vec<usize> = Vec::new();
    for (i, (name, head)) in parts.iter().enumerate() {
        let other =
            |what, own: String, others: String| Misfit::OtherRun { name: name.clone(), what, own, others };
        let before = misfits.len();
        if head.inputs != shape {
            let usual = parts.iter().find(|(_, h)| h.inputs == shape).map_or("", |(name, _)| name);
            misfits.push(Misfit::OtherScenario { name: name.clone(), other: usual.to_owned() });
        }
        if head.seed != seed {
            misfits.push(other("was run with seed", head.seed.to_string(), format!("with {seed}")));
        }
        if head.replications != replications {
            let own = format!("{} replications", head.replications);
            misfits.push(other("is a part of", own, format!("of {replications}")));
        }
        if head.shard.of != of {
            misfits.push(other("is a part of", format!("{} parts", head.shard.of), format!("of {of}")));
        }
        if misfits.len() > before {
            continue;
        }
        let range = head.shard.range(replications);
        if !(1..=of).contains(&head.shard.number) || range != (head.from..head.to) {
            misfits.push(Misfit::Range { name: name.clone(), shard: head.shard });
        } else {
            present.push(i);
        }
    }
    present.sort_by_key(|i| (parts[*i].1.shard.number, *i));
    misfits.extend(doubled(parts, &present));
    let gaps = gaps(present.iter().map(|i| parts[*i].1.shard.number), of);
    if !gaps.is_empty() {
        misfits.push(Misfit::Missing { numbers: gaps, of });
    }
    if misfits.is_empty() { Ok(present) } else { Err(misfits) }
}

fn doubled(parts: &[(String, PartHead)], present: &[usize]) -> Vec<Misfit> {
    let pairs = present.windows(2).filter(|pair| parts[pair[0]].1.shard == parts[pair[1]].1.shard);
    pairs
        .map(|pair| {
            let [(first, head), (second, _)] = [&parts[pair[0]], &parts[pair[1]]];
            Misfit::Doubled { first: first.clone(), second: second.clone(), shard: head.shard }
        })
        .collect()
}

/// The numbers from 1 that are not among rising ones, first to last of each gap.
fn gaps(rising: impl Iterator<Item = u32>, of: u32) -> Vec<(u32, u32)> {
    let mut gaps = Vec::new();
    let mut next = 1;
    for number in rising {
        if number > next {
            gaps.push((next, number - 1));
        }
        next = number.saturating_add(1);
    }
    if next <= of {
        gaps.push((next, of));
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(number: u32, of: u32) -> PartHead {
        let shard = Shard { number, of };
        let range = shard.range(43);
        PartHead::example(shard, 43, range)
    }

    fn named(heads: Vec<PartHead>) -> Vec<(String, PartHead)> {
        heads.into_iter().enumerate().map(|(i, head)| (format!("p{i}"), head)).collect()
    }

    fn said(heads: Vec<PartHead>) -> Vec<String> {
        order(&named(heads)).expect_err("they do not belong together").iter().map(Misfit::to_string).collect()
    }

    #[test]
    fn parts_are_joined_in_the_order_of_their_numbers() {
        assert_eq!(order(&named(vec![head(3, 3), head(1, 3), head(2, 3)])), Ok(vec![1, 2, 0]));
    }

    #[test]
    fn what_is_missing_or_doubled_is_told_by_number_and_name() {
        let told = said(vec![head(1, 9), head(4, 9), head(4, 9), head(9, 9)]);
        assert_eq!(
            told,
            [
                "p1 and p2: both are part 4/9; leave one of them out",
                "parts 2 to 3, 5 to 8 of 9 are missing: name their directories, or run what is missing with --shard \
                 2/9 and so on",
            ]
        );
        assert_eq!(
            said(vec![head(2, 2)]),
            ["part 1 of 2 is missing: name its directory, or run what is missing with --shard 1/2"]
        );
    }

    #[test]
    fn a_part_of_another_run_is_named_with_what_is_different() {
        let mut other = head(3, 3);
        other.seed = 8;
        other.inputs = 99;
        let told = said(vec![head(1, 3), head(2, 3), other]);
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(
            told[0].starts_with("p2: was run on another scenario than p0: compare their inputs;"),
            "{told:?}"
        );
        assert!(told[1].starts_with("p2: was run with seed 8, most of the others with 1;"));
        let mut moved = head(2, 2);
        moved.to = 42;
        assert_eq!(
            said(vec![head(1, 2), moved])[0],
            "p1: holds other replications than part 2/2 has; run it again"
        );
        let mut old = head(2, 2);
        old.version = "0.0.9".into();
        assert!(said(vec![head(1, 2), old])[0].starts_with("p1: was run by version 0.0.9, this is "));
    }

    #[test]
    fn ranges_of_shards_share_out_every_replication_once() {
        for (replications, of) in [(43, 5), (3, 7), (1000, 1), (4_000_000_000, 1000)] {
            let mut next = 0;
            for number in 1..=of {
                let range = Shard { number, of }.range(replications);
                assert_eq!(range.start, next);
                next = range.end;
            }
            assert_eq!(next, replications);
        }
    }
}
