import {parseExact, plain} from "./exact-json.js";
import {language, t} from "./language.js";

/** Why a call was refused: the server's own words where it said some. */
export class Refused extends Error {
  /** @param {{status: number, code?: string, detail?: string, title?: string, field?: string, retry_after_ms?: number}} problem */
  constructor(problem) {
    super(problem.detail || problem.title || problem.code || t("failure.status", {status: problem.status}));
    this.status = problem.status;
    this.code = problem.code ?? "";
    this.field = problem.field ?? "";
    this.retryAfterMs = problem.retry_after_ms ?? 0;
  }
}

const whenLoginIsNeeded = new Set();

/** @param {() => void} listener is told when the server no longer knows who is asking */
export function onLoginNeeded(listener) {
  whenLoginIsNeeded.add(listener);
}

/** Fields that are shown as they were sent, digit by digit. */
const EXACT = ["params", "result", "error"];

/**
 * @param {string} method
 * @param {string} path
 * @param {any} [body]
 * @param {{signal?: AbortSignal, exact?: boolean, raw?: string}} [options] raw: a body that is JSON already
 * @returns {Promise<any>}
 */
async function call(method, path, body, options = {}) {
  const headers = {Accept: "application/json", "Accept-Language": language()};
  const text = options.raw ?? (body === undefined ? undefined : JSON.stringify(body));
  if (text !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  let response;
  try {
    response = await fetch(path, {method, headers, body: text, signal: options.signal, credentials: "same-origin"});
  } catch (failure) {
    if (failure.name === "AbortError") {
      throw failure;
    }
    throw new Refused({status: 0, code: "unreachable", detail: t("failure.unreachable")});
  }
  const answer = await response.text();
  if (!response.ok) {
    throw refusal(response.status, answer, path);
  }
  if (answer === "") {
    return null;
  }
  return options.exact ? keepExact(parseExact(answer)) : JSON.parse(answer);
}

function refusal(status, answer, path) {
  let problem = {};
  try {
    problem = JSON.parse(answer);
  } catch {
    // No problem document: the status has to do.
  }
  if (status === 401 && path !== "/api/session") {
    whenLoginIsNeeded.forEach((listener) => listener());
  }
  return new Refused({...problem, status});
}

function keepExact(answer) {
  const kept = plain(answer);
  for (const field of EXACT) {
    if (field in answer) {
      kept[field] = answer[field];
    }
  }
  return kept;
}

/**
 * @param {string} path
 * @param {{signal?: AbortSignal, exact?: boolean}} [options]
 */
export const get = (path, options) => call("GET", path, undefined, options);

/**
 * @param {string} path
 * @param {any} [body]
 * @param {{signal?: AbortSignal, exact?: boolean, raw?: string}} [options]
 */
export const post = (path, body, options) => call("POST", path, body, options);

/** @param {string} path */
export const remove = (path) => call("DELETE", path);

/**
 * A query string of what is not empty.
 * @param {Record<string, string | number | undefined | null>} values
 */
export function query(values) {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== "") {
      parts.set(name, String(value));
    }
  }
  const text = parts.toString();
  return text && "?" + text;
}
