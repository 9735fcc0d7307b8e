//! Versions from `Cargo.lock`, the one place where they are pinned.

/// Versions of the package `name` in the lock file's text, in its order.
pub fn versions<'a>(lock: &'a str, name: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut current = None;
    for line in lock.lines() {
        if line == "[[package]]" {
            current = None;
        } else if let Some(value) = quoted(line, "name") {
            current = Some(value);
        } else if let Some(value) = quoted(line, "version") {
            if current == Some(name) {
                found.push(value);
            }
        }
    }
    found
}

fn quoted<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::versions;

    const LOCK: &str = "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\ndependencies = [\n \"b\",\n]\n\n\
                        [[package]]\nname = \"b\"\nversion = \"0.2.1\"\n\n[[package]]\nname = \"b\"\nversion = \"0.3.0\"\n";

    #[test]
    fn reads_all_versions_of_a_package() {
        assert_eq!(versions(LOCK, "a"), ["1.0.0"]);
        assert_eq!(versions(LOCK, "b"), ["0.2.1", "0.3.0"]);
        assert!(versions(LOCK, "c").is_empty());
    }

    #[test]
    fn the_generator_says_the_version_it_is_built_with() {
        let lock = std::fs::read_to_string(crate::places::root().join("Cargo.lock")).unwrap();
        let glue = include_str!("../glue/main.rs");
        assert_eq!(versions(&lock, "wasm-bindgen"), versions(&lock, "wasm-bindgen-cli-support"));
        let version = versions(&lock, "wasm-bindgen-cli-support")[0];
        assert!(glue.contains(&format!("VERSION: &str = \"{version}\"")), "glue/main.rs must say {version}");
    }
}
