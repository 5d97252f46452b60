import {svg, setText} from "../core/dom.js";
import {visibleLine} from "../core/visible.js";

// The columns of clients and of workers: a fixed number of places. Who has been quiet for longest makes room.

const MOST_NAME = 14;
const MOST_SLOTS = 10;
/** So long somebody is marked: as long as the longest of the marks moves. */
const MARKED_MS = 2400;

const short = (name) => {
  const letters = [...visibleLine(name)];
  return letters.length > MOST_NAME ? letters.slice(0, MOST_NAME - 1).join("") + "…" : letters.join("");
};

function drawClient(name) {
  return [
    svg("circle", {class: "client-disc", r: "22"}),
    svg("text", {class: "client-initial", y: "6", "text-anchor": "middle"}, ([...visibleLine(name)][0] ?? "?").toUpperCase()),
    svg("text", {class: "stage-name", y: "40", "text-anchor": "middle"}, short(name)),
  ];
}

function drawWorker(name) {
  return [
    svg("rect", {class: "worker-box", x: "-80", y: "-26", width: "160", height: "52", rx: "9"}),
    svg("text", {class: "stage-name", y: "-6", "text-anchor": "middle"}, short(name)),
    svg("g", {class: "worker-slots-drawn", transform: "translate(0 12)"}),
  ];
}

export class People {
  /**
   * @param {SVGElement} layer
   * @param {"client" | "worker"} kind
   */
  constructor(layer, kind) {
    this.layer = layer;
    this.kind = kind;
    /** @type {Map<string, {name: string, place: number, used: number, node: any, marked: Record<string, any>}>} */
    this.shown = new Map();
    /** @type {Set<string>} */
    this.others = new Set();
    this.places = [];
    this.uses = 0;
  }

  /** @param {{x: number, y: number}[]} places */
  arrange(places) {
    this.places = places;
    for (const each of [...this.shown.values()]) {
      if (each.place >= places.length) {
        this.hide(each);
      } else {
        this.move(each);
      }
    }
  }

  move(each) {
    const {x, y} = this.places[each.place];
    each.node.setAttribute("transform", `translate(${x} ${y})`);
  }

  hide(each) {
    each.node.remove();
    this.shown.delete(each.name);
    this.others.add(each.name);
  }

  /**
   * Somebody is there, or does something; true: and is shown.
   * @param {string} name
   */
  use(name) {
    const known = this.shown.get(name);
    if (known) {
      known.used = ++this.uses;
      return;
    }
    const taken = new Set([...this.shown.values()].map((each) => each.place));
    let place = this.places.findIndex((_, i) => !taken.has(i));
    if (place < 0) {
      const quiet = [...this.shown.values()].reduce((a, b) => (a.used < b.used ? a : b));
      place = quiet.place;
      this.hide(quiet);
    }
    const node = svg("g", {class: "stage-" + this.kind}, this.kind === "client" ? drawClient(name) : drawWorker(name));
    const each = {name, place, used: ++this.uses, node, marked: {}};
    this.shown.set(name, each);
    this.others.delete(name);
    this.move(each);
    this.layer.append(node);
  }

  /** Somebody is there, shown only where a place is free. @param {string} name */
  know(name) {
    if (this.shown.size < this.places.length) {
      this.use(name);
    } else if (!this.shown.has(name)) {
      this.others.add(name);
    }
  }

  /** @param {string} name */
  leave(name) {
    const each = this.shown.get(name);
    if (each) {
      each.node.classList.add("leaving");
      setTimeout(() => each.node.remove(), 600);
      this.shown.delete(name);
    }
    this.others.delete(name);
    const next = this.others.values().next().value;
    if (next !== undefined) {
      this.know(next);
    }
  }

  /** @param {string} name */
  at(name) {
    const each = this.shown.get(name);
    return each ? this.places[each.place] : null;
  }

  /** @param {string} name @param {string} mark */
  flash(name, mark) {
    const each = this.shown.get(name);
    if (each) {
      const {node} = each;
      node.classList.remove(mark);
      // Read, so that the animation begins anew.
      node.getBoundingClientRect();
      node.classList.add(mark);
      // Where nothing may move, the mark itself is what is seen.
      clearTimeout(each.marked[mark]);
      each.marked[mark] = setTimeout(() => node.classList.remove(mark), MARKED_MS);
    }
  }

  /** @param {any} worker as GET /api/workers lists it */
  load(worker) {
    const each = this.shown.get(worker.name);
    if (!each) {
      return;
    }
    each.node.classList.toggle("draining", worker.draining);
    const group = each.node.querySelector(".worker-slots-drawn");
    const drawn = Math.min(MOST_SLOTS, worker.slots);
    const busy = worker.slots <= MOST_SLOTS ? worker.busy : Math.ceil((worker.busy / worker.slots) * drawn);
    const key = `${drawn} ${busy}`;
    if (group.dataset.key !== key) {
      group.dataset.key = key;
      group.replaceChildren(...Array.from({length: drawn}, (_, i) => svg("rect", {class: "stage-slot" + (i < busy ? " busy" : ""), x: (i - drawn / 2) * 14 + 1.5, y: "-5", width: "11", height: "11", rx: "2.5"})));
    }
  }

  names() {
    return [...this.shown.keys()];
  }

  /** How many there are without a place. @param {SVGTextElement} text */
  sayOthers(text) {
    setText(text, this.others.size > 0 ? `+${this.others.size}` : "");
  }
}
