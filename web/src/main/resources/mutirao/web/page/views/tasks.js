import {button, el, link, replace, setText} from "../core/dom.js";
import {t} from "../core/language.js";
import {calmly, on} from "../core/events.js";
import {go} from "../core/router.js";
import {may} from "../core/session.js";
import {moment} from "../core/clock.js";
import {query} from "../core/http.js";
import {bulk} from "../tasks/bulk.js";
import {FIELDS, filterForm, inArchive, readFilters} from "../tasks/filters.js";
import {PAGE, listPage, searchPage, searched} from "../tasks/paging.js";
import {taskTable} from "../tasks/table.js";
import {curl, equivalent, mutirao} from "../parts/equivalent.js";
import {showFailure} from "../parts/notes.js";

export const title = () => t("tasks.title");

/** A list that jumps every moment cannot be read. */
const LOOK_AGAIN_MS = 1500;
/** Whoever looks for something rare among very many does not keep the server busy. */
const REST_FACTOR = 10;

export function show(main, route) {
  let filters = readFilters(route.query);
  /** Where each page shown so far begins: the way back. */
  let cursors = [null];
  let next = null;
  let asking = new AbortController();
  let held = false;
  let tookMs = 0;

  const status = el("p", {class: "faint status", role: "status"});
  const failure = el("div");
  const gaps = el("div");
  const pages = el("nav", {class: "pages", "aria-label": t("tasks.pages")});
  const selection = may("submit") ? bulk({done: () => look(), changed: () => {}}) : null;
  const table = taskTable({choice: selection?.choice});
  const newer = button(t("tasks.newer"), () => move(-1), {class: "button"});
  const older = button(t("tasks.older"), () => move(1), {class: "button"});
  const same = equivalent(commands);
  pages.append(newer, older);

  main.append(
    el("div", {class: "head"}, el("h1", {}, t("tasks.title")), may("submit") && link("/tasks/new", {class: "button main"}, t("submit.title"))),
    filterForm(filters, {apply, open: (id) => go("/tasks/" + encodeURIComponent(id))}),
    failure,
    el("div", {class: "list-head"}, status),
    table.node,
    pages,
    gaps,
    selection?.bar ?? "",
    same.node,
  );

  function apply(chosen) {
    filters = chosen;
    cursors = [null];
    go("/tasks" + query(Object.fromEntries(FIELDS.map((name) => [name, filters[name]]))), {quiet: true});
    look();
  }

  function move(step) {
    if (step > 0 && next !== null) {
      cursors.push(next);
    } else if (step < 0 && cursors.length > 1) {
      cursors.pop();
    }
    look().then(() => main.scrollIntoView({block: "start"}));
  }

  async function look() {
    asking.abort();
    asking = new AbortController();
    const {signal} = asking;
    try {
      const cursor = cursors.at(-1);
      const begun = performance.now();
      const page = await (inArchive(filters) ? searchPage(filters, cursor, signal) : listPage(filters, cursor, signal));
      next = page.next;
      tookMs = performance.now() - begun;
      showFailure(failure, null);
      table.show(page.tasks);
      selection?.showing(page.tasks);
      sayWhere(page.tasks);
      sayGaps(page.gaps ?? []);
      same.refresh();
    } catch (refused) {
      if (refused.name !== "AbortError") {
        showFailure(failure, refused);
      }
    }
  }

  function sayWhere(tasks) {
    const first = (cursors.length - 1) * PAGE + 1;
    const text =
      tasks.length === 0
        ? t(next ? "tasks.none.here" : inArchive(filters) ? "tasks.none.found" : "tasks.none")
        : t(inArchive(filters) ? (may("administer") ? "tasks.found.any" : "tasks.found") : "tasks.shown", {first, last: first + tasks.length - 1, n: tasks.length});
    setText(status, text);
    newer.toggleAttribute("disabled", cursors.length === 1);
    older.toggleAttribute("disabled", next === null);
  }

  function sayGaps(list) {
    replace(
      gaps,
      list.length > 0 && el("section", {class: "gaps"}, el("h2", {}, t("gaps.title")), el("ul", {}, list.map((gap) =>
        el("li", {}, t("gaps.one", {since: moment(gap.since), until: moment(gap.until), why: t("gap." + gap.reason)}))))),
    );
  }

  function commands() {
    const {words, source, ...listed} = filters;
    if (inArchive(filters)) {
      const asked = searched(filters);
      const option = (name, value) => (value ? [name, value] : []);
      const more = [...option("--search", words), ...option("--operation", asked.operation), ...option("--by", asked.by)];
      return {
        command: mutirao("history", "--tasks", ...(asked.any ? ["--all"] : []), ...more),
        http: curl("GET", "/api/history" + query(asked)),
      };
    }
    return {command: `echo /results | ${mutirao("tasks", filters.submitter || "ana")}`, http: curl("GET", "/api/tasks" + query(listed))};
  }

  const again = calmly(() => Math.max(LOOK_AGAIN_MS, REST_FACTOR * tookMs), () => {
    // Under somebody's pointer or keyboard nothing may move; what is being looked through from behind neither.
    if (!held && cursors.length === 1 && !inArchive(filters) && (selection?.size() ?? 0) === 0) {
      look();
    } else {
      waiting = true;
    }
  });
  let waiting = false;
  const hold = (yes) => {
    held = yes;
    if (!yes && waiting) {
      waiting = false;
      again();
    }
  };
  table.node.addEventListener("pointerenter", () => hold(true));
  table.node.addEventListener("pointerleave", () => hold(false));
  table.node.addEventListener("focusin", () => hold(true));
  table.node.addEventListener("focusout", () => hold(false));

  const stop = on("tasks", ({changes, skipped}) => {
    if (skipped > 0 || changes.some(matters)) {
      again();
    }
  });

  function matters(change) {
    return (
      (!filters.operation || change.operation === filters.operation) &&
      (!filters.submitter || !change.submitter || change.submitter === filters.submitter) &&
      change.event !== "progress"
    );
  }

  look();
  return () => {
    stop();
    again.stop();
    asking.abort();
  };
}
