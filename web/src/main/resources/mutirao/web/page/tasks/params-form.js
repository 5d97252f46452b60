import {el, replace} from "../core/dom.js";
import {language, t} from "../core/language.js";
import {NotJson, parseExact, writeExact} from "../core/exact-json.js";

/** The built-in operations, and what each wants. */
export const BUILT_IN = {
  sum: "numbers",
  average: "numbers",
  max: "numbers",
  min: "numbers",
  count_words: "text",
  count_chars: "text",
  uppercase: "text",
  lowercase: "text",
};

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Numbers as people type them: divided by spaces, lines, semicolons or commas. In Portuguese a comma between digits is
 * a decimal one where something else divides; what was understood is shown while it is typed.
 * @param {string} text
 * @returns {{numbers: string[], wrong: string | null}}
 */
export function readNumbers(text) {
  const decimalComma = language() === "pt-BR" && /[\s;]/.test(text.trim()) && !text.includes(".");
  const words = text.split(/[\s;]+/).flatMap((word) => (decimalComma && /^-?\d+,\d+$/.test(word) ? [word.replace(",", ".")] : word.split(",")));
  const numbers = words.filter((word) => word !== "").map(asJson);
  return {numbers, wrong: numbers.find((number) => !NUMBER.test(number)) ?? null};
}

/** JSON wants no plus sign, a digit before the point, and no zeros before the first. */
function asJson(word) {
  return word.replace(/^\+/, "").replace(/^(-?)\./, "$10.").replace(/^(-?)0+(?=\d)/, "$1");
}

/**
 * Fields for an operation's params: numbers or a text for the built-in ones, JSON for every other.
 * @param {() => void} changed
 */
export function paramsForm(changed) {
  const holder = el("div", {class: "params"});
  const hint = el("p", {class: "field-hint", id: "params-hint"});
  let kind = "";
  let field = null;
  const drafts = {numbers: "10 20 30 40", text: "", json: "{}"};

  function input() {
    drafts[kind] = field.value;
    field.removeAttribute("aria-invalid");
    sayHint();
    changed();
  }

  function sayHint() {
    const {numbers, wrong} = kind === "numbers" ? readNumbers(field.value) : {numbers: [], wrong: null};
    replace(hint, numbers.length > 0 && wrong === null ? t("submit.understood", {numbers: numbers.slice(0, 12).join(" · ") + (numbers.length > 12 ? " …" : ""), n: numbers.length}) : t(`submit.${kind}.hint`));
  }

  return {
    node: holder,
    /** @param {string} operation @param {boolean} asJson */
    show(operation, asJson) {
      const wanted = asJson ? "json" : (BUILT_IN[operation] ?? "json");
      if (wanted === kind) {
        return;
      }
      kind = wanted;
      field = el("textarea", {id: "params", rows: kind === "text" ? "5" : "4", value: drafts[kind], spellcheck: kind === "text", "aria-describedby": "params-hint", class: kind === "text" ? "" : "code", oninput: input});
      sayHint();
      replace(holder, el("label", {for: "params"}, t("submit." + kind)), field, hint);
    },
    set(json) {
      drafts.json = json;
      if (kind === "json") {
        field.value = json;
      }
    },
    /** The params as JSON; null where what was typed is none, which is then said. */
    json() {
      if (kind === "text") {
        return JSON.stringify({text: field.value});
      }
      if (kind === "numbers") {
        const {numbers, wrong} = readNumbers(field.value);
        return wrong === null ? `{"numbers":[${numbers.join(",")}]}` : null;
      }
      try {
        return writeExact(parseExact(field.value.trim() || "{}"));
      } catch (failure) {
        if (failure instanceof NotJson) {
          return null;
        }
        throw failure;
      }
    },
    /** Says what is wrong. */
    complain() {
      field.setAttribute("aria-invalid", "true");
      let text = t("submit.numbers.wrong", {word: readNumbers(field.value).wrong ?? ""});
      if (kind === "json") {
        try {
          parseExact(field.value);
        } catch (failure) {
          text = t("submit.json.wrong", {n: failure.position + 1});
        }
      }
      replace(hint, el("span", {class: "bad", role: "alert"}, text));
      field.focus();
    },
    /** What follows `mutirao submit OPERATION` for these params. */
    words() {
      const {numbers, wrong} = readNumbers(kind === "numbers" ? field.value : "");
      // What begins with a hyphen would be taken for an option.
      if (numbers.length > 0 && wrong === null && numbers.every((number) => !number.startsWith("-"))) {
        return numbers;
      }
      if (kind === "text" && field.value !== "" && !field.value.startsWith("-")) {
        return [field.value];
      }
      return ["--params", this.json() ?? "{}"];
    },
  };
}
