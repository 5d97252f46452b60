import {el} from "../core/dom.js";
import {t} from "../core/language.js";

const UNITS = {ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000};

/**
 * A duration as the command line takes it, such as 500ms, 30s, 5m; a bare number means seconds.
 * @param {string} text
 * @returns {number | null} milliseconds; null: it is none
 */
export function readDuration(text) {
  const found = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?$/.exec(text.trim());
  return found ? Math.round(Number(found[1]) * UNITS[found[2] ?? "s"]) : null;
}

// The wire's field, how it is read, and the option of the command line.
const FIELDS = [
  ["worker", "text", "--worker"],
  ["priority", "number", "--priority"],
  ["delay_ms", "duration", "--delay"],
  ["timeout_ms", "duration", "--timeout"],
  ["max_attempts", "number", "--max-attempts"],
  ["backoff_ms", "duration", "--backoff"],
  ["expires_ms", "duration", "--expires"],
  ["keep_ms", "duration", "--keep"],
  ["key", "text", "--key"],
];

/**
 * Everything a task may be told besides its params.
 * @param {() => void} changed
 */
export function optionsForm(changed) {
  const inputs = {};
  const fallback = el("input", {type: "checkbox", id: "option-fallback", onchange: changed});

  function field([name, kind]) {
    const id = "option-" + name;
    const more = kind === "number" ? {inputmode: "numeric", pattern: "[0-9]*"} : {};
    inputs[name] = el("input", {id, autocomplete: "off", autocapitalize: "none", spellcheck: "false", placeholder: t(`option.${name}.default`), oninput: changed, ...more});
    return el("div", {class: "field"}, el("label", {for: id}, t("option." + name)), inputs[name]);
  }

  function read([name, kind]) {
    const text = inputs[name].value.trim();
    if (text === "") {
      return undefined;
    }
    const value = kind === "text" ? text : kind === "number" ? (/^\d+$/.test(text) ? Number(text) : null) : readDuration(text);
    inputs[name].setAttribute("aria-invalid", String(value === null));
    return value;
  }

  const node = el(
    "details",
    {class: "options"},
    el("summary", {}, t("submit.options")),
    el("div", {class: "option-grid"}, FIELDS.map(field), el("div", {class: "field check"}, fallback, el("label", {for: "option-fallback"}, t("option.fallback")))),
  );

  return {
    node,
    /** @returns {Record<string, any> | null} null: something is wrong, and marked */
    values() {
      const values = {};
      for (const each of FIELDS) {
        const value = read(each);
        if (value === null) {
          node.open = true;
          inputs[each[0]].focus();
          return null;
        }
        if (value !== undefined) {
          values[each[0]] = value;
        }
      }
      if (fallback.checked && values.worker) {
        values.fallback = true;
      }
      return values;
    },
    /** The same for the command line. */
    words() {
      const words = FIELDS.flatMap(([name, kind, option]) => {
        const text = inputs[name].value.trim();
        return text === "" ? [] : [option, kind === "duration" && /^\d+(\.\d+)?$/.test(text) ? text + "s" : text.replaceAll(" ", "")];
      });
      return fallback.checked ? [...words, "--fallback"] : words;
    },
  };
}
