import {button, el} from "../core/dom.js";
import {t} from "../core/language.js";
import {duration} from "../core/clock.js";
import {isShut, login, who} from "../core/session.js";
import {tryNow} from "../core/events.js";
import {go} from "../core/router.js";
import {showFailure} from "../parts/notes.js";

export const title = () => t("login.title");

/** Only a place of this page: an address that somebody sent must not lead elsewhere. */
function target(route) {
  const to = route.query.get("to") ?? "/";
  return /^\/(?![/\\])/.test(to) && !to.startsWith("/login") ? to : "/";
}

export function show(main, route) {
  if (!isShut()) {
    go(target(route), {replace: true});
    return;
  }
  const failure = el("div", {class: "failure-place"});
  const user = el("input", {id: "login-user", name: "username", autocomplete: "username", autocapitalize: "none", spellcheck: "false", required: true});
  const password = el("input", {id: "login-password", name: "password", type: "password", autocomplete: "current-password", required: true});
  const submit = button(t("login.go"), () => {}, {class: "button main wide", type: "submit"});

  async function enter(event) {
    event.preventDefault();
    submit.setAttribute("disabled", "");
    try {
      await login(user.value.trim(), password.value);
      showFailure(failure, null);
      tryNow();
      go(target(route), {replace: true});
    } catch (refused) {
      showFailure(failure, refused.status === 429 ? new Error(t("login.wait", {time: duration(refused.retryAfterMs)})) : refused.status === 401 ? new Error(t("login.wrong")) : refused);
      password.value = "";
      password.focus();
    } finally {
      submit.removeAttribute("disabled");
    }
  }

  main.append(
    el(
      "section",
      {class: "login panel"},
      el("h1", {}, t("login.title")),
      el("p", {class: "faint"}, t("login.about", {server: location.host})),
      el("form", {onsubmit: enter},
        el("div", {class: "field"}, el("label", {for: "login-user"}, t("login.user")), user),
        el("div", {class: "field"}, el("label", {for: "login-password"}, t("login.password")), password),
        failure,
        submit),
      who().join && el("p", {class: "faint"}, el("a", {href: "/join"}, t("login.join"))),
    ),
  );
  user.focus();
}
