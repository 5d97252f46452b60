import {button, el, icon, link, replace, setText} from "./dom.js";
import {LANGUAGES, language, speak, t} from "./language.js";
import {isShut, may, who} from "./session.js";
import {onStream, streamState, tryNow} from "./events.js";
import {moment, zone} from "./clock.js";
import {newestFigures, onNews} from "./figures.js";
import {remember} from "./memory.js";
import {unread, onUnread} from "../chat/unread.js";

// What stands around every view: the way to the others, who leads, whether what is shown is live, language, theme.

const PLACES = [
  ["/", "home", "look"],
  ["/tasks", "tasks", "see"],
  ["/workers", "workers", "look"],
  ["/chat", "chat", "read"],
  ["/cluster", "cluster", "look"],
  ["/theatre", "theatre", "look"],
  ["/join", "join", "look"],
];

/** @type {{main: HTMLElement, announce: HTMLElement} | null} */
let parts = null;
let places = [];
let leader, stream, badge;

/**
 * Builds the frame into the document, or builds it anew in another language.
 * @param {{logout: () => void}} actions
 */
export function buildFrame(actions) {
  const main = parts?.main ?? el("main", {id: "main", tabindex: "-1"});
  const announce = parts?.announce ?? el("div", {class: "unseen", role: "status", "aria-live": "polite"});
  parts = {main, announce};
  leader = el("span", {class: "leader"});
  stream = el("div", {class: "stream", role: "status"});
  places = PLACES.filter(([, , action]) => may(action)).map(([path, name]) => place(path, name));
  replace(
    document.body,
    el("a", {class: "skip", href: "#main"}, t("frame.skip")),
    el(
      "header",
      {class: "bar"},
      link("/", {class: "brand", "aria-label": t("frame.brand")}, mark(), el("span", {}, "Mutirão")),
      leader,
      stream,
      el("div", {class: "choices"}, languageChoice(), themeChoice(), person(actions)),
    ),
    el("nav", {class: "places", "aria-label": t("frame.places")}, el("ul", {}, places)),
    main,
    announce,
    el("footer", {class: "foot"}, el("span", {}, t("frame.zone", {zone: zone()})), el("span", {class: "server-name"}, who().server),
      link("/api", {}, t("api.title"))),
  );
  showLeader();
  showStream();
  showUnread();
}

function mark() {
  return el("img", {src: "/favicon.svg", alt: "", width: "26", height: "26"});
}

function place(path, name) {
  const count = name === "chat" ? (badge = el("span", {class: "unread", hidden: true})) : null;
  return el("li", {}, link(path, {class: "place", data: {view: name}}, icon(name), el("span", {class: "place-name"}, t("place." + name)), count));
}

function languageChoice() {
  const select = el(
    "select",
    {"aria-label": t("frame.language"), class: "quiet", onchange: () => speak(select.value)},
    Object.entries(LANGUAGES).map(([code, name]) =>
      el("option", {value: code, selected: code === language(), lang: code}, name),
    ),
  );
  return select;
}

/** Light or dark as chosen here, else as the system says. */
export function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function themeChoice() {
  const change = () => {
    const theme = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    remember("theme", theme);
    replace(switcher, icon(isDark() ? "sun" : "moon"));
    switcher.setAttribute("aria-label", t(isDark() ? "frame.light" : "frame.dark"));
    window.dispatchEvent(new Event("themechange"));
  };
  const switcher = el(
    "button",
    {type: "button", class: "quiet square", onclick: change, "aria-label": t(isDark() ? "frame.light" : "frame.dark")},
    icon(isDark() ? "sun" : "moon"),
  );
  return switcher;
}

function person(actions) {
  const session = who();
  if (session.user === null) {
    return null;
  }
  return el(
    "span",
    {class: "person"},
    el("span", {class: "person-name", title: t("role." + session.role)}, session.user),
    button("", actions.logout, {icon: "leave", class: "quiet square", label: t("frame.logout")}),
  );
}

function showLeader() {
  if (!leader) {
    return;
  }
  const figures = newestFigures();
  if (!figures) {
    replace(leader);
    return;
  }
  const text = figures.leader ? t("frame.leader", {node: figures.leader, term: String(figures.term)}) : t("frame.no.leader");
  if (leader.dataset.text !== text) {
    leader.dataset.text = text;
    leader.classList.toggle("bad", !figures.leader);
    replace(leader, icon(figures.leader ? "crown" : "warning"), el("span", {}, text));
  }
}

function showStream() {
  if (!stream) {
    return;
  }
  if (isShut()) {
    replace(stream); // Nobody is told anything before logging in.
    return;
  }
  const {live, staleSince, nextTryAt} = streamState();
  if (live || staleSince === null) {
    stream.className = "stream" + (live ? " live" : "");
    replace(stream, el("span", {class: "dot"}), el("span", {}, t(live ? "frame.live" : "frame.connecting")));
    return;
  }
  stream.className = "stream stale";
  replace(
    stream,
    el("span", {class: "dot"}),
    el("span", {}, t("frame.stale", {since: moment(staleSince)})),
    nextTryAt !== null && button(t("frame.try.now"), tryNow, {class: "quiet small"}),
  );
}

function showUnread() {
  const n = unread();
  if (badge) {
    badge.hidden = n === 0;
    setText(badge, n > 99 ? "99+" : n);
    badge.setAttribute("aria-label", t("chat.unread", {n}));
  }
}

onNews(showLeader);
onStream(showStream);
onUnread(showUnread);

/** Marks the place that is shown. */
export function markPlace(view) {
  const name = {task: "tasks", submit: "tasks"}[view] ?? view;
  for (const entry of document.querySelectorAll(".place")) {
    if (entry.dataset.view === name) {
      entry.setAttribute("aria-current", "page");
    } else {
      entry.removeAttribute("aria-current");
    }
  }
}

export const mainElement = () => parts.main;

/** Says something to a screen reader. */
export function announce(text) {
  setText(parts.announce, "");
  setTimeout(() => setText(parts.announce, text), 50);
}
