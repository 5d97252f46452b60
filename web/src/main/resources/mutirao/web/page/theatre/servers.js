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
const CATCH_UP_MS = 170;
/** Servers need a while to notice that one is gone; whoever killed it knows. */
const NOTICED_MS = 8000;

/** The newest entry that it has. */
const last = (server) => server.cells.at(-1)?.id ?? 0;

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
    /** @type {Map<string, number>} */
    this.struck = new Map();
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
    return {name, node, cells: [], state: "", lag: 0, catching: false, ...parts};
  }

  /** It was killed here. @param {string} name */
  strike(name) {
    this.struck.set(name, Date.now());
  }

  /** It is being started again. @param {string} name */
  revive(name) {
    this.struck.delete(name);
  }

  /** What the servers say, but for what is known better here. @param {any} cluster */
  asSeen(cluster) {
    const gone = (node) => Date.now() - (this.struck.get(node) ?? 0) < NOTICED_MS;
    return {
      ...cluster,
      leader: gone(cluster.leader) ? null : cluster.leader,
      servers: cluster.servers.map((server) => (gone(server.node) ? {...server, state: "unreachable"} : server)),
    };
  }

  /**
   * @param {any} cluster as GET /api/cluster answers
   * @returns {{died: string[], back: string[]}} who is gone, and who is there again, since it was called last
   */
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
    const died = [];
    const back = [];
    for (const given of cluster.servers) {
      const server = this.all.get(given.node);
      const before = server.state;
      this.update(server, given, cluster);
      if (before && before !== "unreachable" && server.state === "unreachable") {
        died.push(given.node);
      } else if (before === "unreachable" && server.state !== "unreachable") {
        back.push(given.node);
        this.catchUp(server);
      }
    }
    return {died, back};
  }

  update(server, given, cluster) {
    const leads = given.node === cluster.leader;
    server.state = given.state;
    server.lag = given.lag ?? 0;
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
      const followers = this.alive().filter((server) => server !== leader && !server.catching);
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
    batch.filter((entry) => entry.id > last(follower)).forEach((entry) => this.cell(follower, entry));
  }

  /** What it missed comes from the leader, one entry after the other. */
  async catchUp(server) {
    server.catching = true;
    // What it still had to confirm when it went is settled by now.
    server.cells.forEach((cell) => cell.node.classList.add("committed"));
    for (let missing = this.missing(server); missing; missing = this.missing(server)) {
      const token = this.tokens.make("entry", this.stripPoint(this.leading()));
      await this.tokens.move(token, this.stripPoint(server), CATCH_UP_MS);
      token.node.remove();
      this.cell(server, missing).classList.toggle("committed", missing.node.classList.contains("committed"));
    }
    server.catching = false;
  }

  missing(server) {
    const leader = this.leading();
    return server.state === "unreachable" || !leader || leader === server ? undefined : leader.cells.find((cell) => cell.id > last(server));
  }

  stripPoint(server) {
    const filled = Math.min(CELLS, server.cells.length + 1);
    return {x: server.at.x - server.at.width / 2 + 17 + (filled - 0.5) * STEP, y: server.at.y + server.at.height / 2 - 26};
  }

  cell(server, entry) {
    const node = svg("rect", {class: "log-cell log-" + entry.kind, width: CELL, height: CELL, rx: "4"});
    server.cells.push({id: entry.id, kind: entry.kind, node});
    server.strip.append(node);
    while (server.cells.length > CELLS) {
      server.cells.shift().node.remove();
    }
    server.cells.forEach((cell, i) => cell.node.setAttribute("x", i * STEP));
    return node;
  }

  /**
   * Who can still vote does, for the new leader.
   * @param {string} winner
   * @param {string | null} before who led; one that lags behind did not hand over, but is silent
   */
  async election(winner, before) {
    const elected = this.all.get(winner);
    if (!elected) {
      return;
    }
    elected.node.classList.add("elected");
    const silent = this.all.get(before);
    await Promise.all(
      this.alive().filter((server) => server !== elected && (server !== silent || server.lag === 0)).map(async (voter) => {
        const token = this.tokens.make("vote", voter.at);
        await this.tokens.move(token, elected.at, 1100);
        await this.tokens.fade(token);
      }),
    );
    await this.tokens.clock.after(900);
    elected.node.classList.remove("elected");
  }
}
