//! Real files through the whole app: opened, edited, saved, opened again. Skipped with a message when the environment
//! variable `PORTOLAN_CORPUS` names no folder.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test"
)]

use std::path::{Path, PathBuf};
use std::rc::Rc;

use portolan::app::action::ActionId;
use portolan::app::effect::Effect;
use portolan::app::import::ImportIntent;
use portolan::app::intent::{FileIntent, Intent, ReadFile, SelectIntent, Start, ViewIntent};
use portolan::app::state::{DialogKind, Look};
use portolan::app::App;
use portolan::date::parse_iso;
use portolan::geom::Size;
use portolan::model::{violations, AnyRecordId};

#[allow(dead_code, clippy::disallowed_methods, reason = "the command's table and clock are not used here")]
#[path = "../examples/corpus/check.rs"]
mod check;
#[path = "../examples/corpus/overlap.rs"]
mod overlap;

/// What `cargo xtask corpus` checks, on the samples that come with the app; the tests of the formats hold real files to
/// the same.
#[test]
fn the_check_of_real_files_holds_for_the_samples_and_can_fail() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app/samples");
    let files = check::files_under(&samples).unwrap();
    assert!(files.len() >= 5);
    for path in &files {
        let checked = check::check(path, "sample");
        assert_eq!(checked.failures, Vec::<String>::new(), "{}", path.display());
        assert!(checked.components > 5 && checked.reread == check::Answer::Yes);
        let is_text = path.extension().is_some_and(|ending| ending == "owm");
        assert_eq!(checked.unchanged == check::Answer::Yes, is_text);
        assert_eq!(checked.one_line == check::Answer::Yes, is_text);
    }
    let folder = std::env::temp_dir().join(format!("portolan-corpus-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let broken = folder.join("broken.map.json");
    std::fs::write(&broken, "{\"format\":\"portolan-map\"\n nonsense").unwrap();
    assert_eq!(check::check(&broken, "broken").failures.len(), 1);
    std::fs::remove_dir_all(&folder).unwrap();
}

fn corpus(folder: &str) -> Option<PathBuf> {
    let Some(root) = std::env::var_os("PORTOLAN_CORPUS") else {
        println!("skipped: PORTOLAN_CORPUS names no folder of real maps");
        return None;
    };
    Some(Path::new(&root).join(folder))
}

fn files_in(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect();
    files.sort();
    files
}

fn read(path: &Path) -> ReadFile {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    ReadFile { name, bytes: std::fs::read(path).unwrap() }
}

fn new_app() -> App {
    let mut app = App::new(Start {
        seed: 3,
        today: parse_iso("2026-03-04"),
        look: Look::Light,
        wheel_zooms: Some(false),
        letter_shortcuts: true,
        address: String::new(),
        text_pane: (false, 360),
    });
    app.update(Intent::View(ViewIntent::Resized(Size::new(1000.0, 700.0))));
    app
}

fn saved_text(app: &mut App) -> String {
    let effects = app.update(Intent::Action(ActionId::Save));
    effects
        .into_iter()
        .find_map(|effect| match effect {
            Effect::SaveFile { contents, .. } => Some(contents),
            _ => None,
        })
        .expect("asks to save")
}

/// Opens, moves something, saves, opens what was saved: the same map; undoes everything: the map as opened.
fn whole_journey(files: Vec<ReadFile>) -> (usize, usize) {
    let name = files[0].name.clone();
    let mut app = new_app();
    let is_table = name.ends_with(".csv");
    app.update(Intent::File(FileIntent::Opened { files, can_save_back: false }));
    if is_table {
        // Tables are reviewed first; nothing is taken in before the person says so.
        assert!(matches!(app.dialog(), Some(DialogKind::Import)), "{name}: {:?}", app.dialog());
        assert!(app.document().is_empty());
        app.update(Intent::Import(ImportIntent::Take));
    }
    assert!(app.dialog().is_none(), "{name}: {:?}", app.dialog());
    assert_eq!(violations(app.document()), vec![], "{name}");
    let opened = Rc::clone(app.document());
    if let Some(id) = opened.components.keys().nth(opened.components.len() / 2) {
        app.update(Intent::Select(SelectIntent::Only([AnyRecordId::Component(*id)].into())));
        app.update(Intent::Action(ActionId::WalkRight));
        app.update(Intent::Action(ActionId::MoveFarUp));
    }
    assert_eq!(violations(app.document()), vec![], "{name}");
    if !app.document().is_empty() {
        let text = saved_text(&mut app);
        let mut again = new_app();
        let files = vec![ReadFile { name: "again.map.json".into(), bytes: text.clone().into_bytes() }];
        again.update(Intent::File(FileIntent::Opened { files, can_save_back: false }));
        assert_eq!(again.document(), app.document(), "{name}");
        assert_eq!(saved_text(&mut again), text, "{name}");
    }
    while app.undo_label().is_some() {
        app.update(Intent::Action(ActionId::Undo));
    }
    assert_eq!(*app.document(), opened, "{name}");
    (opened.components.len(), opened.links.len())
}

#[test]
fn real_maps_survive_the_whole_journey() {
    for folder in ["owm", "owm/history"] {
        let Some(folder) = corpus(folder) else { return };
        let files = files_in(&folder, ".owm");
        assert!(!files.is_empty());
        let (mut components, mut links) = (0, 0);
        for file in &files {
            let counts = whole_journey(vec![read(file)]);
            components += counts.0;
            links += counts.1;
        }
        println!("{}: {} maps, {components} components, {links} links", folder.display(), files.len());
    }
}

#[test]
fn real_estates_survive_the_whole_journey() {
    let Some(folder) = corpus("graphs") else { return };
    // Counts as the corpus' own list states them, for the estates without odd rows.
    let stated = [("cargo_helix", 337, 1_084), ("govuk_docker_projects", 67, 149), ("vcpkg_default", 2_867, 6_144)];
    for nodes in files_in(&folder, ".nodes.csv") {
        let edges = PathBuf::from(nodes.to_string_lossy().replace(".nodes.csv", ".edges.csv"));
        let counts = whole_journey(vec![read(&nodes), read(&edges)]);
        let name = nodes.file_name().unwrap().to_string_lossy().replace(".nodes.csv", "");
        println!("{name}: {} components, {} links", counts.0, counts.1);
        if let Some((_, components, links)) = stated.iter().find(|(n, _, _)| *n == name) {
            assert_eq!(counts, (*components, *links), "{name}");
        }
    }
}
