//! The sound files that damaging begins with: those of the project, and of the corpus where there is one.

use std::path::{Path, PathBuf};

use portolan::format::fuzz::Reader;

/// Larger files are left out: nearly all time would go into them.
const LARGEST: u64 = 48 << 10;
/// Files of the project that are small and say much.
const OWN: &[&str] = &["src/app/samples", "src/format/support_dates/fixtures", "tests/fixtures"];

/// The files for this reader, by name, so that a seed means the same on every machine with the same files.
pub fn of(reader: &Reader, corpus: Option<&Path>) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> = OWN.iter().map(|folder| root.join(folder)).collect();
    folders.extend(corpus.map(Path::to_path_buf));
    let mut paths = Vec::new();
    for folder in &folders {
        files(folder, &mut paths);
    }
    let wanted = |path: &&PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        reader.endings.iter().any(|ending| name.ends_with(ending))
    };
    paths.iter().filter(wanted).filter_map(|path| std::fs::read(path).ok()).collect()
}

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files(&path, into);
        } else if path.metadata().is_ok_and(|it| it.len() <= LARGEST) {
            into.push(path);
        }
    }
}
