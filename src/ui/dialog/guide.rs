//! The first steps: three questions whose answers stand on the map at once.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::app::describe;
use crate::app::intent::{Intent, ShowIntent};
use crate::app::state::GuideStep;
use crate::ui::dialog::{close_intent, Dialog};
use crate::ui::frame::View;
use crate::ui::icon::{icon, Icon};

/// A question.
pub(crate) fn guide(view: &View<'_>, step: GuideStep) -> Html {
    let number = match step {
        GuideStep::User => 1,
        GuideStep::Need => 2,
        GuideStep::Parts => 3,
    };
    let made = view.app.document().components.len();
    html! {
        <Dialog title={format!("Start from a user need ({number} of 3)")} on_close={view.on(close_intent())}>
            <Question question={describe::guide_question(view.app, step)} {made}
                can_finish={step == GuideStep::Parts} dispatch={view.dispatch.clone()} />
        </Dialog>
    }
}

/// Properties of [`Question`].
#[derive(Properties, PartialEq)]
struct QuestionProps {
    question: AttrValue,
    /// Components made so far: a new one empties the field.
    made: usize,
    can_finish: bool,
    dispatch: Callback<Intent>,
}

#[component]
fn Question(props: &QuestionProps) -> Html {
    let text = use_state(String::new);
    use_effect_with((props.question.clone(), props.made), {
        let text = text.clone();
        move |_| text.set(String::new())
    });
    let answer = {
        let (text, dispatch) = (text.clone(), props.dispatch.clone());
        move || dispatch.emit(Intent::Show(ShowIntent::Guide((*text).clone())))
    };
    let onsubmit = {
        let answer = answer.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            answer();
        })
    };
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
                text.set(input.value());
            }
        })
    };
    let finish = props.dispatch.reform(|_: MouseEvent| Intent::Show(ShowIntent::Guide(String::new())));
    html! {
        <form {onsubmit}>
            <div class="dialog-body">
                <div class="field">
                    <label for="guide-answer">{ &props.question }</label>
                    <input id="guide-answer" class="input" type="text" autofocus=true autocomplete="off" maxlength="500"
                        value={(*text).clone()} {oninput} />
                </div>
            </div>
            <div class="dialog-foot">
                <button type="submit" class="button is-primary" disabled={text.trim().is_empty()}>
                    { if props.can_finish { "Add" } else { "Next" } }{ icon(Icon::Next) }
                </button>
                if props.can_finish {
                    <button type="button" class="button" onclick={finish}>{ "Finish" }</button>
                }
            </div>
        </form>
    }
}
