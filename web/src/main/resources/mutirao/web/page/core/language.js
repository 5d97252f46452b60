import en from "../text/en.js";
import pt from "../text/pt-BR.js";
import enTheatre from "../text/theatre-en.js";
import ptTheatre from "../text/theatre-pt-BR.js";
import {remembered, remember} from "./memory.js";

/** @type {Record<string, Record<string, string | {one: string, other: string}>>} */
const TEXTS = {en: {...en, ...enTheatre}, "pt-BR": {...pt, ...ptTheatre}};

/** The languages there are, each by its own name. */
export const LANGUAGES = {en: "English", "pt-BR": "Português"};

let current = choose();
let plurals = new Intl.PluralRules(current);
const listeners = new Set();

function choose() {
  const wanted = [remembered("language"), ...navigator.languages];
  for (const language of wanted) {
    if (language && language in LANGUAGES) {
      return language;
    }
    if (language?.toLowerCase().startsWith("pt")) {
      return "pt-BR";
    }
    if (language?.toLowerCase().startsWith("en")) {
      return "en";
    }
  }
  return "en";
}

/** The language that is spoken: `en` or `pt-BR`. */
export function language() {
  return current;
}

/** @param {string} chosen */
export function speak(chosen) {
  current = chosen in LANGUAGES ? chosen : "en";
  plurals = new Intl.PluralRules(current);
  remember("language", current);
  document.documentElement.lang = current;
  listeners.forEach((listener) => listener());
}

/** @param {() => void} listener is told when another language is spoken */
export function onLanguage(listener) {
  listeners.add(listener);
}

/** @param {string} key */
export function hasText(key) {
  return key in TEXTS[current];
}

/**
 * The text of a key. `{name}` stands for a value; where a text has several forms, `n` picks one.
 * @param {string} key
 * @param {Record<string, unknown>} [values]
 */
export function t(key, values = {}) {
  const found = TEXTS[current][key] ?? TEXTS.en[key] ?? key;
  const text = typeof found === "string" ? found : found[plurals.select(Number(values.n)) === "one" ? "one" : "other"];
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    if (value === undefined) {
      return whole;
    }
    return typeof value === "number" ? value.toLocaleString(current) : String(value);
  });
}
