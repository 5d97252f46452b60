import {button, el, icon, link, replace, setText} from "../core/dom.js";
import {language, t} from "../core/language.js";
import {get} from "../core/http.js";
import {ago, duration, instant} from "../core/clock.js";
import {calmly, on} from "../core/events.js";
import {may} from "../core/session.js";
import {announce} from "../core/frame.js";
import {cancelTask, retryTask} from "../tasks/actions.js";
import {timeline} from "../tasks/timeline.js";
import {copyButton} from "../parts/copy.js";
import {curl, equivalent, mutirao} from "../parts/equivalent.js";
import {jsonView} from "../parts/json-view.js";
import {isOpen, personLink, stateBadge} from "../parts/state.js";
import {showFailure} from "../parts/notes.js";
import {plain, writeExact} from "../core/exact-json.js";

export const title = (route) => t("task.title", {task: route.params.id});

/** Where no event comes (the worker is silent, the stream is sampled), it is looked at all the same. */
const LOOK_ANYWAY_MS = 5000;

export function show(main, route) {
  const id = route.params.id;
  const path = "/api/tasks/" + encodeURIComponent(id);
  const failure = el("div");
  const body = el("div", {class: "task-body"});
  const actions = el("div", {class: "actions"});
  const heading = el("h1", {class: "task-title"}, el("span", {class: "task-operation"}), " ", el("span", {class: "id"}, id));
  const badge = el("span", {class: "badge-place"});
  let task = null;
  let shown = "";
  let gone = false;

  main.append(
    el("p", {class: "way-back"}, link("/tasks", {}, icon("back"), el("span", {}, t("tasks.title")))),
    el("div", {class: "head"}, heading, copyButton(() => id, t("copy.id")), badge, actions),
    failure,
    body,
  );
  const same = equivalent(() => ({command: resubmit(task), http: curl("GET", path)}));
  main.append(same.node);

  async function look() {
    try {
      const answer = await get(path, {exact: true});
      if (gone) {
        return;
      }
      showFailure(failure, null);
      const before = task?.state;
      task = answer;
      draw();
      if (before && before !== task.state) {
        announce(t("task.now", {state: t("state." + task.state)}));
      }
    } catch (refused) {
      if (!gone) {
        showFailure(failure, refused.status === 404 ? new Error(t("task.unknown", {task: id})) : refused);
        if (refused.status === 404 && !task) {
          clearInterval(timer);
        }
      }
    }
  }

  function draw() {
    const text = writeExact(task) + language();
    if (text === shown) {
      return;
    }
    shown = text;
    setText(heading.firstElementChild, task.operation);
    replace(badge, stateBadge(task.state));
    replace(
      actions,
      may("submit") && isOpen(task.state) && button(t("cancel.yes"), (event) => cancelTask(event, id, look), {icon: "ban", class: "button danger"}),
      may("submit") && !isOpen(task.state) && button(t("retry.button"), (event) => retryTask(event, id), {icon: "retry", class: "button main"}),
    );
    replace(body, why(task), progress(task), outcome(task), facts(task), timeline(task), task.params !== undefined && jsonView(t("task.params"), task.params));
    same.refresh();
  }

  const again = calmly(400, look);
  const stop = on("tasks", ({changes, skipped}) => {
    if (changes.some((change) => change.task === id) || (skipped > 0 && task && isOpen(task.state))) {
      again();
    }
  });
  const timer = setInterval(() => (!task || isOpen(task.state)) && again(), LOOK_ANYWAY_MS);
  look();
  return () => {
    gone = true;
    stop();
    again.stop();
    clearInterval(timer);
  };
}

function why(task) {
  if (!task.why) {
    return null;
  }
  return el("section", {class: "why", "aria-labelledby": "why-title"}, icon("clock"),
    el("div", {}, el("h2", {id: "why-title"}, t("task.why")), el("p", {}, task.why.message),
      task.why.position ? el("p", {class: "faint"}, t("task.position", {n: task.why.position})) : null,
      task.why.at ? el("p", {class: "faint"}, t("task.why.at"), " ", instant(task.why.at), " (", ago(task.why.at), ")") : null,
      task.why.code === "no_worker" || task.why.code === "worker_absent" ? el("p", {}, link("/workers", {}, t("task.see.workers"))) : null));
}

function progress(task) {
  if (!task.progress || task.state !== "running") {
    return null;
  }
  const {percent, message, at} = task.progress;
  return el("section", {class: "panel progress"}, el("h2", {}, t("task.progress")),
    percent !== undefined && el("progress", {max: "100", value: percent, "aria-label": t("task.progress")}),
    el("p", {}, percent !== undefined && `${percent.toLocaleString(language(), {maximumFractionDigits: 1})} % `, message, " ", el("span", {class: "faint"}, ago(at))));
}

function outcome(task) {
  if (task.state === "done") {
    return task.result === undefined ? null : jsonView(t("task.result"), task.result);
  }
  if (!task.error) {
    return null;
  }
  const error = plain(task.error);
  return el("section", {class: "panel error"}, el("h2", {}, t(isOpen(task.state) ? "task.last.error" : "task.error")),
    el("p", {class: "error-message"}, el("code", {}, String(error?.code ?? "")), " ", String(error?.message ?? "")),
    Object.keys(error ?? {}).length > 2 && jsonView(t("task.error.whole"), task.error));
}

function facts(task) {
  const fact = (key, value) => value !== null && value !== undefined && el("div", {class: "fact"}, el("dt", {}, t(key)), el("dd", {}, value));
  const time = (at) => at && [instant(at), " ", el("span", {class: "faint"}, ago(at))];
  return el("dl", {class: "facts panel"},
    fact("tasks.submitter", personLink(task.submitter, "submitter")),
    fact("tasks.worker", personLink(task.worker, "worker")),
    fact("task.attempt", `${task.attempt} / ${task.max_attempts}`),
    fact("task.priority", String(task.priority)),
    fact("task.accepted", time(task.accepted_at)),
    fact("task.run.at", task.run_at && time(task.run_at)),
    fact("task.started", task.started_at && time(task.started_at)),
    fact("task.finished", task.finished_at && time(task.finished_at)),
    fact("task.expires", task.expires_at && time(task.expires_at)),
    fact("task.took", task.started_at && task.finished_at ? duration(task.finished_at - task.started_at) : null),
    fact("task.key", task.key && el("code", {}, task.key)),
  );
}

/** The command that would hand the same in again. */
function resubmit(task) {
  return task && mutirao("submit", task.operation, "--params", writeExact(task.params ?? {}));
}
