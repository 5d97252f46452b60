// JSON that keeps numbers as they were written. A browser's own parser makes doubles of them: 9007199254740993 would
// become 9007199254740992, and a sum that the worker computed exactly would be shown wrong.

/** A number by its digits. */
export class ExactNumber {
  /** @param {string} source */
  constructor(source) {
    this.source = source;
  }

  toString() {
    return this.source;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const SPACE = /[ \t\r\n]*/y;
const MAX_DEPTH = 64;

/** What is wrong with a text that should be JSON, and where. */
export class NotJson extends Error {
  /** @param {number} position */
  constructor(position) {
    super(`not JSON at ${position}`);
    this.position = position;
  }
}

class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  match(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) {
      this.at = pattern.lastIndex;
    }
    return found?.[0];
  }

  space() {
    this.match(SPACE);
  }

  fail() {
    throw new NotJson(this.at);
  }

  take(character) {
    this.space();
    if (this.text[this.at] !== character) {
      return false;
    }
    this.at++;
    return true;
  }

  expect(character) {
    if (!this.take(character)) {
      this.fail();
    }
  }

  word(word, value) {
    if (!this.text.startsWith(word, this.at)) {
      this.fail();
    }
    this.at += word.length;
    return value;
  }

  string() {
    this.space();
    const found = this.match(STRING);
    return found === undefined ? this.fail() : JSON.parse(found);
  }

  value(depth) {
    this.space();
    if (depth > MAX_DEPTH) {
      this.fail();
    }
    switch (this.text[this.at]) {
      case "{":
        return this.object(depth);
      case "[":
        return this.array(depth);
      case '"':
        return this.string();
      case "t":
        return this.word("true", true);
      case "f":
        return this.word("false", false);
      case "n":
        return this.word("null", null);
      default: {
        const number = this.match(NUMBER);
        return number === undefined ? this.fail() : new ExactNumber(number);
      }
    }
  }

  object(depth) {
    const object = Object.create(null);
    this.expect("{");
    if (this.take("}")) {
      return object;
    }
    do {
      const key = this.string();
      this.expect(":");
      object[key] = this.value(depth + 1);
    } while (this.take(","));
    this.expect("}");
    return object;
  }

  array(depth) {
    const array = [];
    this.expect("[");
    if (this.take("]")) {
      return array;
    }
    do {
      array.push(this.value(depth + 1));
    } while (this.take(","));
    this.expect("]");
    return array;
  }
}

/**
 * @param {string} text
 * @returns {any} numbers are {@link ExactNumber}s
 */
export function parseExact(text) {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.space();
  if (reader.at < text.length) {
    reader.fail();
  }
  return value;
}

/**
 * @param {any} value as parseExact makes it, or plain values
 * @param {number} [indent] spaces; 0: all on one line
 * @returns {string}
 */
export function writeExact(value, indent = 0) {
  return write(value, indent, "");
}

function write(value, indent, before) {
  if (value instanceof ExactNumber) {
    return value.source;
  }
  if (value === null || typeof value !== "object") {
    return JSON.stringify(value) ?? "null";
  }
  const inner = indent ? before + " ".repeat(indent) : "";
  const parts = Array.isArray(value)
    ? value.map((each) => write(each, indent, inner))
    : Object.entries(value).map(([key, each]) => JSON.stringify(key) + (indent ? ": " : ":") + write(each, indent, inner));
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  if (parts.length === 0) {
    return open + close;
  }
  // Short lists stay on one line: numbers under each other say no more.
  const flat = parts.join(", ");
  if (!indent || (Array.isArray(value) && flat.length <= 72 && !flat.includes("\n"))) {
    return open + (indent ? flat : parts.join(",")) + close;
  }
  return `${open}\n${parts.map((part) => inner + part).join(",\n")}\n${before}${close}`;
}

/**
 * The value with ordinary numbers, for everything that does not compute with them.
 * @param {any} value
 * @returns {any}
 */
export function plain(value) {
  if (value instanceof ExactNumber) {
    return Number(value.source);
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}
