import {el, icon, link} from "../core/dom.js";
import {t} from "../core/language.js";

/** The states of a task, in the order of a task's life. */
export const STATES = ["scheduled", "queued", "running", "done", "failed", "cancelled", "expired"];

const ICONS = {
  scheduled: "clock",
  queued: "queue",
  running: "running",
  done: "check",
  failed: "cross",
  cancelled: "ban",
  expired: "clock",
};

/** Whether a task in this state can still change. */
export function isOpen(state) {
  return state === "scheduled" || state === "queued" || state === "running";
}

/**
 * A state by colour, shape and word.
 * @param {string} state
 */
export function stateBadge(state) {
  return el("span", {class: "state state-" + state, data: {state}}, icon(ICONS[state] ?? "queue"), el("span", {}, t("state." + state)));
}

/** What state a task is in after something happened to it; null: the event does not say. */
export function stateAfter(event) {
  return (
    {
      accepted: "queued",
      scheduled: "scheduled",
      queued: "queued",
      started: "running",
      retry: "scheduled",
      done: "done",
      failed: "failed",
      cancelled: "cancelled",
      expired: "expired",
    }[event] ?? null
  );
}

/** A task's id as a link to its page. */
export function taskLink(id, text = id) {
  return link("/tasks/" + encodeURIComponent(id), {class: "id"}, text);
}

/** A worker's or a person's name; empty: nobody. */
export function personLink(name, what) {
  return name ? link(`/tasks?${what}=${encodeURIComponent(name)}`, {class: "name"}, name) : el("span", {class: "faint"}, "–");
}
