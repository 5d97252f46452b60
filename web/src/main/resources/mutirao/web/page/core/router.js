// Client-side routes with the addresses that a person can keep, send and reload.

/** @typedef {{path: string, params: Record<string, string>, query: URLSearchParams}} Route */

const ROUTES = [
  ["/", "home"],
  ["/tasks", "tasks"],
  ["/tasks/new", "submit"],
  ["/tasks/:id", "task"],
  ["/workers", "workers"],
  ["/chat", "chat"],
  ["/chat/:kind/:name", "chat"],
  ["/cluster", "cluster"],
  ["/theatre", "theatre"],
  ["/join", "join"],
  ["/login", "login"],
  ["/api", "api"],
].map(([pattern, view]) => ({view, parts: pattern.split("/").slice(1)}));

/** @type {(view: string, route: Route) => void} */
let show = () => {};

/**
 * @param {string} path
 * @returns {{view: string, params: Record<string, string>}}
 */
export function match(path) {
  const parts = path.replace(/(.)\/+$/, "$1").split("/").slice(1);
  for (const route of ROUTES) {
    const params = fit(route.parts, parts);
    if (params) {
      return {view: route.view, params};
    }
  }
  return {view: "missing", params: {}};
}

function fit(pattern, parts) {
  if (pattern.length !== parts.length) {
    return null;
  }
  const params = {};
  for (let i = 0; i < parts.length; i++) {
    if (pattern[i].startsWith(":")) {
      try {
        params[pattern[i].slice(1)] = decodeURIComponent(parts[i]);
      } catch {
        return null;
      }
    } else if (pattern[i] !== parts[i]) {
      return null;
    }
  }
  return params;
}

function showHere() {
  const {view, params} = match(location.pathname);
  show(view, {path: location.pathname, params, query: new URLSearchParams(location.search)});
}

/**
 * Goes somewhere.
 * @param {string} address path with query
 * @param {{replace?: boolean, quiet?: boolean}} [options] replace: no new entry in the history; quiet: only the
 *   address changes, the view has it already
 */
export function go(address, options = {}) {
  if (address !== location.pathname + location.search) {
    history[options.replace ? "replaceState" : "pushState"](null, "", address);
  }
  if (!options.quiet) {
    showHere();
  }
}

/** Shows the present place anew. */
export function refresh() {
  showHere();
}

/** @param {(view: string, route: Route) => void} showView */
export function start(showView) {
  show = showView;
  window.addEventListener("popstate", showHere);
  document.addEventListener("click", (event) => {
    const anchor = event.target instanceof Element ? event.target.closest("a[href]") : null;
    const plainClick = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!anchor || !plainClick || event.defaultPrevented || anchor.target || anchor.hasAttribute("download")) {
      return;
    }
    const target = new URL(anchor.href, location.href);
    if (target.origin === location.origin && !target.pathname.startsWith("/api/")) {
      // A link to a place on this very page only moves the view there.
      if (target.hash && target.pathname === location.pathname) {
        return;
      }
      event.preventDefault();
      go(target.pathname + target.search);
    }
  });
  showHere();
}
