import {el, replace} from "../core/dom.js";
import {t} from "../core/language.js";

// One idea at a time, long enough to be read aloud. What happens rarely comes before what happens always.

const WEIGHT = {
  election: 9,
  no_quorum: 10,
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

  function put(concept, values) {
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

  return {
    node,
    /** Something happened that shows an idea. */
    show(concept, values = {}) {
      const now = performance.now();
      if (pinned || concept === shown) {
        return;
      }
      const read = now - since > (shown === "welcome" ? WELCOME_MS : READ_MS);
      if (read || (WEIGHT[concept] >= 8 && weight(concept) > (WEIGHT[shown] ?? 0))) {
        if (read && weight(concept) < 0 && now - since < REST_MS) {
          return;
        }
        put(concept, {...DEFAULTS, ...values});
      }
    },
    /** Stays with one idea; empty: follows what happens. @param {string} concept */
    pin(concept) {
      pinned = concept;
      if (concept) {
        put(concept, DEFAULTS);
      }
    },
  };
}
