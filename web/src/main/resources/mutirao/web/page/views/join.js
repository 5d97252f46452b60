import {button, el, keyed, replace, setText} from "../core/dom.js";
import {t} from "../core/language.js";
import {get} from "../core/http.js";
import {duration, since} from "../core/clock.js";
import {isShut, who} from "../core/session.js";
import {inTab, keepInTab} from "../core/memory.js";
import {BUILT_IN_OPERATIONS} from "../join/compute/built-in.js";
import {workerSession} from "../join/session.js";
import {mutirao, equivalent} from "../parts/equivalent.js";
import {taskLink} from "../parts/state.js";
import {inShort} from "../parts/json-view.js";

export const title = () => t("join.title");

const MOST_SLOTS = 8;

// The worker goes on while other views are looked at: this is not the view's, but the tab's.
/** @type {ReturnType<typeof workerSession> | null} */
let session = null;
let redraw = () => {};

/** A token in the fragment never reaches the server's log; it is taken off the address at once. */
function tokenOfLink() {
  const link = new URLSearchParams(location.hash.slice(1));
  const found = link.get("token");
  if (found) {
    keepInTab("token", found);
    keepInTab("operations", link.get("operations")?.split(",") ?? null);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return found ?? inTab("token");
}

window.addEventListener("beforeunload", (event) => {
  if (session && !session.state.finished && session.state.running.length > 0) {
    event.preventDefault();
  }
});

export function show(main) {
  const token = tokenOfLink();
  const body = el("div");
  main.append(el("h1", {}, t("join.title")), el("p", {class: "lead"}, t("join.lead")), body);
  redraw = () => {};
  if (session && !session.state.finished) {
    work(body);
  } else if (!who().join) {
    body.append(el("section", {class: "notice"}, el("p", {}, t("join.closed")), el("pre", {tabindex: "0"}, mutirao("worker"))));
  } else if (isShut() && !token) {
    body.append(el("section", {class: "notice"}, el("p", {}, t("join.token")), el("p", {}, el("a", {class: "button", href: "/login?to=/join"}, t("login.go")))));
  } else {
    offer(body, token);
  }
  return () => (redraw = () => {});
}

async function operationsOfAdmin() {
  try {
    return (await get("/join/operations.json")).operations;
  } catch {
    return [];
  }
}

function offer(body, token) {
  const cores = Math.max(1, Math.min(MOST_SLOTS, navigator.hardwareConcurrency || 2));
  const name = el("input", {id: "join-name", maxlength: "64", autocomplete: "off", spellcheck: "false", placeholder: t("join.name.made")});
  const slots = el("input", {id: "join-slots", type: "range", min: "1", max: String(cores), value: String(cores), oninput: () => setText(shownSlots, slots.value)});
  const shownSlots = el("output", {for: "join-slots"}, String(cores));
  // A token may allow some operations only: the link says which.
  const wanted = inTab("operations");
  const choice = (each) => el("li", {}, el("label", {class: "chip choice"}, el("input", {type: "checkbox", value: each, checked: wanted === null || wanted.includes(each)}), each));
  const operations = el("ul", {class: "chips"}, Object.keys(BUILT_IN_OPERATIONS).map(choice));
  const chosen = () => [...operations.querySelectorAll("input:checked")].map((box) => box.value);
  const begin = (event) => {
    event.preventDefault();
    session = workerSession({name: name.value.trim(), token, slots: Number(slots.value), operations: chosen()}, () => redraw());
    replace(body);
    work(body);
  };
  const same = equivalent(() => ({command: mutirao("worker", ...(name.value.trim() ? [name.value.trim()] : []), "--slots", slots.value)}));
  body.append(
    el("form", {class: "panel join-form", onsubmit: begin},
      el("div", {class: "field"}, el("label", {for: "join-name"}, t("join.name")), name),
      el("div", {class: "field"}, el("label", {for: "join-slots"}, t("join.slots")), el("div", {class: "slider"}, slots, shownSlots)),
      el("div", {class: "field"}, el("span", {class: "field-name", id: "join-operations"}, t("join.operations")), operations),
      token && el("p", {class: "faint"}, t("join.with.token")),
      el("div", {class: "actions"}, button(t("join.start"), () => {}, {type: "submit", class: "button main big", icon: "join"})),
      el("p", {class: "faint"}, t("join.promise"))),
    same.node,
  );
  operationsOfAdmin().then((more) => {
    operations.append(...more.filter((each) => !Object.hasOwn(BUILT_IN_OPERATIONS, each)).map(choice));
  });
}

function work(body) {
  const {state} = session;
  const status = el("p", {class: "join-state", role: "status"});
  const counts = el("dl", {class: "tiles small-tiles"});
  const done = el("dd", {class: "tile-value"});
  const failed = el("dd", {class: "tile-value"});
  const busy = el("dd", {class: "tile-value"});
  const running = el("ul", {class: "join-running"});
  const idle = el("p", {class: "faint"}, t("join.idle"));
  const ended = el("ul", {class: "join-ended"});
  const stop = button(t("join.stop"), () => session.drain(), {class: "button danger big", icon: "drain"});
  const leave = button(t("join.leave"), () => session.leave(), {class: "quiet"});
  const again = button(t("join.again"), () => {
    session = null;
    replace(body);
    offer(body, inTab("token"));
  }, {class: "button main"});
  const tile = (key, value) => el("div", {class: "tile"}, el("dt", {}, t(key)), value);
  counts.append(tile("join.done", done), tile("join.busy", busy), tile("join.failed", failed));
  body.append(
    el("section", {class: "panel"}, status, counts, el("div", {class: "actions"}, stop, leave, again)),
    el("section", {class: "panel"}, el("h2", {}, t("join.now")), idle, running),
    el("section", {class: "panel"}, el("h2", {}, t("join.before")), ended),
  );

  redraw = () => {
    setText(status, sentence(state));
    status.dataset.state = state.finished ? "finished" : state.link;
    setText(done, state.done);
    setText(failed, state.failed);
    setText(busy, state.running.length);
    idle.hidden = state.running.length > 0;
    keyed(running, state.running, (each) => each.id, (each) => el("li", {}, el("span", {class: "name"}, each.operation), " ", taskLink(each.task), " ", el("span", {class: "faint"}, t("join.for", {name: each.submitter})), " ", since(each.since)), () => {});
    keyed(ended, state.ended, (each) => each.id, endedItem, () => {});
    const over = state.finished || state.link === "refused" || state.link === "ended" || state.link === "taken";
    stop.hidden = over || state.draining;
    leave.hidden = over || !state.draining;
    again.hidden = !over;
  };
  redraw();
}

function endedItem(each) {
  const result = each.failed ? each.outcome.error.message : each.outcome.result;
  return el("li", {class: each.failed ? "bad" : ""}, el("span", {class: "name"}, each.operation), " ", taskLink(each.task), " ", el("code", {}, inShort(result, 60)), " ", el("span", {class: "faint"}, duration(each.took)));
}

function sentence(state) {
  if (state.finished) {
    return t("join.state.finished", {n: state.done});
  }
  if (state.link === "registered") {
    return t(state.draining ? "join.state.draining" : "join.state.ready", {name: state.name, node: state.node});
  }
  if (state.link === "refused" || state.link === "ended") {
    return t("join.state.refused", {why: state.why?.message ?? state.why?.reason ?? ""});
  }
  return t("join.state." + state.link);
}
