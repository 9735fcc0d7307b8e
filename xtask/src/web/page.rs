//! Makes the shipped page from `index.html` by the same directives that Trunk reads, so that
//! both builds come from one source. A directive that only Trunk knows is an error here.

use std::path::{Component, Path, PathBuf};

use super::fingerprint;
use super::tags::{self, Tag};
use crate::report::{Context, Failure, Outcome};

/// What the compiler and the script generator made.
pub struct App<'a> {
    pub script: &'a [u8],
    pub wasm: &'a [u8],
    /// Folder `snippets` of the script generator, when there is one.
    pub snippets: Option<&'a Path>,
}

/// Writes the whole site into `out`, which must exist. `root` holds `index.html` and
/// `Trunk.toml`.
pub fn write(root: &Path, app: &App<'_>, out: &Path) -> Outcome {
    let html = read_text(&root.join("index.html"))?;
    let trunk = read_text(&root.join("Trunk.toml"))?;
    let mut page = String::with_capacity(html.len());
    let mut copied = 0;
    for tag in tags::scan(&html) {
        if !tag.has("data-trunk") {
            continue;
        }
        page.push_str(html.get(copied..tag.place.start).unwrap_or(""));
        page.push_str(&replacement(root, &tag, app, &trunk, out)?);
        copied = tag.place.end;
    }
    page.push_str(html.get(copied..).unwrap_or(""));
    write_file(&out.join("index.html"), page.as_bytes())
}

fn replacement(root: &Path, tag: &Tag, app: &App<'_>, trunk: &str, out: &Path) -> Outcome<String> {
    let kind = if tag.name == "script" { "js" } else { tag.get("rel").unwrap_or("") };
    match kind {
        "rust" => rust(tag, app, trunk, out),
        "js" => {
            let file = add(root, tag, "src", out, true)?;
            Ok(format!("<script src=\"./{file}\"{}></script>", other_attributes(tag, &["src"])))
        }
        "css" => {
            let file = add(root, tag, "href", out, true)?;
            check_style(&read_text(&out.join(&file))?, tag)?;
            Ok(format!("<link rel=\"stylesheet\" href=\"./{file}\"{}/>", other_attributes(tag, &["href", "rel"])))
        }
        "icon" => {
            let file = add(root, tag, "href", out, true)?;
            Ok(format!("<link rel=\"icon\" href=\"./{file}\"{}/>", other_attributes(tag, &["href", "rel"])))
        }
        "copy-file" => add(root, tag, "href", out, false).map(|_| String::new()),
        "copy-dir" => copy_directory(root, tag, out).map(|()| String::new()),
        "inline" => inline(root, tag),
        _ => Err(Failure::new(format!(
            "index.html has a Trunk directive rel=\"{kind}\", which `cargo xtask` does not do."
        ))
        .advise("It does: rust, css, icon, copy-file, copy-dir, inline (html, svg) and scripts with src.")),
    }
}

fn rust(tag: &Tag, app: &App<'_>, trunk: &str, out: &Path) -> Outcome<String> {
    let stem = tag.get("data-bin").unwrap_or("app");
    let script = fingerprint::name(&format!("{stem}.js"), app.script);
    let wasm = fingerprint::name(&format!("{stem}_bg.wasm"), app.wasm);
    write_file(&out.join(&script), app.script)?;
    write_file(&out.join(&wasm), app.wasm)?;
    if let Some(snippets) = app.snippets {
        copy_tree(snippets, &out.join("snippets"))?;
    }
    // The markup is Trunk's setting, so that the page starts the same way in both builds.
    let pattern = setting(trunk, "pattern_script").ok_or_else(|| {
        Failure::new("Trunk.toml has no pattern_script in single quotes; the page could not start the app.")
    })?;
    Ok(pattern.replace("{base}", "./").replace("{js}", &script).replace("{wasm}", &wasm))
}

/// The value of `key = '…'` on one line of a TOML text.
fn setting<'a>(toml: &'a str, key: &str) -> Option<&'a str> {
    toml.lines().find_map(|line| {
        line.strip_prefix(key)?.trim_start().strip_prefix('=')?.trim().strip_prefix('\'')?.strip_suffix('\'')
    })
}

