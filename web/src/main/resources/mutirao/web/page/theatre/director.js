import {t} from "../core/language.js";

// Decides what is drawn. The server tells of up to five hundred changes a second; eyes follow a few. So the director
// picks tasks and follows each from its beginning to its end, and counts everything else.

const MOST_STORIES = 9;
const MOST_BUFFERED = 400;
/** A task of which nothing more is heard: its end was not among the samples. */
const FORGET_MS = 45_000;
const WALK_MS = 850;
const MOST_STEPS_BEHIND = 3;

const short = (operation) => (operation.length > 11 ? operation.slice(0, 10) + "…" : operation);

export class Director {
  /**
   * @param {{clock: import("./clock.js").StageClock, tokens: import("./tokens.js").Tokens,
   *   servers: import("./servers.js").Servers, clients: import("./people.js").People,
   *   workers: import("./people.js").People, tray: {spot: (id: string) => {x: number, y: number}, free: (id: string) => void},
   *   caption: (concept: string, values?: Record<string, unknown>) => void, tell: (text: string) => void}} stage
   */
  constructor(stage) {
    this.stage = stage;
    /** @type {Map<string, any>} */
    this.stories = new Map();
    /** @type {{due: number, play: () => void}[]} */
    this.buffer = [];
    this.undrawn = 0;
    this.messages = 0;
    this.offset = null;
  }

  /** How far what is shown is behind, in ms of the wall. @param {number} serverNow */
  behind(serverNow) {
    return this.offset === null ? 0 : Math.max(0, serverNow - this.offset - this.stage.clock.time);
  }

  /** Skips to now: what has not been shown is only counted. */
  catchUp() {
    this.undrawn += this.buffer.length;
    this.buffer = [];
    this.messages = 0;
    this.offset = null;
  }

  /** An event takes its turn by the time it happened at, and not when it was heard. */
  schedule(at, play) {
    const {clock} = this.stage;
    this.offset ??= at - clock.time;
    if (this.buffer.length >= MOST_BUFFERED) {
      this.undrawn++;
      return false;
    }
    this.buffer.push({due: Math.max(at - this.offset, 0), play});
    return true;
  }

  frame() {
    const {time} = this.stage.clock;
    while (this.buffer.length > 0 && this.buffer[0].due <= time) {
      this.buffer.shift().play();
    }
    for (const [id, story] of this.stories) {
      if (time - story.heard > FORGET_MS) {
        this.end(id, story);
      }
    }
  }

  /** @param {{at: number, changes: any[], skipped: number}} batch */
  tasks({changes, skipped}) {
    this.undrawn += skipped;
    for (const change of changes) {
      const first = change.event === "accepted" || change.event === "scheduled" || change.event === "queued";
      if (!this.stories.has(change.task) && !this.begins(change, first)) {
        this.undrawn++;
        continue;
      }
      this.schedule(change.at, () => this.step(change));
    }
  }

  begins(change, first) {
    if (!first && change.event !== "started" && change.event !== "worker_lost") {
      return false;
    }
    // A lost worker is worth a picture, whatever else is going on.
    if ((this.stories.size >= MOST_STORIES || !this.stage.tokens.room) && change.event !== "worker_lost") {
      return false;
    }
    this.stories.set(change.task, {id: change.task, token: null, steps: Promise.resolve(), behind: 0, heard: this.stage.clock.time, submitter: change.submitter, worker: change.worker, operation: change.operation});
    return true;
  }

  step(change) {
    const story = this.stories.get(change.task);
    const scene = SCENES[change.event];
    if (!story) {
      return;
    }
    story.heard = this.stage.clock.time;
    story.submitter = change.submitter ?? story.submitter;
    story.worker = change.worker ?? story.worker;
    this.tellOf(change, story);
    if (scene) {
      story.behind++;
      story.steps = story.steps.then(() => scene.call(this, story, change)).then(() => story.behind--);
    }
  }

  tellOf(change, story) {
    const key = "theatre.tell." + change.event;
    this.stage.tell(t(key, {who: story.submitter ?? "?", operation: change.operation, worker: story.worker ?? "?", attempt: change.attempt ?? 1}));
  }

  /** Who is late walks faster. */
  pace(story, ms = WALK_MS) {
    return story.behind > MOST_STEPS_BEHIND ? ms / 3 : story.behind > 1 ? ms / 1.6 : ms;
  }

  async walk(story, kind, from, to, label = "") {
    const {tokens} = this.stage;
    story.token?.node.remove();
    story.token = tokens.make(kind, from, label);
    await tokens.move(story.token, to, this.pace(story));
  }

  end(id, story) {
    story.token?.node.remove();
    this.stage.tray.free(id);
    this.stories.delete(id);
  }

  /** Where a client stands; programs that only submit are clients, too. */
  clientAt(name) {
    if (name) {
      this.stage.clients.use(name);
    }
    const at = name && this.stage.clients.at(name);
    return at ? this.stage.before(at) : this.stage.servers.door("left");
  }

