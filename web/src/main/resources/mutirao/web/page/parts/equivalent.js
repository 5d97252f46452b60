import {el, replace} from "../core/dom.js";
import {t} from "../core/language.js";
import {who} from "../core/session.js";
import {copyButton} from "./copy.js";

// Each screen says how to do the same without it: on the command line, and by HTTP.

/**
 * One word of a shell command, quoted where it must be.
 * @param {unknown} word
 */
export function quoted(word) {
  const text = String(word);
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** @param {...unknown} words */
export function mutirao(...words) {
  const server = who().port === 5050 && isLocal() ? [] : ["--server", `${location.hostname}:${who().port}`];
  return ["./mutirao", ...words, ...server].map(quoted).join(" ");
}

function isLocal() {
  return ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
}

/**
 * @param {string} method
 * @param {string} path
 * @param {string} [json]
 */
export function curl(method, path, json) {
  const words = ["curl"];
  if (method !== "GET" || json !== undefined) {
    words.push("-X", method);
  }
  let line = words.join(" ");
  if (who().login_required) {
    line += ' -H "Authorization: Bearer $MUTIRAO_TOKEN"';
  }
  if (json !== undefined) {
    line += ` -H 'Content-Type: application/json' -d ${quoted(json)}`;
  }
  return `${line} ${quoted(location.origin + path)}`;
}

/**
 * The disclosure; `lines` is asked anew whenever it opens or `refresh` is called.
 * @param {() => {command?: string | null, http?: string | null}} lines
 */
export function equivalent(lines) {
  const body = el("div", {class: "equivalent-lines"});
  const details = el("details", {class: "equivalent", ontoggle: () => refresh()}, el("summary", {}, t("equivalent.title")), body);

  function line(label, text) {
    return (
      text && [
        el("div", {class: "equivalent-label"}, label),
        el("div", {class: "code-line"}, el("pre", {tabindex: "0", "aria-label": label}, el("code", {}, text)), copyButton(() => text, t("copy.command"))),
      ]
    );
  }

  function refresh() {
    if (details.open) {
      const {command, http} = lines();
      replace(body, line(t("equivalent.command"), command), line(t("equivalent.http"), http));
    }
  }
  return {node: details, refresh};
}
