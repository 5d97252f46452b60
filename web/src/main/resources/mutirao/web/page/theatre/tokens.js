import {svg} from "../core/dom.js";
import {onWay} from "./layout.js";

// What moves on the stage: tasks, results, messages, log entries, votes. Each kind has a shape, so that colour is not
// all that tells them apart.

/** Whoever asked the system for less motion sees things appear and fade where they arrive. */
const still = matchMedia("(prefers-reduced-motion: reduce)");
const MOST = 60;

function shape(kind) {
  switch (kind) {
    case "message":
      return svg("path", {d: "M-11 -8h22a2 2 0 0 1 2 2v9a2 2 0 0 1 -2 2h-13l-6 6v-6h-3a2 2 0 0 1 -2 -2v-9a2 2 0 0 1 2 -2z"});
    case "failure":
      return svg("path", {d: "M0 -11L11 0L0 11L-11 0z"});
    case "result":
      return svg("circle", {r: "9"});
    case "entry":
      return svg("rect", {x: "-5", y: "-5", width: "10", height: "10", rx: "2"});
    case "vote":
      return svg("path", {d: "M0 -9L2.600 -2.800L9 -2.800L3.900 1.400L5.800 8L0 4.200L-5.800 8L-3.900 1.400L-9 -2.800L-2.600 -2.800z"});
    default:
      return svg("rect", {x: "-10", y: "-10", width: "20", height: "20", rx: "5"});
  }
}

const ease = (t) => (t < 0.5 ? 2 * t * t : 1 - (2 - 2 * t) ** 2 / 2);

export class Tokens {
  /**
   * @param {SVGElement} layer
   * @param {import("./clock.js").StageClock} clock
   */
  constructor(layer, clock) {
    this.layer = layer;
    this.clock = clock;
    this.tall = false;
    /** @type {Set<any>} */
    this.moving = new Set();
  }

  /** Whether there is room for more: too many are a blur. */
  get room() {
    return this.moving.size < MOST;
  }

  /**
   * Makes a thing that stands somewhere until it is moved or taken away.
   * @param {string} kind
   * @param {{x: number, y: number}} at
   * @param {string} [label]
   */
  make(kind, at, label = "") {
    const node = svg("g", {class: "token token-" + kind}, shape(kind), label && svg("text", {y: "26", "text-anchor": "middle"}, label));
    const token = {node, at, kind};
    this.place(token, at);
    this.layer.append(node);
    return token;
  }

  place(token, at) {
    token.at = at;
    token.node.setAttribute("transform", `translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})`);
  }

  /**
   * Moves it, in the stage's time.
   * @param {any} token
   * @param {{x: number, y: number}} to
   * @param {number} ms
   * @returns {Promise<void>}
   */
  move(token, to, ms) {
    const from = token.at;
    if (still.matches) {
      this.place(token, to);
      return this.clock.after(ms);
    }
    return new Promise((resolve) => {
      this.moving.add({token, from, to, begin: this.clock.time, ms, resolve});
    });
  }

  /** Takes it away, after a moment. @param {any} token */
  async fade(token) {
    token.node.classList.add("fading");
    await this.clock.after(300);
    token.node.remove();
  }

  /** A ring that says: here something arrived. */
  async ring(at, kind) {
    const node = svg("circle", {class: "ring ring-" + kind, cx: at.x, cy: at.y, r: "24"});
    this.layer.append(node);
    await this.clock.after(500);
    node.remove();
  }

  frame() {
    for (const move of this.moving) {
      const t = Math.min(1, (this.clock.time - move.begin) / move.ms);
      this.place(move.token, onWay(move.from, move.to, ease(t), this.tall));
      if (t >= 1) {
        this.moving.delete(move);
        move.resolve();
      }
    }
  }

  clear() {
    this.moving.clear();
    this.layer.replaceChildren();
  }
}
