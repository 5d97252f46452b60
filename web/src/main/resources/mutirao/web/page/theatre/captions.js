import {el, replace} from "../core/dom.js";
import {t} from "../core/language.js";

// One idea at a time, long enough to be read aloud. What happens rarely comes before what happens always.

const WEIGHT = {
  no_quorum: 9,
  leaderless: 9,
  election: 9,
  death: 9,
  catching_up: 8,
  fencing: 8,
  retry: 7,
  failed: 6,
  leaving: 5,
  waiting: 4,
  presence: 4,
  ordering: 4,
  balancing: 3,
  quorum: 2,
  once: 2,
  log: 2,
  disk: 2,
  welcome: 0,
};
const READ_MS = 8000;
const WELCOME_MS = 4000;
/** So much news does not wait until what is there was read; it only leaves it a glimpse. */
const URGENT = 8;
const GLIMPSE_MS = 2500;
/** An idea that was just explained lets the others have their turn. */
const REST_MS = 30_000;

/** All ideas, for whoever wants to talk about one of them. */
export const CONCEPTS = ["log", "quorum", "election", "ordering", "balancing", "retry", "fencing", "once"];

export function captions() {
  const heading = el("h2", {class: "caption-title"});
  const text = el("p", {class: "caption-text"});
  const node = el("section", {class: "caption", "aria-label": t("theatre.caption")}, heading, text);
  /** @type {Map<string, number>} */
  const explained = new Map();
  let shown = "";
  let since = -READ_MS;
  let pinned = "";
  let held = "";
  let soon = 0;
  /** @type {{concept: string, values: object}[]} */
  let news = [];

  function put(concept, values = DEFAULTS) {
    shown = concept;
    since = performance.now();
    explained.set(concept, since);
    node.dataset.concept = concept;
    replace(heading, t(`concept.${concept}.title`, values));
    replace(text, t(`concept.${concept}`, values));
  }

  function weight(concept) {
    const last = explained.get(concept);
    const rested = last === undefined || performance.now() - last > REST_MS;
    return (WEIGHT[concept] ?? 1) - (rested ? 0 : 5);
  }

  const DEFAULTS = {worker: "–", attempt: 2, who: "–", room: "lobby", operation: "–", node: "–", term: "–"};

  /** News waits until what came just before was seen; none is passed over for a later one. */
  function interrupt(concept, values) {
    news = [...news.filter((one) => one.concept !== concept), {concept, values}];
    tellNews();
  }

  function tellNews() {
    clearTimeout(soon);
    soon = 0;
    if (pinned) {
      news = [];
    }
    const wait = WEIGHT[shown] >= URGENT ? since + GLIMPSE_MS - performance.now() : 0;
    if (news.length > 0 && wait <= 0) {
      const [{concept, values}, ...others] = news;
      news = others;
      put(concept, values);
    }
    if (news.length > 0) {
      soon = setTimeout(tellNews, Math.max(wait, 0) || GLIMPSE_MS);
    }
  }

  function happens(concept, given) {
    const values = {...DEFAULTS, ...given};
    if (pinned || (concept === shown && (WEIGHT[concept] < URGENT || heading.textContent === t(`concept.${concept}.title`, values)))) {
      return;
    }
    if (WEIGHT[concept] >= URGENT) {
      interrupt(concept, values);
      return;
    }
    const age = performance.now() - since;
    const read = age > (shown === "welcome" ? WELCOME_MS : READ_MS);
    if (!soon && !held && read && (weight(concept) >= 0 || age > REST_MS)) {
      put(concept, values);
    }
  }

  return {
    node,
    /** Something happened that shows an idea. */
    show: happens,
    /** As long as this lasts, nothing usual is explained; empty: it is over. @param {string} concept */
    hold(concept) {
      const interrupted = concept !== shown && performance.now() - since > GLIMPSE_MS;
      if (concept && (concept !== held || interrupted)) {
        happens(concept);
      }
      if (held !== concept) {
        news = news.filter((one) => one.concept !== held);
      }
      held = concept;
    },
    /** Stays with one idea; empty: follows what happens. @param {string} concept */
    pin(concept) {
      pinned = concept;
      if (concept) {
        put(concept, DEFAULTS);
      }
    },
    stop: () => clearTimeout(soon),
  };
}
