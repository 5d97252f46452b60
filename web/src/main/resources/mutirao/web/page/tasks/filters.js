import {button, el} from "../core/dom.js";
import {t} from "../core/language.js";
import {may} from "../core/session.js";
import {STATES} from "../parts/state.js";

/** What the list can be narrowed by; the names are those of the HTTP API and of the page's own address. */
export const FIELDS = ["state", "operation", "submitter", "worker", "words", "source"];

/** Whether the archive is asked: only there are words looked for. */
export const inArchive = (filters) => filters.words !== "" || filters.source === "archive";

/** @param {URLSearchParams} query */
export function readFilters(query) {
  return Object.fromEntries(FIELDS.map((name) => [name, query.get(name) ?? ""]));
}

const known = ["sum", "average", "max", "min", "count_words", "count_chars", "uppercase", "lowercase"];

/**
 * @param {Record<string, string>} filters
 * @param {{apply: (filters: Record<string, string>) => void, open: (id: string) => void}} actions
 */
export function filterForm(filters, actions) {
  const inputs = {};
  const field = (name, input) => {
    inputs[name] = input;
    input.id = "filter-" + name;
    input.name = name;
    return el("div", {class: "field"}, el("label", {for: input.id}, t("tasks." + name)), input);
  };
  const text = (name, more = {}) => el("input", {value: filters[name] ?? "", autocomplete: "off", autocapitalize: "none", spellcheck: "false", ...more});
  const apply = () => actions.apply(Object.fromEntries(FIELDS.map((name) => [name, inputs[name].value.trim()])));
  const clear = () => {
    FIELDS.forEach((name) => (inputs[name].value = ""));
    apply();
  };
  const id = text("id", {id: "filter-id", name: "id"});
  const state = el(
    "select",
    {onchange: apply},
    el("option", {value: ""}, t("tasks.any.state")),
    STATES.map((name) => el("option", {value: name, selected: filters.state === name}, t("state." + name))),
  );
  const source = el(
    "select",
    {onchange: apply},
    el("option", {value: ""}, t("tasks.source.kept")),
    el("option", {value: "archive", selected: filters.source === "archive"}, t("tasks.source.archive")),
  );
  return el(
    "form",
    {
      class: "filters",
      role: "search",
      "aria-label": t("tasks.filters"),
      onsubmit: (event) => {
        event.preventDefault();
        id.value.trim() ? actions.open(id.value.trim().replace(/^task:/, "")) : apply();
      },
    },
    field("state", state),
    may("read") ? field("source", source) : ((inputs.source = {value: ""}), null),
    field("operation", text("operation", {list: "known-operations"})),
    el("datalist", {id: "known-operations"}, known.map((name) => el("option", {value: name}))),
    field("submitter", text("submitter")),
    field("worker", text("worker")),
    may("read") ? field("words", text("words", {type: "search", placeholder: t("tasks.words.hint")})) : ((inputs.words = {value: ""}), null),
    el("div", {class: "field"}, el("label", {for: "filter-id"}, t("tasks.id")), id),
    el("div", {class: "field buttons"}, button(t("tasks.find"), () => {}, {type: "submit", class: "button main"}), button(t("tasks.clear"), clear, {class: "quiet"})),
  );
}
