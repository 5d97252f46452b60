import {parseExact, plain, writeExact} from "../../core/exact-json.js";
import {BUILT_IN_OPERATIONS, OperationFailed} from "./built-in.js";

// Runs inside a Web Worker: one task at a time, so that a long sum never makes the page wait. An operation of the
// server's admin is a module of its own, loaded at its first task.

const MOST_MESSAGE = 1000;

async function run(operation, paramsJson) {
  const params = parseExact(paramsJson);
  if (Object.hasOwn(BUILT_IN_OPERATIONS, operation)) {
    return writeExact(BUILT_IN_OPERATIONS[operation](params));
  }
  const module = await import(`/join/operations/${encodeURIComponent(operation)}.js`);
  return JSON.stringify((await module.default(plain(params))) ?? null);
}

self.onmessage = async ({data: {id, operation, params}}) => {
  try {
    self.postMessage({id, result: await run(operation, params)});
  } catch (failure) {
    const known = failure instanceof OperationFailed || typeof failure?.code === "string";
    self.postMessage({
      id,
      error: {code: known ? failure.code.slice(0, 64) : "error", message: String(failure?.message ?? failure).slice(0, MOST_MESSAGE)},
      retry: failure?.retry !== false,
    });
  }
};
