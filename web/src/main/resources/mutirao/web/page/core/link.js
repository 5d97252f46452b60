import {parseExact, plain, writeExact} from "./exact-json.js";
import {language} from "./language.js";

// A session over the WebSocket `/ws`, with the frames of the protocol, one a text message. When the connection breaks,
// it comes back by itself, waits longer from try to try, and takes the session up again where it can.

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
const USUAL_HEARTBEAT_MS = 15_000;
const REGISTER = "register";

/** What a frame was answered with, where it was refused or got no answer. */
export class FrameRefused extends Error {
  /** @param {any} frame */
  constructor(frame) {
    super(frame.message ?? frame.code);
    this.code = frame.code;
    this.field = frame.field;
    this.frame = frame;
  }
}

/**
 * @typedef {"connecting" | "registered" | "lost" | "refused" | "taken" | "ended"} LinkState
 */
export class Link {
  /**
   * @param {{register: () => Record<string, any>, seen?: () => Record<string, number>,
   *   onRegistered: (frame: any, resumed: boolean) => void, onFrame: (frame: any, raw: any) => void,
   *   onState: (state: LinkState, why?: any) => void, resume?: string | null}} session
   */
  constructor(session) {
    this.session = session;
    this.resume = session.resume ?? null;
    /** @type {LinkState} */
    this.state = "ended";
    this.waiting = new Map();
    this.nextRef = 1;
    this.waitMs = FIRST_WAIT_MS;
    this.heartbeatMs = USUAL_HEARTBEAT_MS;
    this.socket = null;
    this.retryAt = 0;
    this.onOnline = () => this.state === "lost" && this.open();
  }

  start() {
    this.pulse = setInterval(() => this.beat(), 1000);
    window.addEventListener("online", this.onOnline);
    this.open();
  }

  open() {
    clearTimeout(this.timer);
    this.drop();
    this.become("connecting");
    const address = new URL("/ws", location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    this.socket = socket;
    this.saidAt = Date.now();
    this.pingedAt = 0;
    socket.onopen = () => {
      const resuming = this.resume ? {resume: this.resume, seen: this.session.seen?.()} : {};
      this.write({type: "register", ref: REGISTER, lang: language(), ...this.session.register(), ...resuming});
    };
    socket.onmessage = (message) => this.socket === socket && this.receive(message.data);
    socket.onclose = () => this.socket === socket && this.lost();
  }

  /** Closes without a word, as a broken line does. */
  drop() {
    const old = this.socket;
    this.socket = null;
    old?.close();
  }

  become(state, why) {
    this.state = state;
    this.session.onState(state, why);
  }

  lost() {
    this.drop();
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    waiting.forEach(({reject}) => reject(new FrameRefused({code: "disconnected", message: ""})));
    if (this.state === "refused" || this.state === "taken" || this.state === "ended") {
      return;
    }
    const wait = this.waitMs * (0.7 + 0.6 * Math.random());
    this.waitMs = Math.min(this.waitMs * 2, LONGEST_WAIT_MS);
    this.retryAt = Date.now() + wait;
    this.become("lost");
    this.timer = setTimeout(() => this.open(), wait);
  }

  /**
   * Sends without waiting for an answer.
   * @param {Record<string, any> | string} frame
   * @returns {boolean} whether there was a connection to send it on
   */
  send(frame) {
    if (this.state !== "registered") {
      return false;
    }
    this.write(frame);
    return true;
  }

  write(frame) {
    this.saidAt = Date.now();
    this.socket?.send(typeof frame === "string" ? frame : writeExact(frame));
  }

  /**
   * Sends and waits for the direct reply.
   * @param {Record<string, any>} frame
   * @returns {Promise<any>}
   */
  request(frame) {
    return new Promise((resolve, reject) => {
      const ref = this.nextRef++;
      if (!this.send({...frame, ref})) {
        reject(new FrameRefused({code: "disconnected", message: ""}));
        return;
      }
      this.waiting.set(ref, {resolve, reject});
    });
  }

  receive(text) {
    this.pingedAt = 0;
    const raw = parseExact(text);
    const frame = plain(raw);
    if (frame.type === "ping") {
      this.write({type: "pong"});
    } else if (frame.type === "registered") {
      this.registered(frame);
    } else if (frame.type === "error" && frame.ref === REGISTER) {
      this.become("refused", frame);
    } else if (frame.type === "bye") {
      this.bye(frame);
    } else {
      this.answer(frame);
      this.session.onFrame(frame, raw);
    }
  }

  registered(frame) {
    this.resume = frame.resume;
    this.heartbeatMs = frame.heartbeat_ms ?? USUAL_HEARTBEAT_MS;
    this.waitMs = FIRST_WAIT_MS;
    this.state = "registered";
    this.session.onRegistered(frame, frame.resumed === true);
    this.session.onState("registered");
  }

  bye(frame) {
    if (frame.reason === "resumed") {
      this.become("taken", frame);
    } else if (frame.reason !== "shutdown") {
      this.resume = null;
      this.become("ended", frame);
    }
  }

  answer(frame) {
    const waiting = frame.ref === undefined ? undefined : this.waiting.get(frame.ref);
    if (waiting) {
      this.waiting.delete(frame.ref);
      frame.type === "error" ? waiting.reject(new FrameRefused(frame)) : waiting.resolve(frame);
    }
  }

  /** A line on which nothing comes back is dead, whatever the socket says; a tab in the background wakes rarely. */
  beat() {
    const now = Date.now();
    if (this.state !== "registered") {
      return;
    }
    if (this.pingedAt && now - this.pingedAt > 2 * this.heartbeatMs) {
      this.lost();
    } else if (!this.pingedAt && now - this.saidAt >= this.heartbeatMs) {
      this.write({type: "ping"});
      this.pingedAt = now;
    }
  }

  /** Ends the session in good order. */
  quit() {
    this.send({type: "quit"});
    this.stop();
  }

  /** Ends the connection; the session stays for the resume window. */
  stop() {
    clearInterval(this.pulse);
    clearTimeout(this.timer);
    window.removeEventListener("online", this.onOnline);
    this.state = "ended";
    const old = this.socket;
    this.socket = null;
    // What was sent last is still under way.
    setTimeout(() => old?.close(), 300);
  }
}