fn inline(root: &Path, tag: &Tag) -> Outcome<String> {
    let source = source(root, tag, "href")?;
    match tag.get("type").or_else(|| source.extension().and_then(|it| it.to_str())) {
        Some("html" | "svg") => read_text(&source),
        _ => Err(Failure::new(format!(
            "index.html inlines `{}`; its own content security policy forbids inline scripts and styles.",
            source.display()
        ))
        .advise("Link it as css or as a script with src.")),
    }
}

/// Copies the file that `attribute` names into the site; returns its path there.
fn add(root: &Path, tag: &Tag, attribute: &str, out: &Path, hashed: bool) -> Outcome<String> {
    let source = source(root, tag, attribute)?;
    let bytes = std::fs::read(&source).doing(|| format!("read {}, which index.html names", source.display()))?;
    let name = file_name(&source);
    let name = if hashed { fingerprint::name(&name, &bytes) } else { name };
    let folder = target_path(tag)?;
    let path = folder.join(&name);
    write_file(&out.join(&path), &bytes)?;
    Ok(path.to_string_lossy().replace('\\', "/"))
}

fn copy_directory(root: &Path, tag: &Tag, out: &Path) -> Outcome {
    let source = source(root, tag, "href")?;
    let folder = target_path(tag)?;
    let folder = if folder.as_os_str().is_empty() { PathBuf::from(file_name(&source)) } else { folder };
    copy_tree(&source, &out.join(folder))
}

fn source(root: &Path, tag: &Tag, attribute: &str) -> Outcome<PathBuf> {
    let named = tag.get(attribute).ok_or_else(|| {
        Failure::new(format!("a directive in index.html has no {attribute}: <{} rel={:?}>", tag.name, tag.get("rel")))
    })?;
    inside(named).map(|it| root.join(it))
}

fn target_path(tag: &Tag) -> Outcome<PathBuf> {
    inside(tag.get("data-target-path").unwrap_or(""))
}

/// A relative path that stays where it is put.
fn inside(path: &str) -> Outcome<PathBuf> {
    let path = Path::new(path);
    if path.components().all(|it| matches!(it, Component::Normal(_) | Component::CurDir)) {
        Ok(path.components().filter(|it| matches!(it, Component::Normal(_))).collect())
    } else {
        Err(Failure::new(format!("index.html names `{}`, which leads out of the project.", path.display())))
    }
}

fn other_attributes(tag: &Tag, without: &[&str]) -> String {
    let mut text = String::new();
    for (name, value) in &tag.attributes {
        let for_trunk =
            matches!(name.as_str(), "data-trunk" | "data-target-path" | "data-no-minify" | "data-integrity");
        if for_trunk || without.contains(&name.as_str()) {
            continue;
        }
        text.push(' ');
        text.push_str(name);
        if let Some(value) = value {
            text.push_str("=\"");
            text.push_str(&value.replace('"', "&quot;"));
            text.push('"');
        }
    }
    text
}

/// Files get new names and lie in one folder, so a style sheet cannot name another file.
fn check_style(css: &str, tag: &Tag) -> Outcome {
    let mut code = String::new();
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        code.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    code.push_str(rest);
    let names_a_file = code.split("url(").skip(1).any(|it| {
        let target = it.trim_start_matches(['"', '\'', ' ']);
        !target.starts_with("data:") && !target.starts_with('#')
    });
    if names_a_file || code.contains("@import") {
        return Err(Failure::new(format!(
            "the style sheet {:?} names another file, which has another name once it is shipped.",
            tag.get("href")
        ))
        .advise("Link each style sheet from index.html; put small pictures in as data: addresses."));
    }
    Ok(())
}

pub fn copy_tree(from: &Path, to: &Path) -> Outcome {
    std::fs::create_dir_all(to).doing(|| format!("make the folder {}", to.display()))?;
    let entries = from.read_dir().doing(|| format!("read the folder {}, which index.html names", from.display()))?;
    for entry in entries {
        let path = entry.doing(|| format!("read the folder {}", from.display()))?.path();
        let target = to.join(file_name(&path));
        if path.is_dir() {
            copy_tree(&path, &target)?;
        } else {
            std::fs::copy(&path, &target).doing(|| format!("copy {}", path.display()))?;
        }
    }
    Ok(())
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |it| it.to_string_lossy().into_owned())
}

