//! The app as one page, made from a finished site: no server, no network, no other file. Works on what `cargo xtask`
//! built and on what Trunk built.
//!
//! The app puts maps into the page (`src/format/html`), so the marks here and there are the same. The page carries the
//! frame of itself (`portolan-frame`), from which the running app makes the page anew however much it has changed it
//! (`src/platform/single.rs`).

use std::path::{Path, PathBuf};
use std::process::Command;

use super::digest::{base64, sha256};
use super::tags::{self, Tag};
use crate::process;
use crate::report::{Context, Failure, Outcome};

/// Name of the page in the site.
pub const NAME: &str = "portolan.html";

/// Nothing may be asked for, from anywhere; scripts and styles are those of this build and no others.
const POLICY: &str = "default-src 'none'; script-src 'sha256-{script}' 'wasm-unsafe-eval'; style-src 'sha256-{style}'; img-src data: blob:; base-uri 'none'; form-action 'none'";
const START: &str = include_str!("start-file.js");
/// A comment stands for each part in the frame.
const PARTS: [&str; 4] = ["style", "module", "frame", "script"];
const BODY_END: &str =
    "<!--portolan:map-->\n<script type=\"text/plain\" id=\"portolan-module\"><!--part:module--></script>\n\
    <script type=\"text/plain\" id=\"portolan-frame\"><!--part:frame--></script>\n\
    <script type=\"module\" id=\"portolan-script\"><!--part:script--></script>\n";

/// Makes the page from the site in `site`, beside its `index.html`. `packer` is the script generator, which packs too;
/// `small` takes its time for a smaller page.
pub fn write(site: &Path, packer: &Path, small: bool) -> Outcome {
    if site.join("snippets").exists() {
        return Err(Failure::new("a crate brings scripts of its own (`snippets`), which one page cannot hold.")
            .advise("Leave the crate out, or the feature of it that brings them."));
    }
    let html = without_comments(&read(&site.join("index.html"))?);
    let found = Found::read(&html, site)?;
    let packed = pack(packer, &found.wasm, small)?;
    let page = assemble(&found, &base64(&packed, 1000))?;
    let path = site.join(NAME);
    std::fs::write(&path, page).doing(|| format!("write {}", path.display()))
}

/// What a site's page is made of.
#[derive(Default)]
struct Found {
    frame: String,
    style: String,
    script: String,
    wasm: PathBuf,
}

impl Found {
    fn read(html: &str, site: &Path) -> Outcome<Found> {
        let mut found = Found::default();
        let mut copied = 0;
        for tag in tags::scan(html) {
            let Some(instead) = found.take(&tag, site)? else { continue };
            found.frame.push_str(html.get(copied..tag.place.start).unwrap_or(""));
            found.frame.push_str(&instead);
            copied = tag.place.end;
        }
        let rest = html.get(copied..).unwrap_or("");
        let (rest, end) = rest.split_once("</body>").ok_or_else(|| Failure::new("index.html has no </body>."))?;
        found.frame.push_str(&format!("{}\n{BODY_END}</body>{end}", rest.trim_end()));
        found.frame =
            found.frame.lines().filter(|line| !line.trim().is_empty()).flat_map(|line| [line, "\n"]).collect();
        Ok(found)
    }

    /// What stands in the page in place of a tag; nothing for a tag that stays.
    fn take(&mut self, tag: &Tag, site: &Path) -> Outcome<Option<String>> {
        let file = |attribute: &str| site.join(tag.get(attribute).unwrap_or("").trim_start_matches("./"));
        Ok(Some(match (tag.name.as_str(), tag.get("rel").unwrap_or(""), tag.get("data-app")) {
            ("meta", ..) if tag.get("http-equiv") == Some("Content-Security-Policy") => {
                "<meta http-equiv=\"Content-Security-Policy\" content=\"<!--part:policy-->\" />".to_owned()
            }
            ("meta", ..) if tag.get("name") == Some("portolan-worker") => String::new(),
            ("link", _, Some("script")) => {
                self.script = read(&file("href"))?;
                String::new()
            }
            ("link", _, Some("wasm")) => {
                self.wasm = file("href");
                String::new()
            }
            ("link", "stylesheet", _) => {
                let first = self.style.is_empty();
                self.style.push_str(&read(&file("href"))?);
                if first {
                    "<style id=\"portolan-style\"><!--part:style--></style>".to_owned()
                } else {
                    String::new()
                }
            }
            ("link", "icon", _) => {
                let icon = read(&file("href"))?;
                format!(
                    "<link rel=\"icon\" href=\"data:image/svg+xml;base64,{}\" />",
                    base64(icon.trim().as_bytes(), 0)
                )
            }
            ("link", ..) | ("script", ..) => String::new(),
            ("body", ..) => "<body>\n<!--portolan:page-->".to_owned(),
            _ => return Ok(None),
        }))
    }
}

