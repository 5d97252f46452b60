import {button, el, icon, link, replace} from "../core/dom.js";
import {t} from "../core/language.js";
import {post} from "../core/http.js";
import {may} from "../core/session.js";
import {get} from "../core/http.js";
import {BUILT_IN, paramsForm} from "../tasks/params-form.js";
import {optionsForm} from "../tasks/options-form.js";
import {taskCard} from "../tasks/follow.js";
import {curl, equivalent, mutirao} from "../parts/equivalent.js";
import {showFailure} from "../parts/notes.js";

export const title = () => t("submit.title");

export function show(main, route) {
  if (!may("submit")) {
    main.append(el("section", {class: "notice"}, el("h1", {}, t("submit.title")), el("p", {}, t("submit.forbidden"))));
    return;
  }
  let operation = route.query.get("operation") || "sum";
  const failure = el("div", {class: "failure-place"});
  const results = el("section", {class: "submitted", "aria-label": t("submit.results")});
  const cards = [];
  const params = paramsForm(() => same.refresh());
  const options = optionsForm(() => same.refresh());
  const other = el("input", {id: "operation-other", value: operation in BUILT_IN ? "" : operation, list: "offered", autocomplete: "off", autocapitalize: "none", spellcheck: "false", placeholder: "resize", oninput: () => choose(other.value.trim())});
  const offered = el("datalist", {id: "offered"});
  const asJson = el("input", {type: "checkbox", id: "as-json", onchange: () => choose(operation)});
  const same = equivalent(commands);
  const submit = button(t("submit.go"), () => {}, {type: "submit", class: "button main", icon: "send"});

  function choice(name) {
    const id = "operation-" + name;
    return el("span", {class: "choice"}, el("input", {type: "radio", name: "operation", id, value: name, checked: operation === name, onchange: () => choose(name)}), el("label", {for: id}, name));
  }

  const otherRadio = el("input", {type: "radio", name: "operation", id: "operation-any", checked: !(operation in BUILT_IN), onchange: () => {
    choose(other.value.trim());
    other.focus();
  }});
  const otherField = el("div", {class: "field other"}, el("label", {for: "operation-other"}, t("submit.other.name")), other, offered);
  const jsonSwitch = el("div", {class: "field check"}, asJson, el("label", {for: "as-json"}, t("submit.as.json")));

  function choose(name) {
    operation = name;
    const builtIn = !otherRadio.checked;
    otherField.hidden = builtIn;
    jsonSwitch.hidden = !builtIn;
    params.show(builtIn ? name : "", !builtIn || asJson.checked);
    same.refresh();
  }

  function body(json) {
    const values = options.values();
    return values && `{"operation":${JSON.stringify(operation)},"params":${json}${Object.entries(values).map(([key, value]) => `,${JSON.stringify(key)}:${JSON.stringify(value)}`).join("")}}`;
  }

  function commands() {
    const json = params.json() ?? "{}";
    return {command: mutirao("submit", operation || "…", ...params.words(), ...options.words()), http: curl("POST", "/api/tasks?wait=10s", body(json) ?? "{}")};
  }

  async function send(event) {
    event.preventDefault();
    const json = params.json();
    if (operation === "") {
      other.focus();
      return;
    }
    if (json === null) {
      params.complain();
      return;
    }
    const raw = body(json);
    if (raw === null) {
      return;
    }
    submit.setAttribute("disabled", "");
    try {
      const accepted = await post("/api/tasks", undefined, {raw});
      showFailure(failure, null);
      const card = taskCard(accepted.task, {big: true});
      cards.unshift(card);
      results.prepend(card.node);
      while (cards.length > 10) {
        const old = cards.pop();
        old.stop();
        old.node.remove();
      }
    } catch (refused) {
      showFailure(failure, refused);
    } finally {
      submit.removeAttribute("disabled");
    }
  }

  main.append(
    el("p", {class: "way-back"}, link("/tasks", {}, icon("back"), el("span", {}, t("tasks.title")))),
    el("h1", {}, t("submit.title")),
    el("form", {class: "panel submit-form", onsubmit: send},
      el("fieldset", {class: "choices"}, el("legend", {}, t("task.operation")),
        el("div", {class: "choice-row"}, el("span", {class: "choice-kind"}, t("submit.kind.numbers")), Object.keys(BUILT_IN).filter((name) => BUILT_IN[name] === "numbers").map(choice)),
        el("div", {class: "choice-row"}, el("span", {class: "choice-kind"}, t("submit.kind.text")), Object.keys(BUILT_IN).filter((name) => BUILT_IN[name] === "text").map(choice)),
        el("div", {class: "choice-row"}, el("span", {class: "choice-kind"}, t("submit.kind.other")), el("span", {class: "choice"}, otherRadio, el("label", {for: "operation-any"}, t("submit.other"))))),
      otherField, params.node, jsonSwitch, options.node, failure,
      el("div", {class: "actions"}, submit)),
    results,
    same.node,
  );
  choose(operation);
  offer(offered);
  return () => cards.forEach((card) => card.stop());
}

/** What the workers that are there can do besides. */
async function offer(list) {
  try {
    const {workers} = await get("/api/workers");
    const names = new Set(workers.flatMap((worker) => worker.operations));
    replace(list, [...names].filter((name) => !(name in BUILT_IN)).sort().map((name) => el("option", {value: name})));
  } catch {
    // It can be typed all the same.
  }
}