fn read_text(path: &Path) -> Outcome<String> {
    std::fs::read_to_string(path).doing(|| format!("read {}", path.display()))
}

fn write_file(path: &Path, bytes: &[u8]) -> Outcome {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).doing(|| format!("make the folder {}", folder.display()))?;
    }
    std::fs::write(path, bytes).doing(|| format!("write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::{write, App};
    use std::path::{Path, PathBuf};

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Folder {
            let path = std::env::temp_dir().join(format!("portolan-page-{}-{name}", std::process::id()));
            std::fs::create_dir_all(path.join("out")).unwrap();
            std::fs::write(path.join("Trunk.toml"), "[build]\npattern_script = '<x j={base}{js} w={base}{wasm}>'\n")
                .unwrap();
            Folder(path)
        }

        fn build(&self, html: &str) -> Result<String, String> {
            std::fs::write(self.0.join("index.html"), html).unwrap();
            let app = App { script: b"js", wasm: b"wasm", snippets: None };
            write(&self.0, &app, &self.0.join("out")).map_err(|it| it.to_string())?;
            Ok(std::fs::read_to_string(self.0.join("out/index.html")).unwrap())
        }

        fn out(&self) -> Vec<String> {
            let mut names: Vec<String> = Path::new(&self.0)
                .join("out")
                .read_dir()
                .unwrap()
                .map(|it| it.unwrap().file_name().into_string().unwrap())
                .collect();
            names.sort();
            names
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            std::fs::remove_dir_all(&self.0).unwrap();
        }
    }

    #[test]
    fn directives_become_relative_names_with_a_fingerprint() {
        let it = Folder::new("all");
        std::fs::write(it.0.join("a.css"), "b { background: url(data:,) }").unwrap();
        std::fs::write(it.0.join("s.js"), "1").unwrap();
        std::fs::write(it.0.join("robots.txt"), "").unwrap();
        let page = it
            .build(
                "<head><link data-trunk rel=\"css\" href=\"a.css\" media=\"print\">\
                 <script data-trunk type=\"module\" src=\"s.js\"></script>\
                 <link data-trunk rel=\"copy-file\" href=\"robots.txt\"><link rel=\"manifest\" href=\"m\">\
                 <link data-trunk rel=\"rust\" data-bin=\"app\"></head>",
            )
            .unwrap();
        let names = it.out();
        assert_eq!(names.len(), 6, "{names:?}");
        for name in names.iter().filter(|it| !matches!(it.as_str(), "index.html" | "robots.txt")) {
            assert!(page.contains(&format!("./{name}")), "{page} should name {name}");
        }
        assert!(
            page.contains("rel=\"stylesheet\"") && page.contains("media=\"print\"") && page.contains("type=\"module\"")
        );
        assert!(
            page.contains("<link rel=\"manifest\" href=\"m\">")
                && !page.contains("data-trunk")
                && !page.contains("robots")
        );
    }

    #[test]
    fn what_cannot_be_done_is_refused() {
        let it = Folder::new("refused");
        std::fs::write(it.0.join("a.css"), "/* url(x) */ @import 'b.css';").unwrap();
        std::fs::write(it.0.join("b.css"), "a { background: url('x.png') }").unwrap();
        for html in [
            "<link data-trunk rel=\"css\" href=\"a.css\">",
            "<link data-trunk rel=\"css\" href=\"b.css\">",
            "<link data-trunk rel=\"css\" href=\"missing.css\">",
            "<link data-trunk rel=\"css\" href=\"../a.css\">",
            "<link data-trunk rel=\"sass\" href=\"a.scss\">",
            "<link data-trunk rel=\"inline\" href=\"a.css\">",
            "<link data-trunk rel=\"css\">",
        ] {
            assert!(it.build(html).is_err(), "{html}");
        }
    }
}
