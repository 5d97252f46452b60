import {get, post, remove} from "./http.js";

/**
 * Who is asking, and what this server is.
 * @typedef {{login_required: boolean, user: string | null, role: string | null, node: string, server: string,
 *   port: number, join: boolean, stage_controls: boolean}} Session
 */

/** @type {Session} */
let session = {
  login_required: false,
  user: null,
  role: null,
  node: "",
  server: "",
  port: 5050,
  join: false,
  stage_controls: false,
};
const listeners = new Set();

/** What each role may do here; the server decides, this only hides what it would refuse. */
const MAY = {
  admin: new Set(["look", "read", "see", "talk", "submit", "work", "administer"]),
  member: new Set(["look", "read", "see", "talk", "submit"]),
  viewer: new Set(["look", "read", "see"]),
  worker: new Set(["look", "work"]),
};

export function who() {
  return session;
}

/**
 * @param {"look" | "read" | "see" | "talk" | "submit" | "work" | "administer"} action
 */
export function may(action) {
  return MAY[session.role ?? ""]?.has(action) ?? false;
}

/** Whether somebody has to log in before there is anything to see. */
export function isShut() {
  return session.login_required && session.role === null;
}

/** @param {() => void} listener */
export function onSession(listener) {
  listeners.add(listener);
}

function become(next) {
  const changed = JSON.stringify(next) !== JSON.stringify(session);
  session = next;
  if (changed) {
    listeners.forEach((listener) => listener());
  }
}

/** Asks the server who this is. */
export async function askWho() {
  become(await get("/api/session"));
  return session;
}

/**
 * @param {string} username
 * @param {string} password
 */
export async function login(username, password) {
  become(await post("/api/session", {username, password}));
}

export async function logout() {
  await remove("/api/session");
  await askWho();
}
