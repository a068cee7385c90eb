//! Every state a cut leaves, what is the user's own, two runs at once, and places of every kind.

use super::super::exit::Failure;
use super::Directory;
use std::fs;
use std::path::{Path, PathBuf};

/// The files of a run that says a word.
fn files(word: &str) -> Vec<(String, Vec<u8>)> {
    let results = format!("{{\"schema\": \"answerable/results/1\", \"scenario\": \"{word}\"}}");
    let chart = ("charts/a.svg".to_owned(), word.as_bytes().to_vec());
    vec![("results.json".to_owned(), results.into_bytes()), chart]
}

fn lay(directory: &Path, word: &str) {
    fs::create_dir_all(directory.join("charts")).expect("a folder");
    for (name, bytes) in files(word) {
        fs::write(directory.join(name), bytes).expect("a file");
    }
}

/// What lies in a folder, at any depth.
fn tree(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push((
                    path.strip_prefix(folder).expect("within").to_owned(),
                    fs::read(&path).expect("a file"),
                ));
            }
        }
    }
    found.sort();
    found
}

fn says(directory: &Path, word: &str) -> bool {
    let mut expected: Vec<_> =
        files(word).into_iter().map(|(name, bytes)| (PathBuf::from(name), bytes)).collect();
    expected.sort();
    tree(directory) == expected
}

/// A folder to try things in, and the place `results` in it.
fn trial() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder of its own");
    let place = folder.path().join("results");
    (folder, place)
}

fn message(result: Result<Directory, Failure>) -> String {
    result.expect_err("it is refused").to_string()
}

#[test]
fn every_state_that_a_cut_leaves_is_mended_to_the_whole_old_or_the_whole_new() {
    // What lies in the place, set aside as old, and staged; then what the place comes to.
    type State = (&'static str, [Option<&'static str>; 3], Option<&'static str>);
    let states: [State; 10] = [
        ("before anything", [Some("old"), None, None], Some("old")),
        ("staging", [Some("old"), None, Some("half")], Some("old")),
        ("staging the first", [None, None, Some("half")], None),
        ("staged", [Some("old"), None, Some("new")], Some("old")),
        ("set aside", [None, Some("old"), Some("new")], Some("old")),
        ("set aside, staging lost", [None, Some("old"), None], Some("old")),
        ("moved in", [Some("new"), Some("old"), None], Some("new")),
        ("given up", [Some("new"), None, Some("old")], Some("new")),
        ("removing", [Some("new"), None, Some("half")], Some("new")),
        // A hand has made the directory anew, thinking it lost.
        ("set aside, place made anew", [Some("nothing"), Some("old"), Some("new")], Some("old")),
    ];
    for (state, laid, expected) in states {
        let (folder, place) = trial();
        let names = ["results", ".results.old", ".results.partial"];
        for (name, word) in names.iter().zip(laid) {
            let path = folder.path().join(name);
            match word {
                None => {}
                Some("nothing") => fs::create_dir(path).expect("a folder"),
                Some("half") => {
                    fs::create_dir(&path).expect("a folder");
                    fs::write(path.join("results.json"), "{\"sch").expect("a file");
                }
                Some(word) => lay(&path, word),
            }
        }
        let directory = Directory::new(&place).expect(state);
        match expected {
            Some(word) => assert!(says(&place, word), "{state}: {:?}", tree(&place)),
            None => assert!(!place.exists(), "{state}"),
        }
        directory.write(&files("later")).expect(state);
        drop(directory);
        assert!(says(&place, "later"), "{state}");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "{state}: something is left");
    }
}

#[test]
fn what_is_the_users_own_is_neither_replaced_nor_removed() {
    for (name, told) in [
        ("results/notes.txt", "`notes.txt`"),
        ("results/charts/plan.docx", "`charts/plan.docx`"),
        ("results/figures/a.png", "`figures`"),
        (".results.old/notes.txt", ".results.old"),
        (".results.partial/notes.txt", ".results.partial"),
    ] {
        let (folder, place) = trial();
        lay(&place, "old");
        let own = folder.path().join(name);
        fs::create_dir_all(own.parent().expect("a parent")).expect("a folder");
        fs::write(&own, "mine").expect("a file");
        let before = tree(folder.path());
        let message = message(Directory::new(&place));
        assert!(message.contains(told) && message.contains("move "), "{message}");
        assert_eq!(tree(folder.path()), before, "{name}");
    }
}

