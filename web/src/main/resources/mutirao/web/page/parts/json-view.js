import {el} from "../core/dom.js";
import {t} from "../core/language.js";
import {writeExact} from "../core/exact-json.js";
import {copyButton} from "./copy.js";

const LONGEST_SHOWN = 20_000;

/**
 * A JSON value as it was sent, under a heading, with a button to copy it.
 * @param {string} title
 * @param {any} value
 */
export function jsonView(title, value) {
  const whole = writeExact(value, 2);
  const cut = whole.length > LONGEST_SHOWN;
  return el(
    "section",
    {class: "json"},
    el("div", {class: "json-head"}, el("h2", {}, title), copyButton(() => writeExact(value), t("copy.json", {what: title}))),
    el("pre", {tabindex: "0", "aria-label": title}, el("code", {}, cut ? whole.slice(0, LONGEST_SHOWN) : whole)),
    cut && el("p", {class: "faint"}, t("json.cut", {n: whole.length})),
  );
}

/**
 * A value in a few words.
 * @param {any} value
 * @param {number} [longest]
 */
export function inShort(value, longest = 80) {
  const text = typeof value === "string" ? value : writeExact(value);
  return text.length > longest ? text.slice(0, longest) + "…" : text;
}
