//! The service worker of a finished site: the list of its files, and a version that changes with any of them.

use std::path::Path;

use super::fingerprint;
use super::single;
use crate::report::{Context, Failure, Outcome};

/// Name of the worker in the site. `index.html` names it in a meta element, which `assets/start.js` reads.
pub const NAME: &str = "service-worker.js";
/// What a page without a worker lacks: pages that are built anew every minute must not be kept.
pub const META: &str = "<meta name=\"portolan-worker\" content=\"./service-worker.js\" />";
const WORKER: &str = include_str!("service-worker.js");

/// Writes the worker of the site in `site`.
pub fn write(site: &Path) -> Outcome {
    let mut files = Vec::new();
    list(site, "", &mut files)?;
    files.sort();
    let mut prints = String::new();
    let mut names = Vec::new();
    for name in files.iter().filter(|it| !matches!(it.as_str(), NAME | single::NAME)) {
        if name.contains(['\'', '\\', '\n']) {
            return Err(Failure::new(format!("the file name {name:?} cannot stand in the service worker.")));
        }
        let bytes = std::fs::read(site.join(name)).doing(|| format!("read {name}"))?;
        prints.push_str(&format!("{name} {}\n", fingerprint::of(&bytes)));
        // The folder's address, which is what people open, not the name of the file behind it.
        names.push(if name == "index.html" { "'./'".to_owned() } else { format!("'./{name}'") });
    }
    // A change of the worker itself is a new version too.
    let version = fingerprint::of(format!("{prints}{WORKER}").as_bytes());
    let worker = WORKER
        .replace("{version}", &version)
        .replace("{files}", &format!("[{}]", names.join(", ")))
        .replace("{single}", single::NAME);
    std::fs::write(site.join(NAME), worker).doing(|| format!("write {NAME}"))
}

fn list(folder: &Path, prefix: &str, into: &mut Vec<String>) -> Outcome {
    for entry in folder.read_dir().doing(|| format!("read {}", folder.display()))?.flatten() {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            list(&entry.path(), &format!("{name}/"), into)?;
        } else {
            into.push(name);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{write, META, NAME};

    #[test]
    fn the_worker_names_every_file_and_changes_with_each() {
        let folder = std::env::temp_dir().join(format!("portolan-offline-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("deep")).unwrap();
        let put = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
        let worker = || {
            write(&folder).unwrap();
            std::fs::read_to_string(folder.join(NAME)).unwrap()
        };
        put("index.html", "page");
        put("a-0123456789abcdef.css", "a{}");
        put("deep/b.svg", "<svg/>");
        put("portolan.html", "large");
        let first = worker();
        assert!(first.contains("['./a-0123456789abcdef.css', './deep/b.svg', './']"), "{first}");
        assert!(!first.contains("{version}") && !first.contains("{single}"));
        assert_eq!(worker(), first, "the same site has the same worker");
        put("index.html", "another page");
        assert_ne!(worker(), first);
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn the_page_names_the_worker() {
        let page = std::fs::read_to_string(crate::places::root().join("index.html")).unwrap();
        assert!(page.contains(META));
    }
}
