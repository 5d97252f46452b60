import {el, link} from "../core/dom.js";
import {t} from "../core/language.js";

export const title = () => t("missing.title");

export function show(main, route) {
  main.append(
    el("section", {class: "notice"}, el("h1", {}, t("missing.title")), el("p", {}, t("missing.text", {path: route.path})), link("/", {}, t("missing.home"))),
  );
}
