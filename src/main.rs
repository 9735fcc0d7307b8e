//! Starts the app in the page.

fn main() {
    portolan::platform::crash::install();
    portolan::ui::start();
}