fn assemble(found: &Found, module: &str) -> Outcome<String> {
    let script = format!("{}\n{START}", found.script);
    // Neither may end its element early, nor look like the place of something else.
    for (name, text) in [("script", &script), ("style sheets", &found.style)] {
        if ["</script", "<!--", "</style"].iter().any(|it| text.to_ascii_lowercase().contains(it)) {
            return Err(Failure::new(format!(
                "the {name} hold a tag or a comment of HTML, so they cannot stand in a page."
            )));
        }
    }
    let hash = |text: &str| base64(&sha256(text.as_bytes()), 0);
    let policy = POLICY.replace("{script}", &hash(&script)).replace("{style}", &hash(&found.style));
    let frame = found.frame.replacen("<!--part:policy-->", &policy, 1);
    let own = base64(frame.as_bytes(), 1000);
    let mut page = frame;
    for (name, text) in PARTS.iter().zip([found.style.as_str(), module, &own, &script]) {
        let mark = format!("<!--part:{name}-->");
        if page.matches(&mark).count() != 1 || text.is_empty() {
            return Err(Failure::new(format!("the page has no place for the {name}, or there is none.")));
        }
        page = page.replacen(&mark, text, 1);
    }
    Ok(page)
}

/// Zlib, which every current browser unpacks by itself.
fn pack(packer: &Path, wasm: &Path, small: bool) -> Outcome<Vec<u8>> {
    let packed = wasm.with_extension("packed");
    let mut command = Command::new(packer);
    command.arg("pack").arg(wasm).arg(&packed).arg(if small { "10" } else { "1" });
    process::quiet(&mut command, "the packer")?;
    let bytes = std::fs::read(&packed).doing(|| format!("read {}", packed.display()))?;
    std::fs::remove_file(&packed).doing(|| format!("remove {}", packed.display()))?;
    Ok(bytes)
}

fn without_comments(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once("<!--") {
        text.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    text + rest
}

fn read(path: &Path) -> Outcome<String> {
    std::fs::read_to_string(path).doing(|| format!("read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::{assemble, base64, sha256, without_comments, Found};

    const SITE: &str = "<!DOCTYPE html><html><head><!-- x -->\n\
        <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'\"/>\n<title>Portolan</title>\n\
        <link rel=\"stylesheet\" href=\"./a.css\"/>\n<link rel=\"manifest\" href=\"./m\"/>\n<link rel=\"stylesheet\" href=\"./b.css\"/>\n\
        <link rel=\"icon\" href=\"./i.svg\"/>\n<meta name=\"portolan-worker\" content=\"./w.js\"/>\n\
        <link rel=\"modulepreload\" href=\"./app.js\" data-app=\"script\"><link rel=\"preload\" href=\"./app.wasm\" data-app=\"wasm\">\n\
        <script type=\"module\" src=\"./start.js\"></script></head>\n<body>\n<div id=\"app-root\"></div>\n</body>\n</html>\n";

    fn found(script: &str) -> Found {
        let folder = std::env::temp_dir().join(format!("portolan-single-{}-{}", std::process::id(), script.len()));
        std::fs::create_dir_all(&folder).unwrap();
        for (name, text) in [("a.css", "a{}"), ("b.css", "b{}"), ("i.svg", "<svg/>"), ("app.js", script)] {
            std::fs::write(folder.join(name), text).unwrap();
        }
        let found = Found::read(&without_comments(SITE), &folder).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        found
    }

    #[test]
    fn the_page_names_no_file_and_its_policy_names_its_parts() {
        let page = assemble(&found("export default 1"), "AAAA").unwrap();
        assert!(
            !page.contains("href=\"./")
                && !page.contains("src=")
                && !page.contains("'self'")
                && !page.contains("<!--part")
        );
        assert!(
            page.contains("<style id=\"portolan-style\">a{}b{}</style>")
                && page.contains("data:image/svg+xml;base64,PHN2Zy8+")
        );
        let script = page.split_once("id=\"portolan-script\">").unwrap().1.split_once("</script>").unwrap().0;
        assert!(script.starts_with("export default 1\n"));
        for text in [script, "a{}b{}"] {
            let hash = base64(&sha256(text.as_bytes()), 0);
            assert!(page.contains(&format!("'sha256-{hash}'")), "the policy must name {text}");
        }
        // Where the app puts the map and what is read without scripts, once each, in this order.
        let places = [
            "<title>Portolan</title>",
            "<!--portolan:page-->",
            "id=\"app-root\"",
            "<!--portolan:map-->",
            "id=\"portolan-module\"",
        ];
        let at = places.map(|it| page.find(it).unwrap_or_else(|| panic!("{it} is missing")));
        assert!(at.is_sorted(), "{at:?}");
        assert!(places.iter().all(|it| page.matches(it).count() == 1));
    }

    #[test]
    fn what_would_end_an_element_early_is_refused() {
        assert!(assemble(&found("'</script>'"), "AAAA").is_err());
        assert!(assemble(&found("'<!--'"), "AAAA").is_err());
        assert!(assemble(&found("1"), "").is_err());
    }
}
