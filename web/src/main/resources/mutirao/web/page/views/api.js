import {el} from "../core/dom.js";
import {t} from "../core/language.js";
import {get} from "../core/http.js";
import {curl} from "../parts/equivalent.js";
import {copyButton} from "../parts/copy.js";
import {showFailure} from "../parts/notes.js";

// The HTTP API as its own document describes it. The document speaks English; what stands around it, the reader's
// language.

export const title = () => t("api.title");

const METHODS = ["get", "post", "put", "patch", "delete"];
const DEEPEST = 4;

export function show(main) {
  const failure = el("div");
  const body = el("div", {class: "api"});
  main.append(
    el("div", {class: "head"}, el("h1", {}, t("api.title")), el("a", {href: "/api/openapi.json", class: "faint"}, "openapi.json")),
    failure,
    body,
  );
  get("/api/openapi.json").then((document_) => body.append(...describe(document_)), (refused) => showFailure(failure, refused));
}

function describe(given) {
  const look = resolver(given);
  const calls = Object.entries(given.paths ?? {}).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => ({path, method, shared: item.parameters ?? [], ...item[method]})));
  const tags = given.tags ?? [];
  const named = new Set(tags.map((tag) => tag.name));
  const groups = [...tags, {name: ""}].map((tag) => ({tag, calls: calls.filter((call) => (tag.name ? call.tags?.includes(tag.name) : !call.tags?.some((name) => named.has(name))))}));
  return [
    given.info?.description && el("div", {class: "api-about", lang: "en"}, paragraphs(given.info.description)),
    ...groups.filter((group) => group.calls.length > 0).map((group) =>
      el("section", {class: "panel api-group"},
        el("h2", {lang: "en"}, group.tag.name || t("api.others"), " ", el("span", {class: "faint api-group-about"}, group.tag.description ?? "")),
        group.calls.map((call) => callNode(call, look)))),
    calls.length === 0 && el("p", {class: "faint"}, t("api.none")),
  ].filter(Boolean);
}

/** Follows references inside the document. */
function resolver(given) {
  return (value) => {
    let found = value;
    for (let hops = 0; found?.$ref && hops < 9; hops++) {
      found = found.$ref.replace(/^#\//, "").split("/").reduce((at, part) => at?.[part.replaceAll("~1", "/").replaceAll("~0", "~")], given);
    }
    return found ?? {};
  };
}

/** Text with `code` in it, a paragraph for each. */
function paragraphs(text) {
  return String(text).split("\n\n").map((each) => el("p", {}, words(each)));
}

const words = (text) => String(text ?? "").split("`").map((part, i) => (i % 2 ? el("code", {}, part) : part));

function callNode(call, look) {
  const parameters = [...call.shared, ...(call.parameters ?? [])].map(look);
  const sent = look(call.requestBody);
  const media = Object.entries(sent.content ?? {})[0];
  return el("details", {class: "api-call"},
    el("summary", {}, el("span", {class: "api-method api-" + call.method}, call.method.toUpperCase()), el("code", {class: "api-path"}, call.path), el("span", {class: "faint", lang: "en"}, call.summary ?? "")),
    el("div", {class: "api-body", lang: "en"},
      call.description && paragraphs(call.description),
      example(call, parameters, media?.[1]),
      parameters.length > 0 && part(t("api.parameters"), fields(parameters.map((each) => ({name: each.name, where: each.in, required: each.required, about: each.description, schema: look(each.schema)})), look)),
      media && part(t("api.body"), schemaNode(look(media[1].schema), look)),
      part(t("api.answers"), Object.entries(call.responses ?? {}).map(([status, response]) => answer(status, look(response), look)))));
}

const part = (name, ...children) => [el("h3", {}, name), ...children];

function example(call, parameters, media) {
  const query = parameters.filter((each) => each.in === "query" && each.example !== undefined).map((each) => `${each.name}=${encodeURIComponent(each.example)}`);
  const path = call.path.replace(/\{(\w+)\}/g, (whole, name) => parameters.find((each) => each.name === name)?.example ?? whole) + (query.length > 0 ? "?" + query.join("&") : "");
  const sent = media?.example ?? Object.values(media?.examples ?? {})[0]?.value;
  const line = curl(call.method.toUpperCase(), path, sent === undefined ? undefined : JSON.stringify(sent));
  return el("div", {class: "code-line"}, el("pre", {tabindex: "0", "aria-label": "curl"}, el("code", {}, line)), copyButton(() => line, t("copy.command")));
}

function answer(status, response, look) {
  const content = Object.entries(response.content ?? {})[0];
  const schema = content && look(content[1].schema);
  const head = [el("b", {class: "api-status"}, status), " ", words(response.description ?? "")];
  return schema?.properties || schema?.items
    ? el("details", {class: "api-answer"}, el("summary", {}, head), schemaNode(schema, look))
    : el("p", {class: "api-answer"}, head);
}

function schemaNode(schema, look, depth = 0) {
  const of = schema.items ? look(schema.items) : schema;
  const properties = Object.entries(of.properties ?? {});
  if (properties.length === 0) {
    return el("p", {class: "faint"}, kind(schema, look), " ", words(schema.description ?? ""));
  }
  return fields(properties.map(([name, given]) => {
    const property = look(given);
    return {name, required: of.required?.includes(name), about: given.description ?? property.description, schema: property};
  }), look, depth);
}

function fields(list, look, depth = 0) {
  return el("dl", {class: "api-fields"}, list.map((field) => {
    const inner = field.schema?.items ? look(field.schema.items) : field.schema;
    return el("div", {class: "api-field"},
      el("dt", {}, el("code", {}, field.name), field.required && el("span", {class: "api-required"}, t("api.required"))),
      el("dd", {}, el("span", {class: "faint"}, [field.where, kind(field.schema ?? {}, look)].filter(Boolean).join(", ")), " ", words(field.about ?? ""),
        inner?.properties && depth < DEEPEST && schemaNode(inner, look, depth + 1)));
  }));
}

/** What a value may be, in a few words. */
function kind(schema, look) {
  if (schema.enum) {
    return schema.enum.map(String).join(" | ");
  }
  if (schema.const !== undefined) {
    return JSON.stringify(schema.const);
  }
  const several = schema.oneOf ?? schema.anyOf;
  if (several) {
    return several.map((each) => kind(look(each), look)).join(" | ");
  }
  const type = [schema.type ?? "JSON"].flat().join(" | ");
  const range = schema.minimum !== undefined || schema.maximum !== undefined ? ` ${schema.minimum ?? ""}…${schema.maximum ?? ""}` : "";
  return (schema.items ? `${type} of ${kind(look(schema.items), look)}` : type) + range;
}
