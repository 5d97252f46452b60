import {el, setText} from "./dom.js";
import {language, t} from "./language.js";

// The server's clock decides: a laptop that is two minutes off must not show tasks that wait for minus two minutes.
let ahead = 0;

/** @param {number} serverTime what the server's clock said just now */
export function serverSays(serverTime) {
  const offset = serverTime - Date.now();
  // Half a second is the way of the message, not the clock.
  if (Math.abs(offset - ahead) > 1500) {
    ahead = offset;
  }
}

/** Now, by the server's clock. */
export function now() {
  return Date.now() + ahead;
}

/** The zone all times are shown in, such as `America/Sao_Paulo (UTC−03:00)`. */
export function zone() {
  const name = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const minutes = -new Date().getTimezoneOffset();
  const sign = minutes < 0 ? "−" : "+";
  const part = (value) => String(Math.abs(Math.trunc(value))).padStart(2, "0");
  return `${name} (UTC${sign}${part(minutes / 60)}:${part(minutes % 60)})`;
}

/**
 * Time of day, with the date where it is another day.
 * @param {number} at
 * @param {{millis?: boolean}} [options]
 */
export function moment(at, options = {}) {
  const date = new Date(at);
  const sameDay = date.toDateString() === new Date(now()).toDateString();
  return date.toLocaleString(language(), {
    ...(sameDay ? {} : {year: "numeric", month: "short", day: "numeric"}),
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    ...(options.millis ? {fractionalSecondDigits: 3} : {}),
    hour12: false,
  });
}

/**
 * A duration for people: 4 ms, 1.2 s, 3 min 20 s, 2 h 05 min.
 * @param {number | null | undefined} ms
 */
export function duration(ms) {
  if (ms === null || ms === undefined || Number.isNaN(ms)) {
    return "–";
  }
  const number = (value, digits) =>
    value.toLocaleString(language(), {minimumFractionDigits: digits, maximumFractionDigits: digits});
  if (ms < 1000) {
    return `${number(ms, ms < 10 && ms % 1 !== 0 ? 1 : 0)} ms`;
  }
  if (ms < 60_000) {
    return `${number(ms / 1000, ms < 10_000 ? 1 : 0)} s`;
  }
  const seconds = Math.floor(ms / 1000);
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 48 * 60) {
    return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
  }
  return t("time.days", {n: Math.floor(minutes / 60 / 24)});
}

const live = new Set();

function show(element) {
  const {at, form} = element.shows;
  const passed = now() - at;
  const text = form === "for" ? coarse(Math.max(0, passed)) : relative(passed);
  setText(element, text);
}

function relative(passed) {
  return passed >= 0
    ? t("time.ago", {time: coarse(passed)})
    : t("time.in", {time: coarse(-passed)});
}

function coarse(ms) {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : duration(seconds * 1000);
}

setInterval(() => {
  for (const element of live) {
    if (element.isConnected) {
      show(element);
      element.missed = 0;
    } else if (++element.missed > 3) {
      live.delete(element);
    }
  }
}, 1000);

function living(at, form) {
  const element = el("time", {datetime: new Date(at).toISOString(), title: moment(at, {millis: true})});
  element.shows = {at, form};
  element.missed = 0;
  live.add(element);
  show(element);
  return element;
}

/** "3 s ago", which goes on counting. */
export const ago = (at) => living(at, "ago");

/** "3 s": for how long something lasts, which goes on counting. */
export const since = (at) => living(at, "for");

/** An instant, precisely. */
export function instant(at, options) {
  return el("time", {datetime: new Date(at).toISOString(), title: new Date(at).toISOString()}, moment(at, options));
}
