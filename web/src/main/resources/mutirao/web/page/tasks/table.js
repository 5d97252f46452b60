import {el, keyed, replace, setText} from "../core/dom.js";
import {t} from "../core/language.js";
import {ago, duration, since} from "../core/clock.js";
import {isOpen, personLink, stateBadge, taskLink} from "../parts/state.js";

/** A task's operation, state and people in a row; on a phone each row is a card. */
function row(task, choice) {
  const parts = {
    state: el("td", {data: {part: "state"}, "data-label": t("tasks.state")}),
    worker: el("td", {data: {part: "worker"}, "data-label": t("tasks.worker")}),
    attempt: el("td", {data: {part: "attempt"}, class: "number", "data-label": t("task.attempt")}),
    when: el("td", {data: {part: "when"}, class: "when", "data-label": t("task.accepted")}, ago(task.accepted_at)),
    took: el("td", {data: {part: "took"}, class: "number", "data-label": t("task.took")}),
  };
  const node = el(
    "tr",
    {},
    choice && el("td", {class: "choose"}, choice.box(task)),
    el("th", {scope: "row", data: {part: "id"}}, taskLink(task.task)),
    parts.state,
    el("td", {data: {part: "operation"}, "data-label": t("task.operation")}, el("span", {class: "name"}, task.operation)),
    el("td", {data: {part: "from"}, "data-label": t("tasks.submitter")}, personLink(task.submitter, "submitter")),
    parts.worker,
    parts.attempt,
    parts.when,
    parts.took,
  );
  node.parts = parts;
  update(node, task);
  return node;
}

function update(node, task) {
  const {parts} = node;
  const shown = JSON.stringify(task);
  if (node.shown === shown) {
    return;
  }
  node.shown = shown;
  replace(parts.state, stateBadge(task.state), task.waiting_for && el("span", {class: "hint"}, t("tasks.waits.worker")));
  replace(parts.worker, personLink(task.worker, "worker"));
  setText(parts.attempt, `${task.attempt}${task.max_attempts ? "/" + task.max_attempts : ""}`);
  replace(parts.took, took(task));
}

function took(task) {
  if (task.started_at && task.finished_at) {
    return duration(task.finished_at - task.started_at);
  }
  if (task.started_at && isOpen(task.state) && task.state === "running") {
    return since(task.started_at);
  }
  return "–";
}

/**
 * @param {{choice?: {box: (task: any) => Node, all: Node}}} options choice: boxes to choose rows by
 */
export function taskTable({choice} = {}) {
  const body = el("tbody");
  const column = (key, more) => el("th", {scope: "col", ...more}, t(key));
  const node = el(
    "div",
    {class: "table-holder"},
    el(
      "table",
      {class: "table tasks-table"},
      el("caption", {class: "unseen"}, t("tasks.title")),
      el("thead", {}, el("tr", {},
        choice && el("td", {class: "choose"}, choice.all),
        column("task.id"), column("tasks.state"), column("task.operation"), column("tasks.submitter"), column("tasks.worker"),
        column("task.attempt", {class: "number"}), column("task.accepted"), column("task.took", {class: "number"}))),
      body,
    ),
  );
  return {
    node,
    body,
    /** @param {any[]} tasks */
    show: (tasks) => keyed(body, tasks, (task) => task.task, (task) => row(task, choice), update),
  };
}
