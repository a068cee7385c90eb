//! The engine against a naive twin: a second simulator, written differently from the same page, that must agree with
//! it call by call and to the microsecond on hundreds of random scenarios.
//!
//! ANSWERABLE_TWIN_SCENARIOS sets how many scenarios are compared, ANSWERABLE_TWIN_FIRST the seed of the first.

mod callers;
mod days;
mod people;
mod scenarios;
mod simulator;
mod told;

fn from_environment(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn the_engine_and_its_naive_twin_agree_to_the_microsecond() {
    let first = from_environment("ANSWERABLE_TWIN_FIRST", 0);
    let number = from_environment("ANSWERABLE_TWIN_SCENARIOS", 400);
    for seed in first..first + number {
        let case = scenarios::scenario(seed);
        let (engine, twin) = days::both(&case, seed);
        if let Some(difference) = told::difference(&engine, &twin) {
            panic!("scenario {seed} differs:\n{difference}");
        }
    }
}
