import {button, el, icon, link, replace, setText} from "../core/dom.js";
import {t} from "../core/language.js";
import {go} from "../core/router.js";
import {may, who} from "../core/session.js";
import {carryOut, COMMAND_NAMES} from "../chat/commands.js";
import {conversation, here, keepDraft, lookAtChat, onConversations, turnTo} from "../chat/conversations.js";
import {messageList} from "../chat/messages.js";
import {chatState, enter, join, keptName, leave, loadHistory, say, takeBack, usualName} from "../chat/session.js";
import {addressOf, sidebar} from "../chat/sidebar.js";
import {note, showFailure} from "../parts/notes.js";
import {equivalent, mutirao, curl} from "../parts/equivalent.js";

export const title = () => t("chat.title");

export function show(main, route) {
  const {kind, name} = route.params;
  if (name && (kind === "room" || kind === "direct")) {
    turnTo(conversation(kind, name));
    if (kind === "room" && chatState().state === "registered" && here().lastSeq === null) {
      join(name).catch((wrong) => note(wrong.message || t("chat.not.now"), "bad"));
    }
  }
  if (chatState().state === "out") {
    const before = keptName();
    if (who().user !== null || before !== null) {
      enter(before ?? "");
    } else {
      return askName(main);
    }
  }
  return chat(main);
}

/** On a server without users everybody says who they are. */
function askName(main) {
  const input = el("input", {id: "chat-name", maxlength: "64", value: usualName(), required: true, autocomplete: "nickname", spellcheck: "false", pattern: "[\\p{L}\\p{N}._\\-]{1,64}", title: t("chat.name.rule")});
  const why = el("div");
  const begin = (event) => {
    event.preventDefault();
    enter(input.value.trim());
    replace(main);
    leaveView = chat(main);
  };
  const state = chatState();
  main.append(el("section", {class: "login panel"}, el("h1", {}, t("chat.title")), el("p", {class: "faint"}, t("chat.about")), el("form", {onsubmit: begin}, el("div", {class: "field"}, el("label", {for: "chat-name"}, t("chat.name")), input), why, button(t("chat.enter"), () => {}, {type: "submit", class: "button main wide"}))));
  if (state.why?.message) {
    showFailure(why, new Error(state.why.message));
  }
  input.focus();
  let leaveView = () => {};
  return () => leaveView();
}

