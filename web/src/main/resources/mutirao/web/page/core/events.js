import {askWho, isShut} from "./session.js";
import {serverSays} from "./clock.js";

// One stream of server-sent events for the whole page. It asks for the topics that somebody listens to, opens itself
// again when it breaks, and says since when what is shown may be old.

const TOPICS = ["figures", "tasks", "people", "messages", "cluster", "problems"];
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
/** Figures come each second; so long without a word means that the line is dead. */
const SILENCE_MS = 12_000;

/** @type {Map<string, Set<(data: any) => void>>} */
const listeners = new Map(TOPICS.map((topic) => [topic, new Set()]));
const stateListeners = new Set();

/** @type {EventSource | null} */
let source = null;
let asked = "";
let heardAt = 0;
let waitMs = FIRST_WAIT_MS;
let reopenTimer = 0;
let dueTimer = 0;
/** @type {{live: boolean, staleSince: number | null, nextTryAt: number | null}} */
let state = {live: false, staleSince: null, nextTryAt: null};

/** Whether events come, and if not since when, and when it is tried again. */
export function streamState() {
  return state;
}

/** @param {() => void} listener */
export function onStream(listener) {
  stateListeners.add(listener);
  return () => stateListeners.delete(listener);
}

/**
 * @param {string} topic
 * @param {(data: any) => void} listener
 * @returns {() => void} stops listening
 */
export function on(topic, listener) {
  listeners.get(topic).add(listener);
  scheduleOpen();
  return () => listeners.get(topic).delete(listener);
}

/** Tries at once, and not when it would have been due. */
export function tryNow() {
  waitMs = FIRST_WAIT_MS;
  open();
}

/** Ends the stream: nobody is logged in. */
export function stopEvents() {
  clearTimeout(reopenTimer);
  source?.close();
  source = null;
  asked = "";
}

function become(next) {
  state = next;
  stateListeners.forEach((listener) => listener());
}

/** Several views start listening in one go: one connection, not one for each. */
function scheduleOpen() {
  clearTimeout(dueTimer);
  dueTimer = setTimeout(() => {
    if (!isShut() && (!source || !covers())) {
      open();
    }
  }, 0);
}

function wanted() {
  return TOPICS.filter((topic) => listeners.get(topic).size > 0);
}

function covers() {
  const have = asked.split(",");
  return wanted().every((topic) => have.includes(topic));
}

function open() {
  clearTimeout(reopenTimer);
  source?.close();
  // What was asked for once stays: going back and forth between views must not reconnect each time.
  asked = TOPICS.filter((topic) => listeners.get(topic).size > 0 || asked.split(",").includes(topic)).join(",");
  const opened = new EventSource("/api/events?topics=" + asked);
  source = opened;
  heardAt = Date.now();
  opened.onopen = () => heard();
  opened.onerror = () => source === opened && broken();
  for (const topic of TOPICS) {
    opened.addEventListener(topic, (event) => {
      if (source === opened) {
        heard();
        tell(topic, event.data);
      }
    });
  }
}

function heard() {
  heardAt = Date.now();
  waitMs = FIRST_WAIT_MS;
  if (!state.live) {
    become({live: true, staleSince: null, nextTryAt: null});
  }
}

function tell(topic, text) {
  const data = JSON.parse(text);
  if (topic === "figures") {
    serverSays(data.at);
  }
  listeners.get(topic).forEach((listener) => listener(data));
}

function broken() {
  source?.close();
  source = null;
  const wait = waitMs * (0.8 + 0.4 * Math.random());
  waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  become({live: false, staleSince: state.staleSince ?? heardAt, nextTryAt: Date.now() + wait});
  clearTimeout(reopenTimer);
  reopenTimer = setTimeout(again, wait);
}

async function again() {
  try {
    await askWho();
    if (!isShut()) {
      open();
    }
  } catch {
    broken();
  }
}

setInterval(() => {
  if (source && state.live && Date.now() - heardAt > SILENCE_MS) {
    broken();
  }
}, 2000);
window.addEventListener("online", () => !state.live && source === null && asked && tryNow());

/**
 * Calls at most once in `ms`, the last time included: many changes make one look.
 * @param {number | (() => number)} ms
 * @param {() => void} action
 */
export function calmly(ms, action) {
  let timer = 0;
  let last = 0;
  const calm = () => {
    if (timer) {
      return;
    }
    timer = setTimeout(
      () => {
        timer = 0;
        last = Date.now();
        action();
      },
      Math.max(0, last + (typeof ms === "function" ? ms() : ms) - Date.now()),
    );
  };
  calm.stop = () => {
    clearTimeout(timer);
    timer = 0;
  };
  return calm;
}
