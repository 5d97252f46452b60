import {button, el, keyed, link, replace, setText} from "../core/dom.js";
import {t} from "../core/language.js";
import {get, post} from "../core/http.js";
import {ago} from "../core/clock.js";
import {calmly, on} from "../core/events.js";
import {may, who} from "../core/session.js";
import {confirmed} from "../parts/dialog.js";
import {doing, note, showFailure} from "../parts/notes.js";
import {curl, equivalent, mutirao} from "../parts/equivalent.js";
import {taskLink} from "../parts/state.js";

export const title = () => t("workers.title");

const LOOK_AGAIN_MS = 1000;
const MOST_SLOTS_DRAWN = 32;
const MOST_RUNNING_SHOWN = 8;
const MOST_OPERATIONS_SHOWN = 12;

function slots(worker) {
  const drawn = Math.min(worker.slots, MOST_SLOTS_DRAWN);
  const busy = worker.slots <= MOST_SLOTS_DRAWN ? worker.busy : Math.round((worker.busy / worker.slots) * drawn);
  return el("div", {class: "slots", "aria-hidden": "true"}, Array.from({length: drawn}, (_, i) => el("span", {class: "slot" + (i < busy ? " busy" : "")})));
}

function card(worker, drain) {
  const parts = {
    slots: el("div", {class: "worker-slots"}),
    load: el("span", {class: "worker-load"}),
    operations: el("ul", {class: "chips", "aria-label": t("workers.can")}),
    running: el("ul", {class: "running-list", "aria-label": t("workers.running")}),
    counts: el("span"),
    last: el("span", {class: "faint"}),
    badge: el("span", {class: "draining-badge"}),
    drain: el("span"),
  };
  const node = el("li", {class: "worker panel"},
    el("div", {class: "worker-head"}, el("h2", {class: "name"}, link("/tasks?worker=" + encodeURIComponent(worker.name), {}, worker.name)), parts.badge, el("span", {class: "node faint"}, worker.node), parts.drain),
    el("div", {class: "worker-use"}, parts.slots, parts.load),
    parts.operations,
    parts.running,
    el("div", {class: "worker-foot"}, parts.counts, parts.last));
  node.parts = parts;
  node.drain = drain;
  update(node, worker);
  return node;
}

function update(node, worker) {
  const {parts} = node;
  const shown = JSON.stringify(worker);
  if (node.shown === shown) {
    return;
  }
  node.shown = shown;
  replace(parts.slots, slots(worker));
  setText(parts.load, t("workers.load", {busy: worker.busy, slots: worker.slots}));
  const operations = worker.operations.slice(0, MOST_OPERATIONS_SHOWN);
  replace(parts.operations, operations.map((name) => el("li", {class: "chip"}, name)), worker.operations.length > operations.length && el("li", {class: "faint"}, t("workers.more", {n: worker.operations.length - operations.length})));
  const running = worker.running ?? [];
  replace(parts.running, running.slice(0, MOST_RUNNING_SHOWN).map((id) => el("li", {}, taskLink(id))), running.length > MOST_RUNNING_SHOWN && el("li", {class: "faint"}, t("workers.more", {n: running.length - MOST_RUNNING_SHOWN})));
  replace(parts.counts, t("workers.counts", {done: worker.done}), " · ", el("span", {class: worker.failed > 0 ? "bad" : ""}, t("workers.failed", {failed: worker.failed})));
  replace(parts.last, worker.last_finished_at ? [t("workers.last"), " ", ago(worker.last_finished_at)] : t("workers.never"));
  setText(parts.badge, worker.draining ? t("workers.draining") : "");
  replace(parts.drain, mayDrain(worker) && !worker.draining && button(t("drain.button"), (event) => node.drain(event, worker), {icon: "drain", class: "button small", label: t("drain.label", {name: worker.name})}));
}

/** An admin any, a user those that carry the user's own name. */
function mayDrain(worker) {
  const owner = worker.name.split(/[-.]/)[0].toLowerCase();
  return may("administer") || (may("work") && owner === who().user?.toLowerCase());
}

export function show(main) {
  const failure = el("div");
  const list = el("ul", {class: "workers"});
  const summary = el("p", {class: "faint"});
  const none = el("section", {class: "notice", hidden: true}, el("p", {}, t("workers.none")), el("pre", {tabindex: "0"}, mutirao("worker")), who().join && el("p", {}, link("/join", {}, t("workers.join"))));
  const same = equivalent(() => ({command: `echo /workers | ${mutirao("tasks")}`, http: curl("GET", "/api/workers")}));
  main.append(el("div", {class: "head"}, el("h1", {}, t("workers.title")), summary), failure, none, list, same.node);

  async function look() {
    try {
      const {workers} = await get("/api/workers");
      showFailure(failure, null);
      none.hidden = workers.length > 0;
      const total = workers.reduce((sum, worker) => sum + worker.slots, 0);
      setText(summary, t("workers.summary", {n: workers.length, busy: workers.reduce((sum, worker) => sum + worker.busy, 0), slots: total}));
      keyed(list, workers, (worker) => worker.name, (worker) => card(worker, drain), update);
    } catch (refused) {
      showFailure(failure, refused);
    }
  }

  async function drain(event, worker) {
    const pressed = {currentTarget: event.currentTarget};
    const yes = await confirmed({title: t("drain.title", {name: worker.name}), text: t("drain.text", {n: worker.busy}), yes: t("drain.button")});
    if (yes) {
      await doing(/** @type {any} */ (pressed), async () => {
        const {running} = await post(`/api/workers/${encodeURIComponent(worker.name)}/drain`);
        note(t("drain.done", {name: worker.name, n: running}));
        look();
      });
    }
  }

  const again = calmly(LOOK_AGAIN_MS, look);
  const stops = [on("people", again), on("tasks", again)];
  look();
  return () => {
    stops.forEach((stop) => stop());
    again.stop();
  };
}
