// Where everything stands. Places are fixed: who comes or goes moves nobody else.

/** @typedef {{x: number, y: number}} Point */

/** The middle first, then outwards: two clients are drawn beside each other and not in corners. */
function outwards(n) {
  const middle = (n - 1) / 2;
  return Array.from({length: n}, (_, i) => i).sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle) || a - b);
}

const WIDE = {
  width: 1200,
  height: 600,
  tall: false,
  clients: outwards(7).map((i) => ({x: 92, y: 66 + i * 78})),
  workers: outwards(7).map((i) => ({x: 1090, y: 66 + i * 78})),
  tray: {x: 846, y: 300, width: 76, height: 250},
  serverWidth: 330,
  server(i, n) {
    const height = Math.min(150, 540 / n - 24);
    return {x: 520, y: 300 + (i - (n - 1) / 2) * (height + 28), width: this.serverWidth, height};
  },
};

const TALL = {
  width: 420,
  height: 800,
  tall: true,
  clients: outwards(5).map((i) => ({x: 50 + i * 80, y: 56})),
  workers: [{x: 110, y: 672}, {x: 310, y: 672}, {x: 110, y: 748}, {x: 310, y: 748}],
  tray: {x: 210, y: 590, width: 330, height: 56},
  serverWidth: 330,
  server(i, n) {
    const height = Math.min(130, 400 / n - 16);
    return {x: 210, y: 335 + (i - (n - 1) / 2) * (height + 16), width: this.serverWidth, height};
  },
};

/** @param {boolean} tall for a phone: from top to bottom instead of from left to right */
export const layoutFor = (tall) => (tall ? TALL : WIDE);

/**
 * A point on the way between two places; ways leave and arrive level, so that they can be told apart.
 * @param {Point} from
 * @param {Point} to
 * @param {number} t 0 to 1
 * @param {boolean} tall
 * @returns {Point}
 */
export function onWay(from, to, t, tall) {
  const u = 1 - t;
  const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  const middle = tall ? (from.y + to.y) / 2 : (from.x + to.x) / 2;
  return tall
    ? {x: a * from.x + b * from.x + c * to.x + d * to.x, y: a * from.y + b * middle + c * middle + d * to.y}
    : {x: a * from.x + b * middle + c * middle + d * to.x, y: a * from.y + b * from.y + c * to.y + d * to.y};
}

/** The same way as an SVG path. */
export function wayPath(from, to, tall) {
  const middle = tall ? (from.y + to.y) / 2 : (from.x + to.x) / 2;
  return tall
    ? `M${from.x} ${from.y}C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${to.y}`
    : `M${from.x} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`;
}
