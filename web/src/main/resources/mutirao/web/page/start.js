import {el, replace, button} from "./core/dom.js";
import {language, onLanguage, t} from "./core/language.js";
import {announce, buildFrame, mainElement, markPlace} from "./core/frame.js";
import {askWho, isShut, logout, onSession} from "./core/session.js";
import {onLoginNeeded} from "./core/http.js";
import {stopEvents} from "./core/events.js";
import {watchFigures} from "./core/figures.js";
import {go, refresh, start} from "./core/router.js";

// Every view is a module with `title(route)` and `show(main, route)`; what `show` returns is called when another view
// takes its place.
/** @type {Record<string, () => Promise<any>>} */
const VIEWS = {
  home: () => import("./views/home.js"),
  tasks: () => import("./views/tasks.js"),
  task: () => import("./views/task.js"),
  submit: () => import("./views/submit.js"),
  workers: () => import("./views/workers.js"),
  chat: () => import("./views/chat.js"),
  cluster: () => import("./views/cluster.js"),
  theatre: () => import("./views/theatre.js"),
  join: () => import("./views/join.js"),
  api: () => import("./views/api.js"),
  login: () => import("./views/login.js"),
  missing: () => import("./views/missing.js"),
};

/** What whoever is not logged in may see. */
const OPEN = new Set(["login", "join", "api"]);

const ASK_AGAIN_MS = 2000;
let leave = () => {};
let turn = 0;
let first = true;

async function showView(name, route) {
  if (isShut() && !OPEN.has(name)) {
    go("/login?to=" + encodeURIComponent(location.pathname + location.search), {replace: true});
    return;
  }
  const mine = ++turn;
  let view;
  try {
    view = await VIEWS[name]();
  } catch (failure) {
    console.error(failure);
    replace(mainElement(), failed(t("failure.load")));
    return;
  }
  if (mine !== turn) {
    return;
  }
  leave();
  leave = () => {};
  const main = mainElement();
  replace(main);
  main.className = "view view-" + name;
  markPlace(name);
  document.title = `${view.title(route)} · Mutirão`;
  leave = view.show(main, route) ?? (() => {});
  arrive(main, view.title(route));
}

/** Keyboard and screen reader begin where the new view does; not when the page has just been loaded. */
function arrive(main, title) {
  if (first) {
    first = false;
    return;
  }
  window.scrollTo(0, 0);
  const heading = main.querySelector("h1");
  if (heading && !main.contains(document.activeElement)) {
    heading.tabIndex = -1;
    heading.focus({preventScroll: true});
  }
  announce(title);
}

/** @param {string} why */
function failed(why) {
  return el("section", {class: "notice"}, el("h1", {}, t("failure.title")), el("p", {}, why),
    button(t("failure.again"), () => location.reload()));
}

/** Who comes in the middle of an election need not press anything. */
async function untilAnswered() {
  for (;;) {
    try {
      return await askWho();
    } catch (failure) {
      replace(mainElement(), failed(failure.message));
      await new Promise((again) => setTimeout(again, ASK_AGAIN_MS));
    }
  }
}

async function leaveServer() {
  await logout();
  stopEvents();
  refresh();
}

async function begin() {
  document.documentElement.lang = language();
  buildFrame({logout: leaveServer});
  await untilAnswered();
  const rebuild = () => buildFrame({logout: leaveServer});
  rebuild();
  onSession(rebuild);
  onLanguage(() => {
    rebuild();
    first = true;
    refresh();
  });
  onLoginNeeded(async () => {
    await askWho();
    if (isShut()) {
      stopEvents();
      refresh();
    }
  });
  watchFigures();
  start(showView);
}

begin();
