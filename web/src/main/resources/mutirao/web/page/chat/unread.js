// How many messages nobody has looked at; apart from the chat itself, so that the frame need not load it.
let count = 0;
const listeners = new Set();

export const unread = () => count;

/** @param {number} n */
export function setUnread(n) {
  if (n !== count) {
    count = n;
    listeners.forEach((listener) => listener());
  }
}

/** @param {() => void} listener */
export function onUnread(listener) {
  listeners.add(listener);
}
