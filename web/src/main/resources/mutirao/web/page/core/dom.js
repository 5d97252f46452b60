import {visible, visibleLine} from "./visible.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * Makes an element. Text becomes text nodes, with control characters visible: nothing from the server is ever read
 * as HTML. `on…` are listeners, `data` is the dataset, booleans are switches, everything else attributes.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...any} children strings, numbers, nodes, lists of them; null and false are nothing
 * @returns {any}
 */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/**
 * The same for SVG.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...any} children
 * @returns {any}
 */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    attribute(element, name, value);
  }
  element.append(...nodes(children));
  return element;
}

function attribute(element, name, value) {
  if (value === undefined || value === null || value === false) {
    return;
  }
  if (name.startsWith("on")) {
    element.addEventListener(name.slice(2), value);
  } else if (name === "data") {
    Object.assign(element.dataset, value);
  } else if (name === "value" || name === "checked" || name === "selected" || name === "indeterminate") {
    element[name] = value;
  } else {
    const shown = name === "title" || name === "aria-label" || name === "placeholder";
    element.setAttribute(name, value === true ? "" : shown ? visibleLine(value) : String(value));
  }
}

function nodes(children) {
  return children
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false && child !== "")
    .map((child) => (child instanceof Node ? child : document.createTextNode(visible(child))));
}

/**
 * Puts other children into an element.
 * @param {Element} element
 * @param {...any} children
 */
export function replace(element, ...children) {
  element.replaceChildren(...nodes(children));
}

/**
 * Writes a text where it is another one than before; untouched nodes are not read out again.
 * @param {Element} element
 * @param {unknown} text
 */
export function setText(element, text) {
  const shown = visible(text);
  if (element.textContent !== shown) {
    element.textContent = shown;
  }
}

/**
 * An icon of icons.svg, for the eyes only.
 * @param {string} name
 */
export function icon(name) {
  return svg("svg", {class: "icon", "aria-hidden": "true", focusable: "false"}, svg("use", {href: `/icons.svg#${name}`}));
}

/**
 * A button with a text, and an icon where one helps.
 * @param {string} text
 * @param {(event: Event) => void} action
 * @param {{icon?: string, class?: string, label?: string, disabled?: boolean, type?: string}} [options]
 */
export function button(text, action, options = {}) {
  return el(
    "button",
    {
      type: options.type ?? "button",
      class: options.class ?? "button",
      onclick: action,
      "aria-label": options.label,
      disabled: options.disabled,
    },
    options.icon && icon(options.icon),
    text && el("span", {}, text),
  );
}

/**
 * A link inside the page; the router follows it without loading anew.
 * @param {string} href
 * @param {Record<string, any>} attributes
 * @param {...any} children
 */
export function link(href, attributes, ...children) {
  return el("a", {...attributes, href}, ...children);
}

/** A list with the same children is left alone: keyed by what `key` says, in the order of `items`. */
export function keyed(parent, items, key, make, update) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const name = String(key(item));
    let child = old.get(name);
    if (child) {
      old.delete(name);
      update(child, item);
    } else {
      child = make(item);
      child.dataset.key = name;
    }
    if (child === place) {
      place = place.nextElementSibling;
    } else {
      parent.insertBefore(child, place);
    }
  }
  old.forEach((child) => child.remove());
}
