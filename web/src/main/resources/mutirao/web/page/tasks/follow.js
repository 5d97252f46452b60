import {el, link, replace} from "../core/dom.js";
import {t} from "../core/language.js";
import {get} from "../core/http.js";
import {calmly, on} from "../core/events.js";
import {plain, writeExact} from "../core/exact-json.js";
import {inShort} from "../parts/json-view.js";
import {isOpen, stateBadge, taskLink} from "../parts/state.js";

/** Where events are sampled, a look every now and then finds the end all the same. */
const LOOK_ANYWAY_MS = 4000;

/**
 * A small card that follows one task until it ends: in a chat message, or under the form that handed it in.
 * @param {string} id
 * @param {{big?: boolean}} [options] big: the result in full
 */
export function taskCard(id, options = {}) {
  const asking = new AbortController();
  const state = el("span", {class: "badge-place"});
  const what = el("span", {class: "card-what"});
  const outcome = el("div", {class: "card-outcome"});
  const node = el("div", {class: "task-card" + (options.big ? " big" : ""), data: {task: id}}, el("div", {class: "card-head"}, state, what, taskLink(id)), outcome);
  let ended = false;
  let last = null;

  async function look() {
    try {
      show(await get(`/api/tasks/${encodeURIComponent(id)}`, {exact: true, signal: asking.signal}));
    } catch (failure) {
      if (failure.name !== "AbortError" && !last) {
        replace(state, el("span", {class: "faint"}, failure.status === 404 ? t("card.unknown") : failure.message));
      }
    }
  }

  function show(task) {
    last = task;
    ended = !isOpen(task.state);
    if (ended) {
      clearInterval(timer);
    }
    replace(state, stateBadge(task.state));
    replace(what, el("span", {class: "name"}, task.operation), task.worker && [" ", el("span", {class: "faint"}, t("card.by", {worker: task.worker}))]);
    replace(outcome, said(task));
  }

  function said(task) {
    if (task.state === "done") {
      const text = typeof task.result === "string" ? task.result : writeExact(task.result ?? null, options.big ? 2 : 0);
      return el("pre", {class: "card-result", tabindex: options.big ? "0" : undefined, "aria-label": t("task.result")}, inShort(text, options.big ? 5000 : 300));
    }
    if (task.why) {
      return el("p", {class: "card-why"}, task.why.message);
    }
    if (task.progress && task.state === "running") {
      return el("progress", {max: "100", value: task.progress.percent ?? 0, "aria-label": t("task.progress")});
    }
    if (task.error) {
      return el("p", {class: "bad"}, String(plain(task.error)?.message ?? plain(task.error)?.code ?? ""));
    }
    return "";
  }

  const again = calmly(500, () => !ended && look());
  const timer = setInterval(again, LOOK_ANYWAY_MS);
  const stop = on("tasks", ({changes, skipped}) => {
    if (!ended && (skipped > 0 || changes.some((change) => change.task === id))) {
      again();
    }
  });

  look();
  return {
    node,
    /** Nobody looks any more. */
    stop() {
      stop();
      again.stop();
      clearInterval(timer);
      asking.abort();
    },
    link: () => link("/tasks/" + encodeURIComponent(id), {}, id),
  };
}
