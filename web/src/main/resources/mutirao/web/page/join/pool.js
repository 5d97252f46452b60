// As many Web Workers as there are slots. One that has to be stopped in the middle is ended and replaced.

/**
 * @param {number} size
 */
export function pool(size) {
  /** @type {{worker: Worker, id: string | null, done: ((outcome: any) => void) | null}[]} */
  const lanes = Array.from({length: size}, lane);
  /** @type {{id: string, operation: string, params: string, done: (outcome: any) => void}[]} */
  const queue = [];

  function lane() {
    const made = {worker: new Worker("/join/compute/runner.js", {type: "module"}), id: null, done: null};
    listen(made);
    return made;
  }

  function listen(made) {
    made.worker.onmessage = ({data}) => data.id === made.id && finish(made, data);
    made.worker.onerror = (event) => {
      event.preventDefault();
      if (made.id !== null) {
        finish(made, {error: {code: "error", message: event.message || "the operation could not be loaded"}, retry: true});
      }
    };
  }

  function finish(made, outcome) {
    const {done} = made;
    made.id = null;
    made.done = null;
    next(made);
    done?.(outcome);
  }

  function next(made) {
    const job = queue.shift();
    if (job) {
      begin(made, job);
    }
  }

  function begin(made, job) {
    made.id = job.id;
    made.done = job.done;
    made.worker.postMessage({id: job.id, operation: job.operation, params: job.params});
  }

  return {
    size,
    /** @param {{id: string, operation: string, params: string, done: (outcome: any) => void}} job */
    run(job) {
      const free = lanes.find((each) => each.id === null);
      free ? begin(free, job) : queue.push(job);
    },
    /** Nobody wants this any more. @param {string} id */
    cancel(id) {
      const waiting = queue.findIndex((job) => job.id === id);
      if (waiting >= 0) {
        queue.splice(waiting, 1);
        return;
      }
      const busy = lanes.find((each) => each.id === id);
      if (busy) {
        busy.worker.terminate();
        busy.worker = new Worker("/join/compute/runner.js", {type: "module"});
        listen(busy);
        busy.id = null;
        busy.done = null;
        next(busy);
      }
    },
    stop() {
      lanes.forEach((each) => each.worker.terminate());
    },
  };
}
