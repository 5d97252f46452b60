import {get, query} from "../core/http.js";
import {may} from "../core/session.js";

export const PAGE = 50;
/** So long without enough rows, and a person is asked whether to go on. A million tasks are through in less. */
const PATIENCE_MS = 3000;

function patience() {
  const end = performance.now() + PATIENCE_MS;
  return () => performance.now() < end;
}

/**
 * One page of the list. A server that filters a million tasks answers in parts: short or empty ones are followed up.
 * @param {Record<string, string>} filters
 * @param {string | null} cursor
 * @param {AbortSignal} signal
 * @returns {Promise<{tasks: any[], next: string | null}>}
 */
export async function listPage(filters, cursor, signal, limit = PAGE) {
  const {state, operation, submitter, worker} = filters;
  const tasks = [];
  let next = cursor;
  for (const patient = patience(); patient() && tasks.length < limit;) {
    const answer = await get("/api/tasks" + query({state, operation, submitter, worker, limit: limit - tasks.length, before: next}), {signal});
    tasks.push(...answer.tasks);
    next = answer.next;
    if (next === null) {
      break;
    }
  }
  return {tasks, next};
}

/**
 * One page of what the archive finds: tasks that have ended, one's own or, for an admin as in the list, anybody's.
 * @param {Record<string, string>} filters
 * @param {string | null} cursor
 * @param {AbortSignal} signal
 * @returns {Promise<{tasks: any[], next: string | null, gaps: any[]}>}
 */
export async function searchPage(filters, cursor, signal) {
  const tasks = [];
  let next = cursor;
  let gaps = [];
  for (const patient = patience(); patient() && tasks.length < PAGE;) {
    const answer = await get(
      "/api/history" +
        query({...searched(filters), limit: PAGE - tasks.length, cursor: next}),
      {signal},
    );
    tasks.push(...answer.found.filter((row) => row.kind === "task" && isWanted(row, filters)));
    gaps = answer.gaps ?? gaps;
    next = answer.next ?? null;
    if (next === null) {
      break;
    }
  }
  return {tasks, next, gaps};
}

/**
 * What the archive is asked for.
 * @param {Record<string, string>} filters
 */
export function searched({words, operation, submitter, worker}) {
  return {kind: "task", words, operation, by: submitter || worker, any: may("administer") ? "true" : ""};
}

/** What the archive does not narrow down itself: states, and of the people which one did what. */
function isWanted(row, {state, submitter, worker}) {
  return (!state || row.state === state) && isCalled(row.submitter, submitter) && isCalled(row.worker, worker);
}

function isCalled(name, wanted) {
  return !wanted || (name ?? "").toLowerCase() === wanted.toLowerCase();
}
