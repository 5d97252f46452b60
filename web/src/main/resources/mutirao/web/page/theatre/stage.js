import {svg, setText} from "../core/dom.js";
import {t} from "../core/language.js";
import {StageClock} from "./clock.js";
import {layoutFor, wayPath} from "./layout.js";
import {People} from "./people.js";
import {Servers} from "./servers.js";
import {Tokens} from "./tokens.js";

// The picture itself: clients, servers, what waits, workers, and the ways between them.

const TRAY_SPOTS = 8;

export function makeStage() {
  const ways = svg("g", {class: "ways"});
  const trayLayer = svg("g", {class: "tray"});
  const serverLayer = svg("g");
  const clientLayer = svg("g");
  const workerLayer = svg("g");
  const tokenLayer = svg("g");
  const titles = svg("g", {class: "stage-titles"});
  const picture = svg("svg", {class: "stage", role: "img", "aria-label": t("theatre.picture")}, ways, titles, trayLayer, serverLayer, clientLayer, workerLayer, tokenLayer);

  const clock = new StageClock();
  const tokens = new Tokens(tokenLayer, clock);
  const servers = new Servers(serverLayer, tokens);
  const clients = new People(clientLayer, "client");
  const workers = new People(workerLayer, "worker");
  const moreClients = svg("text", {class: "stage-more", "text-anchor": "middle"});
  const moreWorkers = svg("text", {class: "stage-more", "text-anchor": "middle"});
  const trayBox = svg("rect", {class: "tray-box", rx: "10"});
  const trayTitle = svg("text", {class: "stage-title", "text-anchor": "middle"}, t("theatre.waiting"));
  const trayCount = svg("text", {class: "tray-count", "text-anchor": "middle"});
  const heads = ["theatre.clients", "theatre.servers", "theatre.workers"].map((key) => svg("text", {class: "stage-title", "text-anchor": "middle"}, t(key)));
  trayLayer.append(trayBox, trayTitle, trayCount);
  titles.append(...heads, moreClients, moreWorkers);

  let layout = layoutFor(false);
  /** @type {(string | null)[]} */
  let spots = Array(TRAY_SPOTS).fill(null);
  let waysDrawn = "";

  const tray = {
    spot(id) {
      let i = spots.indexOf(id);
      if (i < 0) {
        i = Math.max(0, spots.indexOf(null));
        spots[i] = id;
      }
      const {x, y, width, height} = layout.tray;
      return layout.tall
        ? {x: x - width / 2 + 34 + i * 36, y: y + 6}
        : {x, y: y - height / 2 + 52 + i * 25 * (height > 240 ? 1 : 0.9)};
    },
    free(id) {
      const i = spots.indexOf(id);
      if (i >= 0) {
        spots[i] = null;
      }
    },
  };

  function arrange(tall) {
    layout = layoutFor(tall);
    picture.setAttribute("viewBox", `0 0 ${layout.width} ${layout.height}`);
    picture.classList.toggle("tall", tall);
    tokens.tall = tall;
    servers.arrange(layout);
    clients.arrange(layout.clients);
    workers.arrange(layout.workers);
    const {x, y, width, height} = layout.tray;
    Object.entries({x: x - width / 2, y: y - height / 2, width, height}).forEach(([name, value]) => trayBox.setAttribute(name, value));
    put(trayTitle, tall ? {x: x - width / 2 + 46, y: y - height / 2 - 8} : {x, y: y - height / 2 - 12});
    put(trayCount, tall ? {x: x + width / 2 - 30, y: y + 12} : {x, y: y + height / 2 + 26});
    const columns = tall ? [{x: 60, y: 20}, {x: 210, y: 126}, {x: 60, y: 634}] : [{x: 92, y: 24}, {x: 520, y: 24}, {x: 1090, y: 24}];
    heads.forEach((head, i) => put(head, columns[i]));
    put(moreClients, tall ? {x: 390, y: 20} : {x: 92, y: 592});
    put(moreWorkers, tall ? {x: 390, y: 634} : {x: 1090, y: 592});
    waysDrawn = "";
  }

  function put(node, {x, y}) {
    node.setAttribute("x", x);
    node.setAttribute("y", y);
  }

  function drawWays() {
    const left = servers.door("left");
    const right = servers.door("right");
    const trayIn = layout.tall ? {x: layout.tray.x, y: layout.tray.y - layout.tray.height / 2} : {x: layout.tray.x - layout.tray.width / 2, y: layout.tray.y};
    const trayOut = layout.tall ? {x: layout.tray.x, y: layout.tray.y + layout.tray.height / 2} : {x: layout.tray.x + layout.tray.width / 2, y: layout.tray.y};
    const paths = [
      ...clients.names().map((name) => wayPath(clients.at(name), left, layout.tall)),
      wayPath(right, trayIn, layout.tall),
      ...workers.names().map((name) => wayPath(trayOut, workers.at(name), layout.tall)),
    ];
    const key = paths.join();
    if (key !== waysDrawn) {
      waysDrawn = key;
      ways.replaceChildren(...paths.map((d) => svg("path", {d, class: "way"})));
    }
  }

  arrange(false);
  return {
    picture,
    clock,
    tokens,
    servers,
    clients,
    workers,
    tray,
    arrange,
    /** @param {number} wall */
    frame(wall) {
      clock.tick(wall);
      tokens.frame();
      drawWays();
      clients.sayOthers(moreClients);
      workers.sayOthers(moreWorkers);
    },
    /** Where something leaves a client, and reaches it. @param {{x: number, y: number}} at */
    before: ({x, y}) => (layout.tall ? {x, y: y + 24} : {x: x + 30, y}),
    /** Where a task is put down at a worker. @param {{x: number, y: number}} at */
    beside: ({x, y}) => (layout.tall ? {x: x - 62, y: y - 8} : {x: x - 84, y}),
    /** @param {number} n how many tasks really wait */
    waiting: (n) => setText(trayCount, n > 0 ? n.toLocaleString() : ""),
    clear() {
      tokens.clear();
      spots = Array(TRAY_SPOTS).fill(null);
    },
  };
}
