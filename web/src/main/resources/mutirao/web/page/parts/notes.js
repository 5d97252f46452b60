import {button, el, replace} from "../core/dom.js";
import {announce} from "../core/frame.js";
import {t} from "../core/language.js";

const SHOWN_MS = 7000;
let holder = null;

/**
 * Says for a while, in a corner, what has happened.
 * @param {string} text
 * @param {"good" | "bad"} [tone]
 */
export function note(text, tone = "good") {
  if (!holder?.isConnected) {
    holder = el("div", {class: "notes"});
    document.body.append(holder);
  }
  const shown = el("div", {class: "note " + tone}, el("span", {}, text), button("", () => shown.remove(), {icon: "cross", class: "quiet square", label: t("note.close")}));
  holder.append(shown);
  announce(text);
  if (tone === "good") {
    setTimeout(() => shown.remove(), SHOWN_MS);
  }
}

/**
 * A refusal, where what was refused stands.
 * @param {Element} place
 * @param {Error | null} failure null: all is well again
 */
export function showFailure(place, failure) {
  if (failure) {
    replace(place, el("p", {class: "failure", role: "alert"}, failure.message));
  } else {
    replace(place);
  }
}

/**
 * Does something with a button that must not be pressed twice; what goes wrong is said.
 * @param {Event} event
 * @param {() => Promise<void>} action
 */
export async function doing(event, action) {
  const pressed = event.currentTarget;
  if (pressed instanceof HTMLElement) {
    pressed.setAttribute("disabled", "");
  }
  try {
    await action();
  } catch (failure) {
    note(failure.message, "bad");
  } finally {
    if (pressed instanceof HTMLElement) {
      pressed.removeAttribute("disabled");
    }
  }
}
