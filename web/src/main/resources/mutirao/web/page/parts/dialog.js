import {button, el} from "../core/dom.js";
import {t} from "../core/language.js";

/**
 * Asks before something is done that cannot be undone. Resolves to false where it is dismissed.
 * @param {{title: string, text: string, yes: string, danger?: boolean, extra?: Node}} question
 * @returns {Promise<boolean>}
 */
export function confirmed({title, text, yes, danger = false, extra}) {
  return new Promise((resolve) => {
    const done = (answer) => {
      dialog.close();
      dialog.remove();
      resolve(answer);
    };
    const dialog = el(
      "dialog",
      {class: "dialog", "aria-labelledby": "dialog-title", oncancel: () => done(false)},
      el("h2", {id: "dialog-title"}, title),
      el("p", {}, text),
      extra,
      el(
        "div",
        {class: "actions"},
        button(t("dialog.no"), () => done(false)),
        button(yes, () => done(true), {class: danger ? "button danger" : "button main"}),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}
