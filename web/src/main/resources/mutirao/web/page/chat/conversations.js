import {inTab, keepInTab} from "../core/memory.js";
import {setUnread} from "./unread.js";

// What has been said, room by room and person by person, as far as this tab knows.

const MOST_ITEMS = 600;

/**
 * @typedef {{id: string, kind: "message" | "notice" | "task" | "lines", at: number, seq?: number, sender?: string,
 *   text?: string, own?: boolean, status?: "waiting" | "sent" | "failed", why?: string, key?: string, task?: string,
 *   lines?: any[]}} Item
 * @typedef {{id: string, kind: "room" | "direct", name: string, items: Item[], unread: number, lastSeq: number | null,
 *   complete: boolean, known: boolean, draft: string, members: number | null, left: boolean}} Conversation
 */

/** @type {Map<string, Conversation>} */
const all = new Map();
const listeners = new Set();
let current = "room/lobby";
let looking = false;
let nextItem = 1;

export const conversations = () => [...all.values()].filter((each) => !each.left);
export const currentId = () => current;

const fold = (name) => name.normalize("NFC").toLowerCase();
export const idOf = (kind, name) => `${kind}/${fold(name)}`;

/** @param {() => void} listener */
export function onConversations(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function changed() {
  setUnread(conversations().reduce((sum, each) => sum + each.unread, 0));
  listeners.forEach((listener) => listener());
}

/**
 * @param {"room" | "direct"} kind
 * @param {string} name
 * @returns {Conversation}
 */
export function conversation(kind, name) {
  const id = idOf(kind, name);
  let found = all.get(id);
  if (!found) {
    found = {id, kind, name, items: [], unread: 0, lastSeq: null, complete: kind === "direct", known: kind === "direct", draft: inTab("draft/" + id) ?? "", members: null, left: false};
    all.set(id, found);
  }
  return found;
}

export const here = () => all.get(current) ?? conversation("room", "lobby");

/** @param {Conversation} which */
export function turnTo(which) {
  which.left = false;
  current = which.id;
  if (looking) {
    which.unread = 0;
  }
  changed();
}

/** Whether somebody is looking at the chat at all. @param {boolean} yes */
export function lookAtChat(yes) {
  looking = yes;
  if (yes) {
    here().unread = 0;
  }
  changed();
}

/** @param {Conversation} which @param {string} text */
export function keepDraft(which, text) {
  which.draft = text;
  keepInTab("draft/" + which.id, text || null);
}

/**
 * Puts something at the end; a message that is there already, by its number, is not put there twice.
 * @param {Conversation} which
 * @param {Partial<Item> & {kind: Item["kind"]}} item
 * @returns {Item}
 */
export function add(which, item) {
  const made = /** @type {Item} */ ({id: "i" + nextItem++, at: Date.now(), ...item});
  if (made.seq !== undefined && which.kind === "room") {
    const known = which.items.find((each) => each.seq === made.seq);
    if (known) {
      return known;
    }
    which.lastSeq = Math.max(which.lastSeq ?? 0, made.seq);
  }
  which.items.push(made);
  if (which.items.length > MOST_ITEMS) {
    which.items.splice(0, which.items.length - MOST_ITEMS);
    which.complete = false;
  }
  if (made.kind === "message" && !made.own && !(looking && current === which.id && document.visibilityState === "visible")) {
    which.unread++;
  }
  return made;
}

/**
 * What was said before, by the room's own numbers, in front of what is known.
 * @param {Conversation} which
 * @param {{sender: string, message: string, seq: number, timestamp: number}[]} messages oldest first
 * @param {string} me
 */
export function addEarlier(which, messages, me) {
  const known = new Set(which.items.map((item) => item.seq));
  const fresh = messages
    .filter((message) => !known.has(message.seq))
    .map((message) => /** @type {Item} */ ({id: "i" + nextItem++, kind: "message", at: message.timestamp, seq: message.seq, sender: message.sender, text: message.message, own: message.sender === me, status: "sent"}));
  which.items = [...fresh, ...which.items].sort((a, b) => (a.seq !== undefined && b.seq !== undefined ? a.seq - b.seq : a.at - b.at));
  if (messages.length > 0) {
    which.lastSeq = Math.max(which.lastSeq ?? 0, messages.at(-1).seq);
  }
}

/**
 * What was said to one alone, found in the archive.
 * @param {{sender: string, target: string, message: string, timestamp: number}[]} messages
 * @param {string} me
 */
export function addDirects(messages, me) {
  for (const {sender, target, message, timestamp} of messages) {
    const own = fold(sender) === fold(me);
    const which = conversation("direct", own ? target : sender);
    if (!which.items.some((item) => item.at === timestamp && item.sender === sender)) {
      which.items.push({id: "i" + nextItem++, kind: "message", at: timestamp, sender, text: message, own, status: "sent"});
      which.items.sort((a, b) => a.at - b.at);
    }
  }
}

/** @param {Conversation} which @param {Item} item */
export function drop(which, item) {
  which.items = which.items.filter((each) => each !== item);
}

/** What was read last in each room: from there on the server sends again what was missed. */
export function seenOfRooms() {
  const seen = {};
  for (const each of conversations()) {
    if (each.kind === "room" && each.lastSeq !== null) {
      seen[each.name] = each.lastSeq;
    }
  }
  return seen;
}
