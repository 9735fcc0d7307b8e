//! `cargo xtask trunk-hook`: called by Trunk after each build (`Trunk.toml`), not by people.
//!
//! `trunk serve` writes its reload script into the page, where the page's own content security
//! policy forbids it. The script is moved to a file beside the page, and nothing is kept by a
//! service worker. `trunk build` has no inline script: its site gets what `cargo xtask` builds
//! have too, the app as one page and the service worker.

use std::path::PathBuf;

use super::Command;
use crate::args::Args;
use crate::report::{Context, Failure, Outcome};
use crate::web;

pub const COMMAND: Command =
    Command { name: "trunk-hook", summary: "Called by Trunk, not by people.", options: "", run };

const OPEN: &str = "<script>";
const CLOSE: &str = "</script>";

fn run(args: Args) -> Outcome {
    args.finish()?;
    let folder = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from).ok_or_else(|| {
        Failure::new("TRUNK_STAGING_DIR is not set.").advise("Trunk sets it; there is nothing to call by hand.")
    })?;
    let path = folder.join("index.html");
    let html = std::fs::read_to_string(&path).doing(|| format!("read {}", path.display()))?;
    let Some((page, script)) = move_out(&html) else {
        let small = std::env::var("TRUNK_PROFILE").is_ok_and(|it| it == "release");
        return web::finish(&folder, &web::script_generator()?, small);
    };
    std::fs::write(folder.join("reload.js"), script).doing(|| "write reload.js".into())?;
    std::fs::write(&path, page).doing(|| format!("write {}", path.display()))
}

/// The page without its inline script, and the script. Trunk fills in the placeholders when it
/// serves the page, but not in other files, so they are filled in here with what they mean.
fn move_out(html: &str) -> Option<(String, String)> {
    let (before, rest) = html.split_once(OPEN)?;
    let (script, after) = rest.split_once(CLOSE)?;
    let before = before.replace(web::offline::META, "");
    let script =
        script.replace("'{{__TRUNK_ADDRESS__}}'", "window.location.host").replace("{{__TRUNK_WS_BASE__}}", "/");
    Some((format!("{before}<script src=\"./reload.js\"></script>{after}"), script))
}

#[cfg(test)]
mod tests {
    use super::move_out;

    #[test]
    fn the_reload_script_moves_to_a_file() {
        let (page, script) = move_out("<p><script>const a = '{{__TRUNK_ADDRESS__}}';</script></p>").unwrap();
        assert_eq!(page, "<p><script src=\"./reload.js\"></script></p>");
        assert_eq!(script, "const a = window.location.host;");
        assert_eq!(move_out("<script src=\"a.js\"></script>"), None);
    }
}
