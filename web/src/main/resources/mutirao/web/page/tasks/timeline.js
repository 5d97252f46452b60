import {el, icon, link, replace} from "../core/dom.js";
import {t} from "../core/language.js";
import {duration, instant, since} from "../core/clock.js";
import {isOpen} from "../parts/state.js";
import {inShort} from "../parts/json-view.js";

const ICONS = {
  accepted: "plus",
  scheduled: "clock",
  queued: "queue",
  started: "running",
  progress: "running",
  retry: "retry",
  timed_out: "clock",
  worker_lost: "warning",
  done: "check",
  failed: "cross",
  cancelled: "ban",
  expired: "clock",
};

function detail(entry) {
  if (entry.detail === undefined || entry.detail === null) {
    return null;
  }
  return el("span", {class: "timeline-detail"}, typeof entry.detail === "object" && entry.detail.message ? entry.detail.message : inShort(entry.detail, 200));
}

function step(entry, following, task) {
  const lasted = following ? following.at - entry.at : null;
  const open = !following && isOpen(task.state);
  return el(
    "li",
    {class: "timeline-step step-" + entry.event},
    el("span", {class: "timeline-icon"}, icon(ICONS[entry.event] ?? "queue")),
    el(
      "div",
      {class: "timeline-text"},
      el("div", {}, el("b", {}, t("event." + entry.event)),
        entry.attempt ? el("span", {class: "faint"}, " ", t("task.attempt.n", {n: entry.attempt})) : null,
        entry.worker ? [" ", link("/tasks?worker=" + encodeURIComponent(entry.worker), {class: "name"}, entry.worker)] : null),
      detail(entry),
    ),
    el("div", {class: "timeline-when"}, instant(entry.at, {millis: true}),
      lasted !== null ? el("span", {class: "timeline-lasted"}, duration(lasted)) : open ? el("span", {class: "timeline-lasted"}, since(entry.at)) : null),
  );
}

/**
 * Everything that happened to a task, oldest first, with how long each step lasted.
 * @param {any} task the whole view of it
 */
export function timeline(task) {
  const list = el("ol", {class: "timeline"});
  const entries = task.timeline ?? [];
  replace(list, entries.map((entry, i) => step(entry, entries[i + 1], task)));
  return el("section", {class: "panel", "aria-labelledby": "timeline-title"}, el("h2", {id: "timeline-title"}, t("timeline.title")),
    !task.timeline_complete && el("p", {class: "faint"}, t("timeline.incomplete")), list);
}