  workerAt(name) {
    if (name) {
      this.stage.workers.use(name);
    }
    const at = name && this.stage.workers.at(name);
    // At the edge of its box: what it is called and how busy it is stay readable.
    return at ? this.stage.beside(at) : this.stage.servers.door("right");
  }

  /** @param {{at: number, sender: string, room: string}} message */
  message(message) {
    if (this.messages >= 2 || !this.stage.tokens.room) {
      this.undrawn++;
      return;
    }
    const drawn = () => (this.messages = Math.max(0, this.messages - 1));
    if (this.schedule(message.at, () => this.broadcast(message).finally(drawn))) {
      this.messages++;
    }
  }

  async broadcast({sender, room}) {
    const {tokens, servers, clients, caption, tell} = this.stage;
    tell(t("theatre.tell.message", {who: sender, room}));
    const token = tokens.make("message", this.clientAt(sender));
    await tokens.move(token, servers.door("left"), WALK_MS);
    token.node.remove();
    await servers.append("message");
    caption("ordering", {room});
    await Promise.all(clients.names().map(async (name) => {
      const copy = tokens.make("message", servers.door("left"));
      await tokens.move(copy, this.clientAt(name), WALK_MS);
      copy.node.remove();
    }));
  }

  /** @param {{at: number, event: string, name: string, role: string}} change */
  person({at, event, name, role}) {
    this.schedule(at, () => {
      const column = role === "worker" ? this.stage.workers : this.stage.clients;
      event === "joined" ? column.know(name) : column.leave(name);
      this.stage.tell(t("theatre.tell." + event, {who: name}));
      this.stage.caption(event === "joined" ? "presence" : "leaving", {who: name});
    });
  }
}

// One scene for each thing that can happen to a task.
const SCENES = {
  async accepted(story) {
    const {servers, caption, tray} = this.stage;
    await this.walk(story, "task", this.clientAt(story.submitter), servers.door("left"), short(story.operation));
    await servers.append("task");
    caption(servers.all.size > 1 ? "log" : "disk");
    await this.stage.tokens.move(story.token, tray.spot(story.id), this.pace(story, 400));
  },

  async scheduled(story, change) {
    if (!story.token) {
      await SCENES.accepted.call(this, story, change);
    }
    this.stage.caption("waiting", {operation: story.operation});
  },

  async queued(story, change) {
    if (!story.token) {
      await SCENES.accepted.call(this, story, change);
    }
  },

  async started(story, {attempt, worker}) {
    const {tray, workers, tokens, caption} = this.stage;
    if (attempt > 1) {
      caption("retry", {attempt, worker});
    } else {
      caption("balancing", {worker});
    }
    const from = story.token?.at ?? tray.spot(story.id);
    await this.walk(story, "task", from, this.workerAt(worker), attempt > 1 ? `${short(story.operation)} ·${attempt}` : short(story.operation));
    tray.free(story.id);
    tokens.ring(this.workerAt(worker), "task");
    story.token.node.classList.add("at-work");
    workers.flash(worker, "took");
  },

  async progress(story) {
    this.stage.tokens.ring(this.workerAt(story.worker), "task");
  },

  async done(story) {
    await report.call(this, story, "result", "done");
  },

  async failed(story, {attempt}) {
    this.stage.caption("failed", {attempt: attempt ?? 1});
    await report.call(this, story, "failure", "failed");
  },

  async retry(story, {attempt}) {
    const {servers, tray, tokens, caption} = this.stage;
    await this.walk(story, "failure", this.workerAt(story.worker), servers.door("right"));
    await servers.append("failed");
    caption("retry", {attempt: (attempt ?? 1) + 1, worker: story.worker});
    await this.walk(story, "task", servers.door("right"), tray.spot(story.id), short(story.operation));
    tokens.ring(tray.spot(story.id), "failure");
  },

  async timed_out(story, change) {
    await SCENES.worker_lost.call(this, story, change);
  },

  async worker_lost(story, {worker}) {
    const {workers, tray, servers, caption} = this.stage;
    workers.flash(worker ?? story.worker, "lost");
    caption("fencing", {worker: worker ?? story.worker});
    await servers.append("failed");
    await this.walk(story, "task", this.workerAt(worker ?? story.worker), tray.spot(story.id), short(story.operation));
  },

  async cancelled(story) {
    await leaveStage.call(this, story);
  },

  async expired(story) {
    await leaveStage.call(this, story);
  },
};

/** From the worker through the log to whoever asked. */
async function report(story, kind, entry) {
  const {servers, tokens} = this.stage;
  const client = this.clientAt(story.submitter);
  await this.walk(story, kind, this.workerAt(story.worker), servers.door("right"));
  await servers.append(entry);
  if (kind === "result") {
    this.stage.caption(servers.all.size > 1 ? "quorum" : "once");
  }
  await this.walk(story, kind, servers.door("left"), client);
  tokens.ring(client, kind);
  await tokens.fade(story.token);
  this.end(story.id, story);
}

async function leaveStage(story) {
  const {servers, tokens} = this.stage;
  await servers.append("failed");
  if (story.token) {
    await tokens.fade(story.token);
  }
  this.end(story.id, story);
}