function chat(main) {
  const heading = el("h1", {class: "chat-title"});
  const about = el("span", {class: "faint chat-about"});
  const connection = el("p", {class: "chat-connection", role: "status"});
  const earlier = button(t("chat.earlier"), loadEarlier, {class: "quiet"});
  const messages = messageList({again: (item) => say(here(), item.text)});
  const log = el("div", {class: "chat-log", role: "log", "aria-label": t("chat.messages"), tabindex: "0"}, el("div", {class: "earlier"}, earlier), messages.node);
  const failure = el("div");
  const field = el("textarea", {id: "say", rows: "1", "aria-label": t("chat.say"), placeholder: t("chat.say.hint"), oninput: typed, onkeydown: pressed});
  const form = el("form", {class: "chat-form", onsubmit: send}, failure, el("div", {class: "chat-line"}, field, button("", () => {}, {type: "submit", icon: "send", class: "button main square", label: t("chat.send")})));
  const leaveButton = button(t("chat.leave"), leaveHere, {class: "quiet small", icon: "leave"});
  const side = sidebar({join: enterRoom});
  const back = button(t("chat.side"), () => layout.classList.add("side-open"), {class: "quiet small side-opener", icon: "back"});
  const same = equivalent(() => ({command: mutirao("chat", chatState().me), http: here().kind === "room" ? curl("POST", `/api/rooms/${encodeURIComponent(here().name)}/messages`, JSON.stringify({message: "bom dia"})) : null}));
  const layout = el("div", {class: "chat"}, side.node, el("section", {class: "chat-main", "aria-label": t("chat.conversation")}, el("div", {class: "chat-head"}, back, heading, about, leaveButton), connection, log, may("talk") ? form : el("p", {class: "faint"}, t("chat.readonly")), same.node));
  let shownId = "";
  let atEnd = true;

  main.append(layout);
  log.addEventListener("scroll", () => (atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40), {passive: true});
  side.node.addEventListener("click", (event) => event.target instanceof Element && event.target.closest("a") && layout.classList.remove("side-open"));

  function draw() {
    const state = chatState();
    const which = here();
    if (which.id !== shownId) {
      shownId = which.id;
      atEnd = true;
      field.value = which.draft;
      grow();
      same.refresh();
    }
    setText(heading, (which.kind === "room" ? "# " : "") + which.name);
    setText(about, which.kind === "direct" ? t(state.people.has(which.name) ? "chat.present" : "chat.absent") : t("chat.as", {name: state.me}));
    leaveButton.hidden = which.id === "room/lobby";
    sayState(state);
    earlier.hidden = which.complete || which.kind !== "room" || which.items.length === 0;
    messages.show(which.items);
    side.show();
    if (atEnd) {
      log.scrollTop = log.scrollHeight;
    }
  }

  function sayState({state, why, waiting}) {
    connection.hidden = state === "registered";
    if (state === "refused" || state === "taken" || state === "ended") {
      replace(connection, icon("warning"), el("span", {}, state === "taken" ? t("chat.taken") : t("chat.refused", {why: why?.message ?? why?.reason ?? ""})),
        state === "taken" ? button(t("chat.take.back"), takeBack, {class: "button small"}) : button(t("chat.other.name"), otherName, {class: "button small"}));
    } else if (state !== "registered") {
      replace(connection, el("span", {}, t(state === "lost" ? "chat.lost" : "chat.connecting")), waiting > 0 && el("span", {}, " ", t("chat.kept", {n: waiting})));
    }
  }

  function otherName() {
    stop();
    replace(main);
    askName(main);
  }

  async function send(event) {
    event.preventDefault();
    const text = field.value.trim();
    if (text === "") {
      return;
    }
    try {
      field.value = "";
      keepDraft(here(), "");
      grow();
      atEnd = true;
      const before = here().id;
      await carryOut(text);
      showFailure(failure, null);
      if (here().id !== before) {
        go(addressOf(here().kind, here().name));
      }
    } catch (wrong) {
      if (field.value === "") {
        field.value = text; // Nothing typed is lost.
        keepDraft(here(), text);
      }
      showFailure(failure, wrong.code === "disconnected" ? new Error(t("chat.not.now")) : wrong);
    }
    field.focus();
  }

  function typed() {
    keepDraft(here(), field.value);
    grow();
  }

  function grow() {
    field.style.height = "auto";
    field.style.height = `${Math.min(160, field.scrollHeight + 2)}px`;
  }

  function pressed(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "Tab" && field.value.startsWith("/") && !field.value.includes(" ")) {
      const fitting = COMMAND_NAMES.filter((name) => name.startsWith(field.value));
      if (fitting.length === 1) {
        event.preventDefault();
        field.value = fitting[0] + " ";
        typed();
      }
    }
  }

  async function loadEarlier() {
    const which = here();
    const before = log.scrollHeight - log.scrollTop;
    try {
      await loadHistory(which, which.items.find((item) => item.seq !== undefined)?.seq);
      atEnd = false;
      log.scrollTop = log.scrollHeight - before;
    } catch (wrong) {
      note(wrong.message || t("chat.not.now"), "bad");
    }
  }

  async function enterRoom(name) {
    try {
      await join(name);
      go(addressOf("room", here().name));
    } catch (wrong) {
      note(wrong.message || t("chat.not.now"), "bad");
    }
  }

  async function leaveHere() {
    try {
      await leave(here());
      go("/chat");
    } catch (wrong) {
      note(wrong.message || t("chat.not.now"), "bad");
    }
  }

  lookAtChat(true);
  const seen = () => lookAtChat(document.visibilityState === "visible");
  document.addEventListener("visibilitychange", seen);
  // A lively room changes many times between two pictures.
  let due = 0;
  const stopDrawing = onConversations(() => (due ||= requestAnimationFrame(() => {
    due = 0;
    draw();
  })));
  draw();
  function stop() {
    stopDrawing();
    cancelAnimationFrame(due);
    document.removeEventListener("visibilitychange", seen);
    messages.stop();
    lookAtChat(false);
  }
  return stop;
}
