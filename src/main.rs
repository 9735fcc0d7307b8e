//! Starts the app in the page.

fn main() {
    portolan::ui::start();
}
