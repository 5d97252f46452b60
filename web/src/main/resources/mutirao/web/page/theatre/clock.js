// The stage's own time: it can be slow, fast or stand still, and everything that moves asks it, never the wall.

export class StageClock {
  constructor() {
    this.time = 0;
    this.speed = 1;
    this.paused = false;
    this.last = 0;
    /** @type {{at: number, resolve: () => void}[]} */
    this.alarms = [];
  }

  /**
   * Goes on by what has passed on the wall.
   * @param {number} wall milliseconds
   */
  tick(wall) {
    // A tab that slept does not make up for it.
    const passed = Math.min(100, Math.max(0, wall - this.last));
    this.last = wall;
    if (!this.paused) {
      this.time += passed * this.speed;
    }
    const due = this.alarms.filter((alarm) => alarm.at <= this.time);
    this.alarms = this.alarms.filter((alarm) => alarm.at > this.time);
    due.forEach((alarm) => alarm.resolve());
  }

  /**
   * @param {number} ms of the stage's time
   * @returns {Promise<void>}
   */
  after(ms) {
    return new Promise((resolve) => this.alarms.push({at: this.time + ms, resolve}));
  }
}
