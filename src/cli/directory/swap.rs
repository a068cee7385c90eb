//! The old directory out, the new one in; and mending where that was cut short.
//!
//! Each step is one renaming, which a file system does wholly or not at all:
//!
//! | state | there | mended to |
//! |---|---|---|
//! | staging | the old one if any, a part of the new | the old one |
//! | 1 set aside | the old one set aside, the new one staged whole | the old one |
//! | 2 moved in | the new one, the old one set aside | the new one |
//! | 3 given up | the new one, the old one in the place of the staged | the new one |
//! | removing | the new one, a part of the old | the new one |
//!
//! The old one is given up by a renaming before it is removed: what is set aside as old is whole at any moment.

use super::super::exit::Failure;
use super::disk::sync_folder;
use super::own;
use super::place::Place;
use std::fs;
use std::io;

/// Mends what a run cut short has left.
pub(super) fn mend(place: &Place) -> Result<(), Failure> {
    mended(place).map_err(|cause| {
        place.failed(
            format!("what an earlier run left beside {} could not be mended", place.named.display()),
            cause,
        )
    })
}

fn mended(place: &Place) -> io::Result<()> {
    if place.partial.exists() {
        fs::remove_dir_all(&place.partial)?;
    }
    if place.old.exists() {
        if own::content(&place.path)?.any {
            fs::rename(&place.old, &place.partial)?;
            fs::remove_dir_all(&place.partial)?;
        } else {
            // An empty directory that somebody has made since may be taken away.
            if place.path.exists() {
                fs::remove_dir(&place.path)?;
            }
            fs::rename(&place.old, &place.path)?;
        }
    }
    Ok(())
}

/// Tries what will be done when the run is over: a directory can be staged, and earlier results set aside. Some
/// cannot be moved, a disk mounted there for example, and nothing but trying tells. Cut short, it leaves what
/// [`mend`] puts right.
pub(super) fn rehearse(place: &Place) -> Result<(), Failure> {
    let shown = place.named.display();
    fs::create_dir(&place.partial)
        .and_then(|()| fs::remove_dir(&place.partial))
        .map_err(|cause| place.failed(format!("{shown} cannot be written to"), cause))?;
    if place.path.exists() {
        fs::rename(&place.path, &place.old)
            .and_then(|()| fs::rename(&place.old, &place.path))
            .map_err(|cause| place.failed(format!("{shown} cannot be replaced"), cause))?;
    }
    Ok(())
}

/// Moves the staged directory into its place.
///
/// # Errors
/// When a step fails, with the earlier results where they were; or when somebody has put a file of theirs there.
pub(super) fn move_in(place: &Place) -> Result<(), Failure> {
    // It took a while: look again before anything is replaced.
    let looked = place.refuse_foreign().and_then(|()| {
        moved(place)
            .map_err(|cause| place.failed(format!("{} could not be replaced", place.named.display()), cause))
    });
    if looked.is_err() {
        // Best effort: the next start removes what is left.
        if own::content(&place.partial).is_ok_and(|content| content.foreign.is_empty()) {
            let _ = fs::remove_dir_all(&place.partial);
        }
        return looked;
    }
    // The new one is in place: from here on nothing is lost, and what fails is left to the next start.
    sync_folder(place.folder());
    if place.old.exists() {
        let _ = fs::rename(&place.old, &place.partial).and_then(|()| fs::remove_dir_all(&place.partial));
    }
    Ok(())
}

fn moved(place: &Place) -> io::Result<()> {
    let earlier = place.path.exists();
    if earlier {
        fs::rename(&place.path, &place.old)?;
    }
    fs::rename(&place.partial, &place.path).inspect_err(|_| {
        if earlier {
            // If this fails too, the next start does it.
            let _ = fs::rename(&place.old, &place.path);
        }
    })
}
