import {on} from "./events.js";

// What the page has heard since it was opened and several views show: the newest figures, the servers, and who led
// them when. Elections are only known from here: the server keeps no list of them.

/** @type {any} */
let latest = null;
/** @type {any} */
let cluster = null;
/** @type {{at: number, term: number, leader: string | null}[]} */
const elections = [];
const listeners = new Set();
const MOST_ELECTIONS = 50;

export const newestFigures = () => latest;
export const newestCluster = () => cluster;
export const electionsSeen = () => elections;

/** @param {() => void} listener is told when figures or servers are new */
export function onNews(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function told() {
  listeners.forEach((listener) => listener());
}

/** @param {any} heard as GET /api/cluster answers */
export function heardCluster(heard) {
  const changed = cluster && (cluster.leader !== heard.leader || cluster.term !== heard.term);
  cluster = heard;
  if (changed) {
    elections.unshift({at: Date.now(), term: heard.term, leader: heard.leader});
    elections.length = Math.min(elections.length, MOST_ELECTIONS);
  }
  told();
}

/** Starts to listen; once, when the page starts. */
export function watchFigures() {
  on("figures", (figures) => {
    latest = figures;
    told();
  });
  on("problems", ({problems}) => {
    if (latest) {
      latest = {...latest, problems};
      told();
    }
  });
  on("cluster", heardCluster);
}
