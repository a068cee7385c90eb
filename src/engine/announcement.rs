//! Announcements to those who wait. At each one a caller leaves with a probability, whatever patience is left. At which
//! one can be known at arrival, so it needs no event: the end of patience is moved there.

use super::observer::Observer;
use super::run::Step;
use crate::random::Purpose;
use crate::scenario::Announcements;
use crate::unit::Micros;

/// The wait at which a caller leaves because of an announcement, drawn by `u`: the n-th with probability
/// (1 − p)ⁿ⁻¹ p. [`Micros::MAX`] for one whom no announcement drives away.
fn leaves_after(a: &Announcements, u: f64) -> Micros {
    let before = match a.leave {
        0.0 => return Micros::MAX,
        1.0 => 0.0,
        // The announcements that the caller sits out.
        p => libm::floor(libm::log(u) / libm::log1p(-p)),
    };
    match a.every {
        Some(every) => a.first.saturating_add((before * every as f64) as Micros),
        None if before == 0.0 => a.first,
        None => Micros::MAX,
    }
}

impl<O: Observer> Step<'_, O> {
    /// Moves the end of a caller's patience to the announcement at which the caller leaves, if that comes before it.
    pub(super) fn hear_announcements(&mut self, call: u32) {
        let c = &mut self.e.calls[call];
        if let Some(a) = &self.plan.setting.queues[usize::from(c.queue)].access.announcements {
            let wait = leaves_after(a, c.key.uniform(Purpose::Announcement, c.attempt_number()));
            c.deadline = c.deadline.min(c.arrived.saturating_add(wait));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::SECOND;

    #[test]
    fn each_announcement_drives_away_its_share() {
        let a = Announcements { first: 10 * SECOND, every: Some(60 * SECOND), leave: 0.25 };
        // Kept for n announcements with probability 0.75ⁿ, that is below it on the scale of u.
        assert_eq!(leaves_after(&a, 0.76), 10 * SECOND);
        assert_eq!(leaves_after(&a, 0.74), 70 * SECOND);
        assert_eq!(leaves_after(&a, 0.57), 70 * SECOND);
        assert_eq!(leaves_after(&a, 0.56), 130 * SECOND);
        let once = Announcements { every: None, ..a };
        assert_eq!(leaves_after(&once, 0.76), 10 * SECOND);
        assert_eq!(leaves_after(&once, 0.74), Micros::MAX);
        assert_eq!(leaves_after(&Announcements { leave: 0.0, ..a }, 0.5), Micros::MAX);
        assert_eq!(leaves_after(&Announcements { leave: 1.0, ..a }, 0.5), 10 * SECOND);
    }
}
