import {Link} from "../core/link.js";
import {parseExact, writeExact} from "../core/exact-json.js";
import {t} from "../core/language.js";
import {who} from "../core/session.js";
import {inTab, keepInTab, remember, remembered} from "../core/memory.js";
import {add, addDirects, addEarlier, changed, conversation, conversations, drop, here, idOf, seenOfRooms, turnTo} from "./conversations.js";

// One person's session in the chat. It begins when the chat is first opened and lasts as long as the tab, whatever
// view is shown. What was typed while there was no connection is kept, with a key, and sent once there is one: the
// server delivers no key twice.

const HISTORY = 50;
const MOST_FOUND = 200;

/** @type {Link | null} */
let link = null;
/** @type {Map<string, string>} names and roles of who is here */
const people = new Map();
/** @type {{key: string, frame: any, to: string, item: any}[]} */
let outbox = [];
let lastDirect = 0;
let state = "out";
let why = /** @type {any} */ (null);
let me = "";
/** Whose earlier directs are known. */
let directsFor = "";

export const chatState = () => ({state, why, me, people, waiting: outbox.length, retryAt: link?.retryAt ?? 0});
export const chatLink = () => link;

/** The name to begin with: the user's own, else the last one used here. */
export function usualName() {
  return who().user ?? remembered("name") ?? "";
}

/** As whom this tab was in the chat before it was loaded anew; null: it was not. */
export function keptName() {
  return inTab("chat")?.name ?? null;
}

/**
 * Enters the chat.
 * @param {string} name
 */
export function enter(name) {
  link?.stop();
  me = name;
  remember("name", name);
  const kept = inTab("chat");
  const resume = kept && kept.name === name ? kept.resume : null;
  restoreOutbox();
  link = new Link({
    register: () => (me ? {name: me, role: "client"} : {role: "client"}),
    seen: () => ({...seenOfRooms(), "@": lastDirect}),
    resume,
    onRegistered: registered,
    onFrame: receive,
    onState(next, reason) {
      state = next;
      why = reason ?? null;
      changed();
    },
  });
  link.start();
}

/** Leaves the chat for good. */
export function leaveChat() {
  link?.quit();
  link = null;
  state = "out";
  keepInTab("chat", null);
  changed();
}

/** Goes on here where another tab had taken the session over. */
export function takeBack() {
  link?.open();
}

function registered(frame, resumed) {
  me = frame.name;
  keepInTab("chat", {name: me, resume: frame.resume});
  if (!resumed) {
    lastDirect = 0;
    const rooms = conversations().filter((each) => each.kind === "room" && !(each.name in frame.rooms));
    rooms.forEach((room) => joinQuietly(room.name));
  }
  for (const [name, seq] of Object.entries(frame.rooms)) {
    const room = conversation("room", name);
    room.lastSeq ??= seq;
    if (!room.known || !resumed) {
      loadHistory(room).catch(laterAgain);
    }
  }
  if (directsFor !== me) {
    loadDirects().catch(laterAgain);
  }
  link.send({type: "status"});
  outbox.forEach(push);
}

/** What was said to one alone before this page was loaded, as far as the archive has it. */
async function loadDirects() {
  const asked = [{by: me}, {}].map((more) => link.request({type: "search", kind: "message", limit: MOST_FOUND, ...more}));
  for (const {found} of await Promise.all(asked)) {
    addDirects(found.filter((row) => row.target !== undefined), me);
  }
  directsFor = me;
  changed();
}

/** A line that broke meanwhile: the next one asks anew. */
function laterAgain() {}

async function joinQuietly(name) {
  try {
    const joined = await link.request({type: "join", room: name});
    const room = conversation("room", joined.room);
    room.members = joined.members.length;
    room.lastSeq ??= joined.seq;
    await loadHistory(room);
  } catch {
    // It can be joined by hand.
  }
}

/** @param {import("./conversations.js").Conversation} room @param {number} [before] */
export async function loadHistory(room, before) {
  const {messages} = await link.request({type: "history", room: room.name, limit: HISTORY, ...(before ? {before_seq: before} : {})});
  addEarlier(room, messages, me);
  room.known = true;
  if (messages.length < HISTORY) {
    room.complete = true;
  }
  changed();
  return messages.length;
}

