//! A picture as it will be, inside a dialog: an image element, so that nothing of it can act on the page.

use std::rc::Rc;

use web_sys::HtmlImageElement;
use yew::prelude::*;

use crate::platform::picture::ObjectUrl;

#[derive(Properties, PartialEq)]
struct ImageProps {
    svg: Rc<str>,
}

#[component]
fn Image(props: &ImageProps) -> Html {
    let element = use_node_ref();
    use_effect_with(Rc::clone(&props.svg), {
        let element = element.clone();
        move |svg: &Rc<str>| {
            let address = ObjectUrl::of_svg(svg).ok();
            if let (Some(image), Some(address)) = (element.cast::<HtmlImageElement>(), &address) {
                image.set_src(address.as_str());
            }
            // Given back when another picture takes its place.
            move || drop(address)
        }
    });
    html! { <img ref={element} alt="The picture as it will be" /> }
}

/// The picture.
pub(super) fn preview(svg: &str) -> Html {
    html! { <Image svg={Rc::<str>::from(svg)} /> }
}
