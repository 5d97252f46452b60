import {svg, setText} from "../core/dom.js";
import {language, t} from "../core/language.js";
import {visibleLine} from "../core/visible.js";

// The servers in the middle, each with the end of its log. An entry is an outline until most servers have it, then it
// is filled: that is what "confirmed" means. The numbers beside are the real positions; the cells are those entries
// that are drawn. As in the real log, what arrives while a batch is under way goes with the next one.

const CELLS = 11;
const CELL = 22;
const STEP = 27;
const REPLICATE_MS = 420;
const DISK_MS = 220;

export class Servers {
  /**
   * @param {SVGElement} layer
   * @param {import("./tokens.js").Tokens} tokens
   */
  constructor(layer, tokens) {
    this.layer = layer;
    this.tokens = tokens;
    /** @type {Map<string, any>} */
    this.all = new Map();
    this.leader = null;
    this.layout = null;
    /** @type {{id: number, kind: string}[]} */
    this.pending = [];
    this.busy = false;
    this.nextId = 1;
    this.committed = () => {};
  }

  arrange(layout) {
    this.layout = layout;
    this.place();
  }

  place() {
    [...this.all.values()].forEach((server, i) => {
      const at = this.layout.server(i, this.all.size);
      server.at = at;
      server.node.setAttribute("transform", `translate(${at.x} ${at.y})`);
      server.box.setAttribute("x", -at.width / 2);
      server.box.setAttribute("y", -at.height / 2);
      server.box.setAttribute("width", at.width);
      server.box.setAttribute("height", at.height);
      const top = -at.height / 2 + Math.min(34, at.height * 0.3);
      server.crown.setAttribute("transform", `translate(${-at.width / 2 + 14} ${top - 17}) scale(.9)`);
      server.name.setAttribute("x", -at.width / 2 + 42);
      server.name.setAttribute("y", top);
      server.role.setAttribute("x", at.width / 2 - 16);
      server.role.setAttribute("y", top);
      server.strip.setAttribute("transform", `translate(${-at.width / 2 + 17} ${at.height / 2 - 26 - CELL / 2})`);
      server.index.setAttribute("x", at.width / 2 - 16);
      server.index.setAttribute("y", top + 24);
      server.index.classList.toggle("tight", at.height < 100);
    });
  }

  make(name) {
    const parts = {
      box: svg("rect", {class: "server-box", rx: "12"}),
      crown: svg("path", {class: "server-crown", d: "M2 20L1 7l6 4.500L12.500 3l5.500 8.500L24 7l-1 13z"}),
      name: svg("text", {class: "server-name"}, visibleLine(name)),
      role: svg("text", {class: "server-role", "text-anchor": "end"}),
      index: svg("text", {class: "server-index", "text-anchor": "end"}),
      strip: svg("g", {class: "log-strip"}),
    };
    const node = svg("g", {class: "stage-server"}, Object.values(parts));
    this.layer.append(node);
    return {name, node, cells: [], state: "", ...parts};
  }

  /** @param {any} cluster as GET /api/cluster answers */
  show(cluster) {
    const names = cluster.servers.map((server) => server.node);
    let moved = false;
    for (const name of names) {
      if (!this.all.has(name)) {
        this.all.set(name, this.make(name));
        moved = true;
      }
    }
    for (const [name, server] of this.all) {
      if (!names.includes(name)) {
        server.node.remove();
        this.all.delete(name);
        moved = true;
      }
    }
    if (moved) {
      this.place();
    }
    this.leader = cluster.leader;
    for (const given of cluster.servers) {
      this.update(this.all.get(given.node), given, cluster);
    }
  }

  update(server, given, cluster) {
    const leads = given.node === cluster.leader;
    server.state = given.state;
    server.node.classList.toggle("leads", leads);
    server.node.classList.toggle("gone", given.state === "unreachable");
    const role = leads ? t("theatre.leads", {term: String(cluster.term)}) : t("server." + given.state);
    setText(server.role, role);
    setText(server.index, given.last_index === undefined ? "" : t("theatre.position", {n: given.last_index.toLocaleString(language())}) + (given.lag ? ` (−${given.lag})` : ""));
  }

  alive() {
    return [...this.all.values()].filter((server) => server.state !== "unreachable");
  }

  get majority() {
    return Math.floor(this.all.size / 2) + 1;
  }

  leading() {
    return this.all.get(this.leader) ?? this.alive()[0] ?? null;
  }

  /** Where tasks and messages arrive and leave. @param {"left" | "right"} side */
  door(side) {
    const server = this.leading();
    if (!server) {
      return {x: this.layout.width / 2, y: this.layout.height / 2};
    }
    const {x, y, width, height} = server.at;
    if (this.layout.tall) {
      return {x, y: y + (side === "left" ? -height / 2 : height / 2)};
    }
    return {x: x + (side === "left" ? -width / 2 : width / 2), y};
  }

  /**
   * Writes an entry; resolves when it is confirmed.
   * @param {string} kind
   * @returns {Promise<void>}
   */
  append(kind) {
    return new Promise((resolve) => {
      this.pending.push({id: this.nextId++, kind, resolve});
      this.flow();
    });
  }

  async flow() {
    if (this.busy || this.pending.length === 0) {
      return;
    }
    this.busy = true;
    const batch = this.pending.splice(0, 6);
    const leader = this.leading();
    if (leader) {
      batch.forEach((entry) => this.cell(leader, entry));
      await this.tokens.clock.after(DISK_MS);
      const followers = this.alive().filter((server) => server !== leader);
      await Promise.all(followers.map((follower) => this.replicate(leader, follower, batch)));
      if (this.alive().length >= this.majority) {
        this.alive().forEach((server) => server.cells.forEach((cell) => batch.some((entry) => entry.id === cell.id) && cell.node.classList.add("committed")));
      }
    }
    batch.forEach((entry) => entry.resolve());
    this.busy = false;
    this.flow();
  }

  async replicate(leader, follower, batch) {
    const from = this.stripPoint(leader);
    const to = this.stripPoint(follower);
    const token = this.tokens.make("entry", from);
    await this.tokens.move(token, to, REPLICATE_MS);
    token.node.remove();
    batch.forEach((entry) => this.cell(follower, entry));
  }

  stripPoint(server) {
    const filled = Math.min(CELLS, server.cells.length + 1);
    return {x: server.at.x - server.at.width / 2 + 17 + (filled - 0.5) * STEP, y: server.at.y + server.at.height / 2 - 26};
  }

  cell(server, entry) {
    const node = svg("rect", {class: "log-cell log-" + entry.kind, width: CELL, height: CELL, rx: "4"});
    server.cells.push({id: entry.id, node});
    server.strip.append(node);
    while (server.cells.length > CELLS) {
      server.cells.shift().node.remove();
    }
    server.cells.forEach((cell, i) => cell.node.setAttribute("x", i * STEP));
  }

  /** Who can still vote does, for the new leader. */
  async election(winner) {
    const elected = this.all.get(winner);
    if (!elected) {
      return;
    }
    elected.node.classList.add("elected");
    await Promise.all(
      this.alive().filter((server) => server !== elected).map(async (voter) => {
        const token = this.tokens.make("vote", voter.at);
        await this.tokens.move(token, elected.at, 1100);
        await this.tokens.fade(token);
      }),
    );
    await this.tokens.clock.after(900);
    elected.node.classList.remove("elected");
  }
}