#[test]
fn a_folder_that_looks_like_a_run_but_holds_no_results_is_left_alone() {
    // A scenario with its inputs beside it, as a user may keep them.
    let (_folder, place) = trial();
    fs::create_dir_all(place.join("inputs")).expect("a folder");
    fs::write(place.join("scenario.toml"), "format = 1").expect("a file");
    fs::write(place.join("inputs/calls.csv"), "date,calls").expect("a file");
    let before = tree(&place);
    assert!(message(Directory::new(&place)).contains("holds no results of a run"));
    fs::write(place.join("results.json"), "{\"schema\": \"somebody else's\"}").expect("a file");
    assert!(message(Directory::new(&place)).contains("holds no results of a run"));
    fs::remove_file(place.join("results.json")).expect("removed");
    assert_eq!(tree(&place), before);
}

#[test]
fn a_file_put_there_during_the_run_is_not_lost() {
    let (_folder, place) = trial();
    lay(&place, "old");
    let directory = Directory::new(&place).expect("a place");
    fs::write(place.join("notes.txt"), "mine").expect("a file");
    let before = tree(&place);
    let failure = directory.write(&files("new")).expect_err("it is refused");
    assert!(failure.to_string().contains("`notes.txt`"), "{failure}");
    assert_eq!(tree(&place), before);
}

#[test]
fn a_second_run_is_kept_out_until_the_first_has_ended() {
    let (folder, place) = trial();
    let first = Directory::new(&place).expect("a place");
    for _ in 0..2 {
        let message = message(Directory::new(&place));
        assert!(message.contains("another run is writing there\nwait until"), "{message}");
    }
    // Elsewhere there is no need to wait.
    Directory::new(&folder.path().join("other")).expect("another place");
    drop(first);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0, "something is left");
    // The lock of a run that was killed is a file that nobody holds.
    fs::write(folder.path().join(".results.lock"), "").expect("a file");
    Directory::new(&place).expect("a place").write(&files("new")).expect("written");
    assert!(says(&place, "new"));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "something is left");
}

#[test]
fn a_run_that_writes_nothing_leaves_no_folder() {
    let (folder, _) = trial();
    drop(Directory::new(&folder.path().join("a/b/results")).expect("a place"));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0, "something is left");
}

#[test]
fn places_that_cannot_be_written_to_are_refused_with_a_remedy() {
    let (folder, place) = trial();
    fs::write(&place, "mine").expect("a file");
    let refused = [
        (place.clone(), "is a file; name a directory"),
        (place.join("below"), "lies below a file"),
        (PathBuf::from("/"), "is not the name of a directory"),
        (PathBuf::from("."), "is where you are"),
        (PathBuf::from(".."), "is where you are"),
        (folder.path().join("n".repeat(255)), "choose a shorter or plainer name"),
    ];
    for (place, why) in refused {
        let message = message(Directory::new(&place));
        assert!(message.contains(why), "{}: {message}", place.display());
    }
    assert_eq!(fs::read(&place).expect("still there"), b"mine");
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_and_stays() {
    use std::os::unix::fs::symlink;
    let (folder, place) = trial();
    let far = folder.path().join("far");
    lay(&far, "old");
    symlink("far", &place).expect("a link");
    Directory::new(&place).expect("a place").write(&files("new")).expect("written");
    assert!(place.is_symlink() && says(&far, "new"));
    // To nowhere.
    let lost = folder.path().join("lost");
    symlink("nowhere", &lost).expect("a link");
    assert!(message(Directory::new(&lost)).contains("leads nowhere"));
    // Within a run directory: what it leads to is not ours.
    symlink("..", far.join("charts/up.svg")).expect("a link");
    assert!(message(Directory::new(&far)).contains("`charts/up.svg`"));
}

#[test]
fn any_name_will_do() {
    let (folder, _) = trial();
    for name in ["with spaces", "Überlauf £ 呼", "two\nlines", "-x", "a.b", "'quoted\""] {
        let place = folder.path().join(name);
        for word in ["old", "new"] {
            Directory::new(&place).expect(name).write(&files(word)).expect(name);
            assert!(says(&place, word), "{name}");
        }
    }
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 6, "something is left");
}
