import {button, el, replace} from "../core/dom.js";
import {t} from "../core/language.js";
import {post} from "../core/http.js";
import {confirmed} from "../parts/dialog.js";
import {doing, note} from "../parts/notes.js";
import {isOpen} from "../parts/state.js";

/** As many as the server takes at once. */
const MOST = 1000;

/**
 * Which rows are chosen, and what can be done with them together.
 * @param {{done: () => void, changed: () => void}} told
 */
export function bulk(told) {
  /** @type {Map<string, any>} */
  const chosen = new Map();
  let shown = [];
  const all = el("input", {type: "checkbox", "aria-label": t("bulk.all"), onchange: () => chooseAll(all.checked)});
  const bar = el("div", {class: "bulk", role: "region", "aria-label": t("bulk.title"), hidden: true});

  function box(task) {
    const input = el("input", {type: "checkbox", checked: chosen.has(task.task), "aria-label": t("bulk.one", {task: task.task}), data: {task: task.task}});
    input.addEventListener("change", () => {
      input.checked ? chosen.set(task.task, task) : chosen.delete(task.task);
      changed();
    });
    return input;
  }

  function chooseAll(yes) {
    shown.forEach((task) => (yes ? chosen.set(task.task, task) : chosen.delete(task.task)));
    changed();
  }

  function changed() {
    for (const input of document.querySelectorAll(".tasks-table tbody input[type=checkbox]")) {
      input.checked = chosen.has(input.dataset.task);
    }
    const here = shown.filter((task) => chosen.has(task.task)).length;
    all.checked = here > 0 && here === shown.length;
    all.indeterminate = here > 0 && here < shown.length;
    bar.hidden = chosen.size === 0;
    const tasks = [...chosen.values()];
    const open = tasks.filter((task) => isOpen(task.state));
    const ended = tasks.filter((task) => !isOpen(task.state));
    replace(
      bar,
      el("span", {}, t("bulk.chosen", {n: chosen.size})),
      button(t("bulk.cancel", {n: open.length}), (event) => run(event, "cancel", open), {icon: "ban", class: "button danger", disabled: open.length === 0}),
      button(t("bulk.retry", {n: ended.length}), (event) => run(event, "retry", ended), {icon: "retry", class: "button", disabled: ended.length === 0}),
      button(t("bulk.none"), () => chooseAll(false) ?? (chosen.clear(), changed()), {class: "quiet"}),
    );
    told.changed();
  }

  async function run(event, action, tasks) {
    const yes = await confirmed({
      title: t(`bulk.${action}.title`, {n: tasks.length}),
      text: t(`bulk.${action}.text`, {n: tasks.length}),
      yes: t(`bulk.${action}`, {n: tasks.length}),
      danger: action === "cancel",
    });
    if (!yes) {
      return;
    }
    await doing(event, async () => {
      let done = 0;
      /** @type {string[]} */
      const refused = [];
      for (let from = 0; from < tasks.length; from += MOST) {
        const part = tasks.slice(from, from + MOST).map((task) => task.task);
        const {results} = await post(`/api/tasks/${action}`, {tasks: part});
        done += results.filter((each) => each.ok).length;
        refused.push(...results.filter((each) => !each.ok).map((each) => each.error?.detail ?? each.error?.code ?? ""));
      }
      if (refused.length > 0) {
        note(t("bulk.partly", {n: refused.length, done, why: refused[0]}), "bad");
      } else {
        note(t(`bulk.${action}.done`, {n: done}));
      }
      chosen.clear();
      changed();
      told.done();
    });
  }

  return {
    choice: {box, all},
    bar,
    size: () => chosen.size,
    /** @param {any[]} tasks */
    showing(tasks) {
      shown = tasks;
      for (const task of tasks) {
        if (chosen.has(task.task)) {
          chosen.set(task.task, task);
        }
      }
      changed();
    },
  };
}
