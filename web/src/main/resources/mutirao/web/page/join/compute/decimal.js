// Exact decimal arithmetic with whole numbers: a value is `units` × 10^-`scale`.

/** Digits before and after the point: a short number such as 1e999999999 would stand for a gigabyte of them. */
const MOST_DIGITS = 400;
const AVERAGE_DIGITS = 34;

/** @typedef {{units: bigint, scale: number}} Decimal */

const ten = (power) => 10n ** BigInt(power);
const digits = (units) => (units < 0n ? -units : units).toString().length;

/**
 * A JSON number; null where it has too many digits on one side of its point.
 * @param {string} source
 * @returns {Decimal | null}
 */
export function decimal(source) {
  const [, sign, whole, fraction = "", exponent = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(source);
  const all = (whole + fraction).replace(/^0+/, "");
  const significant = all.replace(/0+$/, "");
  if (significant === "") {
    return {units: 0n, scale: 0};
  }
  const scale = fraction.length - Number(exponent) - (all.length - significant.length);
  if (significant.length - scale > MOST_DIGITS || scale > MOST_DIGITS) {
    return null;
  }
  const units = BigInt(significant);
  return {units: sign ? -units : units, scale};
}

function aligned(a, b) {
  const scale = Math.max(a.scale, b.scale);
  return [a.units * ten(scale - a.scale), b.units * ten(scale - b.scale), scale];
}

/** @param {Decimal} a @param {Decimal} b @returns {Decimal} */
export function add(a, b) {
  const [x, y, scale] = aligned(a, b);
  return {units: x + y, scale};
}

/** @param {Decimal} a @param {Decimal} b */
export function isLess(a, b) {
  const [x, y] = aligned(a, b);
  return x < y;
}

/**
 * a ÷ n with up to 34 significant digits, half to even.
 * @param {Decimal} a
 * @param {number} n
 * @returns {Decimal}
 */
export function divide(a, n) {
  if (a.units === 0n) {
    return a;
  }
  let shift = AVERAGE_DIGITS - digits(a.units) + digits(BigInt(n));
  if (digits(quotient(a.units, n, shift).whole) > AVERAGE_DIGITS) {
    shift--;
  }
  const {whole, rest, divisor} = quotient(a.units, n, shift);
  const twice = 2n * (rest < 0n ? -rest : rest);
  const up = twice > divisor || (twice === divisor && whole % 2n !== 0n);
  return {units: whole + (up ? (a.units < 0n ? -1n : 1n) : 0n), scale: a.scale + shift};
}

function quotient(units, n, shift) {
  const dividend = shift > 0 ? units * ten(shift) : units;
  const divisor = shift < 0 ? BigInt(n) * ten(-shift) : BigInt(n);
  return {whole: dividend / divisor, rest: dividend % divisor, divisor};
}

/**
 * All digits, no exponent, no zeros at the end: 100 and not 1E+2.
 * @param {Decimal} value
 */
export function plainText({units, scale}) {
  if (units === 0n) {
    return "0";
  }
  const sign = units < 0n ? "-" : "";
  const text = (units < 0n ? -units : units).toString();
  if (scale <= 0) {
    return sign + text + "0".repeat(-scale);
  }
  const padded = text.padStart(scale + 1, "0");
  const fraction = padded.slice(-scale).replace(/0+$/, "");
  return sign + padded.slice(0, -scale) + (fraction && "." + fraction);
}
