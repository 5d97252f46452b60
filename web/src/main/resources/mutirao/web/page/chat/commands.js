import {t} from "../core/language.js";
import {parseExact} from "../core/exact-json.js";
import {get, query} from "../core/http.js";
import {BUILT_IN, readNumbers} from "../tasks/params-form.js";
import {add, changed, conversation, conversations, here, turnTo} from "./conversations.js";
import {chatLink, chatState, handIn, join, leave, loadHistory, say} from "./session.js";

// The commands of the command line, in a field of the page.

/** Told to whoever typed it. */
export class Wrong extends Error {}

const COMMANDS = {
  list,
  msg,
  join: joinRoom,
  leave: leaveRoom,
  history,
  workers,
  calculate,
  text,
  results,
  cancel,
  help,
};

export const COMMAND_NAMES = Object.keys(COMMANDS).map((name) => "/" + name);

/**
 * Carries out what was typed: a command, or something to be said.
 * @param {string} typed
 */
export async function carryOut(typed) {
  if (!typed.startsWith("/") || typed.startsWith("//")) {
    if (here().left) {
      throw new Wrong(t("chat.no.room"));
    }
    say(here(), typed.startsWith("//") ? typed.slice(1) : typed);
    return;
  }
  const [, name, rest] = /^\/(\S*)\s*([\s\S]*)$/.exec(typed);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : null;
  if (!command) {
    throw new Wrong(t("chat.unknown.command", {command: "/" + name}));
  }
  await command(rest.trim());
}

function lines(list) {
  add(here(), {kind: "lines", lines: list});
  changed();
}

function list() {
  const names = [...chatState().people].map(([name, role]) => ({name, more: t("role." + role)}));
  lines([t("chat.here", {n: names.length}), ...names]);
}

function msg(rest) {
  const [, name, message] = /^(\S+)\s+([\s\S]+)$/.exec(rest) ?? [];
  if (!message) {
    throw new Wrong(t("chat.usage.msg"));
  }
  const to = conversation("direct", name);
  to.left = false;
  say(to, message);
  turnTo(to);
}

async function joinRoom(rest) {
  if (rest === "") {
    lines([t("chat.rooms", {rooms: conversations().filter((each) => each.kind === "room").map((each) => each.name).join(", ")})]);
    return;
  }
  if (/\s/.test(rest)) {
    throw new Wrong(t("chat.usage.join"));
  }
  await join(rest);
}

async function leaveRoom(rest) {
  const which = rest ? conversation("room", rest) : here();
  await leave(which);
}

async function history() {
  const room = here();
  if (room.kind === "room") {
    const oldest = room.items.find((item) => item.seq !== undefined)?.seq;
    await loadHistory(room, oldest);
  }
}

async function workers() {
  const {workers: all} = await get("/api/workers");
  lines([t("workers.summary", {n: all.length, busy: all.reduce((sum, each) => sum + each.busy, 0), slots: all.reduce((sum, each) => sum + each.slots, 0)}),
    ...all.map((each) => ({name: each.name, more: `${t("workers.load", {busy: each.busy, slots: each.slots})} · ${each.operations.join(", ")}`}))]);
}

function pieces(rest, usage) {
  const found = /^(\S+)\s+(\S+)\s+([\s\S]+)$/.exec(rest);
  if (!found) {
    throw new Wrong(t(usage));
  }
  return found.slice(1);
}

function calculate(rest) {
  const [worker, operation, typed] = pieces(rest, "chat.usage.calculate");
  const {numbers, wrong} = readNumbers(typed);
  if (wrong !== null) {
    throw new Wrong(t("submit.numbers.wrong", {word: wrong}));
  }
  if (BUILT_IN[operation] === "text") {
    throw new Wrong(t("chat.usage.calculate"));
  }
  submit(worker, operation, `{"numbers":[${numbers.join(",")}]}`);
}

function text(rest) {
  const [worker, operation, typed] = pieces(rest, "chat.usage.text");
  submit(worker, operation, JSON.stringify({text: typed}));
}

/** The numbers travel as they were typed: 0.1 stays 0.1, and a long integer keeps its last digit. */
function submit(worker, operation, paramsJson) {
  handIn({operation, worker, params: parseExact(paramsJson)});
}

async function results() {
  const {tasks} = await get("/api/tasks" + query({submitter: chatState().me, limit: 20}));
  if (tasks.length === 0) {
    lines([t("chat.results.none")]);
  }
  tasks.reverse().forEach((task) => add(here(), {kind: "task", task: task.task}));
  changed();
}

async function cancel(rest) {
  if (rest === "" || /\s/.test(rest)) {
    throw new Wrong(t("chat.usage.cancel"));
  }
  const answer = await chatLink()?.request({type: "cancel", task: rest.replace(/^task:/, "")});
  lines([t("cancel.done", {task: answer.task})]);
}

function help() {
  lines(t("chat.help").split("\n").map((line) => {
    const [name, ...more] = line.split(" | ");
    return more.length > 0 ? {name, more: more.join(" | ")} : line;
  }));
}