const RECEIVED = {
  broadcast(frame) {
    const room = conversation("room", frame.room);
    if (frame.ref === undefined || !outbox.some((entry) => entry.ref === frame.ref)) {
      add(room, {kind: "message", sender: frame.sender, text: frame.message, seq: frame.seq, at: frame.timestamp, own: frame.sender === me, status: "sent"});
    }
    room.lastSeq = Math.max(room.lastSeq ?? 0, frame.seq);
  },
  direct(frame) {
    lastDirect = Math.max(lastDirect, frame.seq);
    add(conversation("direct", frame.sender), {kind: "message", sender: frame.sender, text: frame.message, at: frame.timestamp});
  },
  client_list(frame) {
    people.clear();
    frame.details.forEach((each) => people.set(each.name, each.role));
  },
  system(frame) {
    if (frame.event === "joined") {
      people.set(frame.name, frame.role);
    } else if (frame.event === "left") {
      people.delete(frame.name);
    } else if (frame.room) {
      add(conversation("room", frame.room), {kind: "notice", text: frame.message, at: frame.timestamp});
    }
  },
  gap(frame) {
    add(conversation("room", frame.room), {kind: "notice", text: t("chat.gap", {n: frame.to_seq - frame.from_seq + 1})});
  },
  result(frame) {
    const known = conversations().some((each) => each.items.some((item) => item.task === frame.task));
    if (!known) {
      add(here(), {kind: "task", task: frame.task});
    }
  },
};

function receive(frame) {
  RECEIVED[frame.type]?.(frame);
  changed();
}

// What is to be sent ------------------------------------------------------------------------------------------------

function keepOutbox() {
  keepInTab("outbox", outbox.length === 0 ? null : outbox.map(({key, frame, to}) => ({key, to, frame: writeExact(frame)})));
}

/** After a reload: what had not been confirmed goes out again, with the same keys. */
function restoreOutbox() {
  if (outbox.length > 0) {
    return;
  }
  outbox = (inTab("outbox") ?? []).map(({key, to, frame: written}) => {
    const frame = parseExact(written);
    const [kind, ...name] = to.split("/");
    return {key, frame, to, item: add(conversation(kind, frame.room ?? frame.target ?? name.join("/")), {kind: "message", sender: me, text: frame.message ?? frame.operation, own: true, status: "waiting", key})};
  });
}

function randomKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return "web-" + Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {import("./conversations.js").Conversation} to
 * @param {any} frame
 * @param {any} item what stands for it in the conversation meanwhile
 */
function enqueue(to, frame, item) {
  const key = randomKey();
  const entry = {key, frame: {...frame, key}, to: to.id, item: add(to, {...item, own: true, status: "waiting", key, sender: me})};
  outbox.push(entry);
  keepOutbox();
  changed();
  if (state === "registered") {
    push(entry);
  }
}

async function push(entry) {
  try {
    const waiting = link.request(entry.frame);
    entry.ref = link.nextRef - 1;
    settle(entry, await waiting);
  } catch (failure) {
    if (failure.code === "disconnected") {
      return; // It stays, and goes out again when there is a connection.
    }
    entry.item.status = "failed";
    entry.item.why = failure.message;
    forget(entry);
  }
  changed();
}

function settle(entry, answer) {
  const {item} = entry;
  item.status = "sent";
  item.sender = me;
  if (answer.type === "accepted") {
    Object.assign(item, {kind: "task", task: answer.task});
  }
  if (answer.timestamp) {
    item.at = answer.timestamp;
  }
  if (entry.frame.type === "broadcast") {
    const room = conversation("room", answer.room);
    const twin = room.items.find((each) => each !== item && each.seq === answer.seq);
    if (twin) {
      drop(room, item); // It had arrived before the line broke.
    } else {
      item.seq = answer.seq;
      room.items.sort((a, b) => (a.seq !== undefined && b.seq !== undefined ? a.seq - b.seq : 0));
    }
  }
  forget(entry);
}

function forget(entry) {
  outbox = outbox.filter((each) => each !== entry);
  keepOutbox();
}

/** @param {import("./conversations.js").Conversation} to @param {string} text */
export function say(to, text) {
  const frame = to.kind === "room" ? {type: "broadcast", room: to.name, message: text} : {type: "direct", target: to.name, message: text};
  enqueue(to, frame, {kind: "message", text});
}

/** Hands a task in; its card stands where it was asked for. @param {any} submit */
export function handIn(submit) {
  const {worker} = submit;
  enqueue(here(), {type: "submit", quiet: true, ...submit, worker: worker === "any" ? undefined : worker}, {kind: "message", text: `${submit.operation} …`});
}

/** @param {string} name */
export async function join(name) {
  const joined = await link.request({type: "join", room: name});
  const room = conversation("room", joined.room);
  room.members = joined.members.length;
  room.lastSeq ??= joined.seq;
  turnTo(room);
  await loadHistory(room);
}

/** @param {import("./conversations.js").Conversation} which */
export async function leave(which) {
  if (which.kind === "room") {
    await link.request({type: "leave", room: which.name});
  }
  which.left = true;
  if (idOf(which.kind, which.name) === here().id) {
    turnTo(conversations().find((each) => each.kind === "room") ?? conversation("room", "lobby"));
  }
  changed();
}
