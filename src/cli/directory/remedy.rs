//! What to do about a place that cannot be written to, in the words of the command that was given it.

/// Remedies of a command.
#[derive(Debug)]
pub(super) struct Remedies {
    /// Instead of a place that does not serve.
    pub(super) elsewhere: &'static str,
    /// Instead of a place that may not be written to.
    pub(super) writable: &'static str,
    /// Instead of a name that the disk does not take.
    pub(super) plainer: &'static str,
    /// Instead of a directory that cannot be moved, as one on which a disk is mounted.
    pub(super) inside: &'static str,
    /// Instead of what is no directory.
    pub(super) directory: &'static str,
}

/// Of a command that is told where to write by `--output`.
pub(super) static OUTPUT: Remedies = Remedies {
    elsewhere: "choose another place with --output",
    writable: "choose a place you may write to with --output",
    plainer: "choose a shorter or plainer name with --output",
    inside: "name a directory inside it with --output",
    directory: "name a directory with --output",
};

/// Of a command that writes where it reads.
pub(super) static AGAIN: Remedies = Remedies {
    elsewhere: "copy the directory to another place, and name that",
    writable: "copy the directory to where you may write, and name that",
    plainer: "give the directory a shorter or plainer name",
    inside: "copy what is in it to a directory inside it, and name that",
    directory: "name the directory of a run",
};
