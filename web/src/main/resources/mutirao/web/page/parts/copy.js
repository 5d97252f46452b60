import {button, el, replace, icon} from "../core/dom.js";
import {t} from "../core/language.js";
import {announce} from "../core/frame.js";

/**
 * A button that copies a text.
 * @param {() => string} text
 * @param {string} label what is copied
 */
export function copyButton(text, label) {
  const copier = button("", copy, {icon: "copy", class: "quiet square copy", label});
  copier.title = label;

  async function copy() {
    await intoClipboard(text());
    replace(copier, icon("check"));
    announce(t("copy.done"));
    setTimeout(() => replace(copier, icon("copy")), 1500);
  }
  return copier;
}

/** Pages over plain HTTP from another machine have no clipboard API; a selected field has. */
async function intoClipboard(text) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return;
    } catch {
      // Not allowed: the old way.
    }
  }
  const field = el("textarea", {class: "unseen", value: text, "aria-hidden": "true"});
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
