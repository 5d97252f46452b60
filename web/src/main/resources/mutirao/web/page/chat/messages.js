import {button, el, keyed, link, replace} from "../core/dom.js";
import {t} from "../core/language.js";
import {instant, moment} from "../core/clock.js";
import {taskCard} from "../tasks/follow.js";

// Messages as they are shown. A task that is named in one, `task:ID`, gets a card that follows it.

const TASK = /\btask:([0-9A-Za-z_-]{1,64})/g;
const ADDRESS = /https?:\/\/[^\s<>"'`]{1,500}/g;
const MOST_CARDS = 3;

/** Text with its links and tasks; everything is text until it is known to be one of the two. */
function rich(text) {
  const parts = [];
  let from = 0;
  const found = [...text.matchAll(TASK), ...text.matchAll(ADDRESS)].sort((a, b) => a.index - b.index);
  for (const match of found) {
    if (match.index < from) {
      continue;
    }
    parts.push(text.slice(from, match.index));
    parts.push(
      match[0].startsWith("task:")
        ? link("/tasks/" + encodeURIComponent(match[1]), {class: "id"}, match[0])
        : el("a", {href: match[0], target: "_blank", rel: "noopener noreferrer nofollow"}, match[0]),
    );
    from = match.index + match[0].length;
  }
  parts.push(text.slice(from));
  return parts;
}

/**
 * @param {{again: (item: any) => void}} actions
 */
export function messageList(actions) {
  const node = el("ol", {class: "messages"});
  /** @type {Map<string, {node: Element, stop: () => void}[]>} */
  const cards = new Map();

  function cardsOf(item) {
    const ids = item.kind === "task" ? [item.task] : [...new Set([...(item.text ?? "").matchAll(TASK)].map((match) => match[1]))].slice(0, MOST_CARDS);
    const made = ids.map((id) => taskCard(id));
    cards.set(item.id, made);
    return made.map((card) => card.node);
  }

  function forget(id) {
    cards.get(id)?.forEach((card) => card.stop());
    cards.delete(id);
  }

  function body(item) {
    if (item.kind === "lines") {
      return el("ul", {class: "said-lines"}, item.lines.map((line) => (typeof line === "string" ? el("li", {}, line) : el("li", {}, el("b", {}, line.name), " ", el("span", {class: "faint"}, line.more)))));
    }
    if (item.kind === "notice") {
      return el("p", {class: "faint"}, item.text);
    }
    return [item.kind === "message" && el("p", {class: "said", dir: "auto"}, rich(item.text)), cardsOf(item)];
  }

  function make(item) {
    const shown = el("li", {class: "message " + item.kind + (item.own ? " own" : "")});
    draw(shown, item);
    return shown;
  }

  function draw(shown, item) {
    const version = `${item.kind} ${item.status} ${item.task} ${item.sender} ${item.at} ${item.follows}`;
    if (shown.version === version) {
      return;
    }
    shown.version = version;
    forget(item.id);
    shown.classList.toggle("follows", item.follows);
    shown.classList.toggle("task", item.kind === "task");
    replace(
      shown,
      item.sender && !item.follows && el("div", {class: "message-head"}, el("b", {class: "sender"}, item.sender), instant(item.at)),
      !item.sender && el("div", {class: "message-head"}, instant(item.at)),
      body(item),
      item.status === "waiting" && el("p", {class: "sending"}, t("chat.waiting")),
      item.status === "failed" && el("p", {class: "bad"}, t("chat.not.sent", {why: item.why ?? ""}), " ", button(t("chat.again"), () => actions.again(item), {class: "quiet small"})),
    );
    shown.title = item.at ? moment(item.at) : "";
  }

  return {
    node,
    /** @param {any[]} items */
    show(items) {
      let before = null;
      for (const item of items) {
        item.follows = Boolean(item.sender && before?.sender === item.sender && item.at - before.at < 180_000 && before.kind === "message" && item.kind === "message");
        before = item;
      }
      const present = new Set(items.map((item) => item.id));
      [...cards.keys()].filter((id) => !present.has(id)).forEach(forget);
      keyed(node, items, (item) => item.id, make, draw);
    },
    stop: () => [...cards.keys()].forEach(forget),
  };
}
