import {Link} from "../core/link.js";
import {writeExact} from "../core/exact-json.js";
import {pool} from "./pool.js";

// A worker in this browser: it takes tasks, has them run in Web Workers, and sends each report again until the server
// says that it is recorded.

const MOST_LISTED = 100;

/**
 * @param {{name: string, token: string | null, slots: number, operations: string[]}} wanted
 * @param {() => void} changed is told when there is something new to show
 */
export function workerSession(wanted, changed) {
  const lanes = pool(wanted.slots);
  /** Attempts that run or whose report is not recorded yet, by task and attempt. @type {Map<string, any>} */
  const attempts = new Map();
  const state = {
    link: /** @type {string} */ ("connecting"),
    why: /** @type {any} */ (null),
    name: wanted.name,
    node: "",
    running: /** @type {any[]} */ ([]),
    ended: /** @type {any[]} */ ([]),
    done: 0,
    failed: 0,
    draining: false,
    finished: false,
  };

  const link = new Link({
    register: () => ({
      role: "worker",
      ...(state.name ? {name: state.name} : {}),
      ...(wanted.token ? {token: wanted.token} : {}),
      operations: wanted.operations,
      slots: wanted.slots,
      confirm: true,
      presence: false,
    }),
    onRegistered(frame, resumed) {
      state.name = frame.name;
      state.node = frame.node;
      if (!resumed) {
        // Another session: what ran in the old one has been given to somebody else.
        [...attempts.values()].forEach((attempt) => give(attempt));
      }
      attempts.forEach((attempt) => attempt.report && link.send(attempt.report));
      if (state.draining) {
        link.send({type: "drain"});
      }
    },
    onFrame: receive,
    onState(next, why) {
      state.link = next;
      state.why = why ?? null;
      changed();
    },
  });

  const key = (frame) => `${frame.task}/${frame.attempt}`;

  function receive(frame, raw) {
    switch (frame.type) {
      case "task":
        take(frame, raw);
        break;
      case "recorded":
        recorded(frame);
        break;
      case "cancel":
        give(attempts.get(key(frame)));
        break;
      case "error":
        if (frame.code === "stale_attempt") {
          give([...attempts.values()].find((attempt) => attempt.task === frame.task && attempt.report));
        }
        break;
      default:
    }
    leaveWhenDone();
    changed();
  }

  function take(frame, raw) {
    const id = key(frame);
    if (attempts.has(id)) {
      return; // Told again after a break: it runs, or its report is on its way.
    }
    const attempt = {id, task: frame.task, attempt: frame.attempt, operation: frame.operation, submitter: frame.submitter, since: Date.now(), report: null};
    attempts.set(id, attempt);
    state.running.push(attempt);
    lanes.run({id, operation: frame.operation, params: raw.params === undefined ? "{}" : writeExact(raw.params), done: (outcome) => report(attempt, outcome)});
  }

  function report(attempt, outcome) {
    const about = `"task":${JSON.stringify(attempt.task)},"attempt":${attempt.attempt}`;
    attempt.report = outcome.error
      ? `{"type":"failed",${about},"error":${JSON.stringify(outcome.error)},"retry":${outcome.retry}}`
      : `{"type":"done",${about},"result":${outcome.result}}`;
    attempt.outcome = outcome;
    link.send(attempt.report);
    changed();
  }

  function recorded(frame) {
    const attempt = attempts.get(key(frame));
    if (!attempt) {
      return;
    }
    const failed = Boolean(attempt.outcome.error);
    state[failed ? "failed" : "done"]++;
    state.ended.unshift({...attempt, took: Date.now() - attempt.since, failed});
    state.ended.length = Math.min(state.ended.length, MOST_LISTED);
    forget(attempt);
  }

  function give(attempt) {
    if (attempt) {
      lanes.cancel(attempt.id);
      forget(attempt);
    }
  }

  function forget(attempt) {
    attempts.delete(attempt.id);
    state.running = state.running.filter((each) => each !== attempt);
  }

  function leaveWhenDone() {
    if (state.draining && attempts.size === 0 && !state.finished) {
      finish();
    }
  }

  function finish() {
    window.removeEventListener("pagehide", finish);
    state.finished = true;
    link.quit();
    lanes.stop();
    changed();
  }

  // Whoever closes the tab does not come back for the session: its tasks need not wait for that.
  window.addEventListener("pagehide", finish);
  link.start();
  return {
    state,
    /** Takes nothing new, finishes what runs, then leaves. */
    drain() {
      state.draining = true;
      if (!link.send({type: "drain"}) && attempts.size === 0) {
        finish();
      }
      leaveWhenDone();
      changed();
    },
    /** Leaves at once: the server gives what runs to somebody else. */
    leave: finish,
  };
}
