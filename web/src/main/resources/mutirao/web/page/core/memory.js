// What the page remembers between visits; where storage is forbidden, it forgets.

/**
 * @param {string} key
 * @returns {string | null}
 */
export function remembered(key) {
  try {
    return localStorage.getItem("mutirao." + key);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string | null} value null forgets it
 */
export function remember(key, value) {
  try {
    if (value === null) {
      localStorage.removeItem("mutirao." + key);
    } else {
      localStorage.setItem("mutirao." + key, value);
    }
  } catch {
    // Nothing is lost that was promised.
  }
}

/**
 * What this tab alone remembers, until it is closed.
 * @param {string} key
 * @returns {any}
 */
export function inTab(key) {
  try {
    return JSON.parse(sessionStorage.getItem("mutirao." + key) ?? "null");
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {any} value null forgets it
 */
export function keepInTab(key, value) {
  try {
    if (value === null) {
      sessionStorage.removeItem("mutirao." + key);
    } else {
      sessionStorage.setItem("mutirao." + key, JSON.stringify(value));
    }
  } catch {
    // As above.
  }
}
