import {button, el, keyed, link, replace, setText} from "../core/dom.js";
import {t} from "../core/language.js";
import {get} from "../core/http.js";
import {conversations, currentId, idOf} from "./conversations.js";
import {chatState} from "./session.js";

const MOST_PEOPLE = 200;

/** The address of a conversation in this page; a dot in it would ask the server for a file. */
export function addressOf(kind, name) {
  return `/chat/${kind}/${encodeURIComponent(name).replaceAll(".", "%2E")}`;
}

/**
 * Rooms, direct conversations, people; and a field to enter another room.
 * @param {{join: (room: string) => void}} actions
 */
export function sidebar(actions) {
  const rooms = el("ul", {class: "side-list"});
  const directs = el("ul", {class: "side-list"});
  const people = el("ul", {class: "side-list people"});
  const others = el("datalist", {id: "rooms-there"});
  const heading = el("h2", {}, t("chat.people"));
  const room = el("input", {id: "join-room", list: "rooms-there", maxlength: "64", autocomplete: "off", autocapitalize: "none", spellcheck: "false", placeholder: t("chat.join.hint"), "aria-label": t("chat.join")});
  const form = el("form", {class: "join-room", onsubmit: (event) => {
    event.preventDefault();
    const name = room.value.trim();
    if (name) {
      room.value = "";
      actions.join(name);
    }
  }}, room, others, button("", () => {}, {type: "submit", icon: "plus", class: "button square", label: t("chat.join")}));

  const directTitle = el("h2", {}, t("chat.directs"));
  const node = el("aside", {class: "chat-side", "aria-label": t("chat.side")}, el("h2", {}, t("chat.rooms.title")), rooms, form, directTitle, directs, heading, people);

  function entry(each) {
    const shown = el("li", {}, link(addressOf(each.kind, each.name), {class: "side-entry"}, el("span", {class: "side-name"}, (each.kind === "room" ? "# " : "") + each.name), el("span", {class: "unread"})));
    update(shown, each);
    return shown;
  }

  function update(shown, each) {
    const anchor = shown.firstElementChild;
    const mark = anchor.lastElementChild;
    anchor.toggleAttribute("aria-current", each.id === currentId());
    if (each.id === currentId()) {
      anchor.setAttribute("aria-current", "page");
    }
    mark.hidden = each.unread === 0;
    setText(mark, each.unread > 99 ? "99+" : each.unread);
    mark.setAttribute("aria-label", t("chat.unread", {n: each.unread}));
  }

  async function offerRooms() {
    try {
      const answer = await get("/api/rooms");
      replace(others, answer.rooms.map((each) => el("option", {value: each.name}, t("chat.members", {n: each.members}))));
    } catch {
      // Any name can be typed.
    }
  }
  room.addEventListener("focus", offerRooms);

  return {
    node,
    show() {
      const all = conversations();
      keyed(rooms, all.filter((each) => each.kind === "room"), (each) => each.id, entry, update);
      const direct = all.filter((each) => each.kind === "direct");
      directTitle.hidden = direct.length === 0;
      keyed(directs, direct, (each) => each.id, entry, update);
      const {people: present, me} = chatState();
      setText(heading, t("chat.people.n", {n: present.size}));
      const listed = [...present].sort(([a, roleA], [b, roleB]) => (roleA === "worker" ? 1 : 0) - (roleB === "worker" ? 1 : 0) || a.localeCompare(b)).slice(0, MOST_PEOPLE);
      keyed(people, listed, ([name, role]) => name + " " + role, ([name, role]) => el("li", {}, link(addressOf("direct", name), {class: "side-entry person-" + role}, el("span", {class: "presence"}), el("span", {class: "side-name"}, name), el("span", {class: "faint"}, idOf("direct", name) === idOf("direct", me) ? t("chat.you") : role === "client" ? "" : t("role." + role)))), () => {});
    },
  };
}
