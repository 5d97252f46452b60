import {ExactNumber} from "../../core/exact-json.js";
import {add, decimal, divide, isLess, plainText} from "./decimal.js";

// The eight operations of the protocol, the same as every stock worker's: exact decimal arithmetic, code points, and
// Unicode's white space.

/** Why an operation failed, and whether trying again makes sense. */
export class OperationFailed extends Error {
  /** @param {string} code @param {string} message @param {boolean} retry */
  constructor(code, message, retry) {
    super(message);
    this.code = code;
    this.retry = retry;
  }
}

const badInput = (field, problem) => new OperationFailed("bad_input", `${field}: ${problem}`, false);

function present(params, field) {
  if (params === null || typeof params !== "object" || Array.isArray(params) || params instanceof ExactNumber) {
    throw badInput("params", "must be an object");
  }
  if (!Object.hasOwn(params, field)) {
    throw badInput(field, "is missing");
  }
  return params[field];
}

function text(params) {
  const value = present(params, "text");
  if (typeof value !== "string") {
    throw badInput("text", "must be text");
  }
  return value;
}

function numbers(params) {
  const values = present(params, "numbers");
  if (!Array.isArray(values)) {
    throw badInput("numbers", "must be an array of numbers");
  }
  values.forEach((value, place) => {
    if (!(value instanceof ExactNumber)) {
      throw badInput("numbers", `must hold numbers only; the one at place ${place} is none`);
    }
  });
  return values.map(({source}) => {
    const number = decimal(source);
    if (number === null) {
      throw badInput("numbers", "a number has more than 400 digits before or after its point");
    }
    return number;
  });
}

function someNumbers(params) {
  const some = numbers(params);
  if (some.length === 0) {
    throw badInput("numbers", "there must be at least one");
  }
  return some;
}

const sum = (values) => values.reduce(add, {units: 0n, scale: 0});
const exact = (value) => new ExactNumber(plainText(value));
const whole = (count) => new ExactNumber(String(count));

function average(params) {
  const values = someNumbers(params);
  return exact(divide(sum(values), values.length));
}

/** Unicode's property White_Space, which has not changed since version 6.3; JavaScript's \s is another set. */
const WORDS = /[^\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

function codePoints(value) {
  let count = 0;
  for (const _ of value) {
    count++;
  }
  return count;
}

/** @type {Record<string, (params: any) => any>} by name; params and results as exact-json.js has them */
export const BUILT_IN_OPERATIONS = {
  sum: (params) => exact(sum(numbers(params))),
  average,
  max: (params) => exact(someNumbers(params).reduce((a, b) => (isLess(a, b) ? b : a))),
  min: (params) => exact(someNumbers(params).reduce((a, b) => (isLess(b, a) ? b : a))),
  count_words: (params) => whole(text(params).match(WORDS)?.length ?? 0),
  count_chars: (params) => whole(codePoints(text(params))),
  uppercase: (params) => text(params).toUpperCase(),
  lowercase: (params) => text(params).toLowerCase(),
};
