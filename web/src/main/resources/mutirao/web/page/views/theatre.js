import {button, el, icon, replace, setText} from "../core/dom.js";
import {t} from "../core/language.js";
import {get, post} from "../core/http.js";
import {calmly, on} from "../core/events.js";
import {duration, now} from "../core/clock.js";
import {may, who} from "../core/session.js";
import {heardCluster} from "../core/figures.js";
import {CONCEPTS, captions} from "../theatre/captions.js";
import {Director} from "../theatre/director.js";
import {makeStage} from "../theatre/stage.js";
import {stageControls} from "../theatre/controls.js";
import {note} from "../parts/notes.js";

export const title = () => t("theatre.title");

const SPEEDS = [0.25, 0.5, 1, 2];
const MOST_TOLD = 8;
const BEHIND_MS = 5000;
const WORK = 12;

export function show(main) {
  const stage = makeStage();
  const caption = captions();
  const told = el("ol", {class: "told", "aria-label": t("theatre.told")});
  const tell = (text) => {
    told.prepend(el("li", {}, text));
    while (told.children.length > MOST_TOLD) {
      told.lastElementChild.remove();
    }
  };
  const director = new Director({...stage, caption: caption.show, tell});
  const undrawn = el("span", {class: "faint undrawn"});
  const behind = button("", () => director.catchUp(), {class: "quiet small behind"});
  const pause = el("button", {type: "button", class: "button square", onclick: togglePause, "aria-pressed": "false", "aria-label": t("theatre.pause")}, icon("pause"));
  const speed = el("select", {"aria-label": t("theatre.speed"), onchange: () => (stage.clock.speed = Number(speed.value))}, SPEEDS.map((each) => el("option", {value: each, selected: each === 1}, `${each} ×`)));
  const pin = el("select", {"aria-label": t("theatre.explain"), onchange: () => caption.pin(pin.value)}, el("option", {value: ""}, t("theatre.explain.auto")), CONCEPTS.map((each) => el("option", {value: each}, t(`concept.${each}.name`))));
  const controls = who().stage_controls && may("administer") ? stageControls() : null;
  const theatre = el("div", {class: "theatre"},
    el("div", {class: "theatre-bar"}, el("h1", {}, t("theatre.title")), pause, speed, pin,
      may("submit") && button(t("theatre.work", {n: WORK}), work, {class: "button", icon: "plus"}),
      button("", fullScreen, {class: "button square", icon: "full", label: t("theatre.full")}), behind, undrawn),
    el("div", {class: "stage-holder"}, stage.picture),
    caption.node,
    controls?.node,
    legend(),
    el("details", {class: "told-holder"}, el("summary", {}, t("theatre.told")), told));
  main.append(theatre);
  caption.show("welcome");

  function togglePause() {
    stage.clock.paused = !stage.clock.paused;
    pause.setAttribute("aria-pressed", String(stage.clock.paused));
    pause.setAttribute("aria-label", t(stage.clock.paused ? "theatre.play" : "theatre.pause"));
    replace(pause, icon(stage.clock.paused ? "play" : "pause"));
    theatre.classList.toggle("paused", stage.clock.paused);
  }

  async function work() {
    const operations = ["sum", "average", "max", "min"];
    const numbers = () => Array.from({length: 4}, () => Math.floor(Math.random() * 100));
    try {
      await post("/api/tasks/batch", {tasks: Array.from({length: WORK}, (_, i) => ({operation: operations[i % operations.length], params: {numbers: numbers()}}))});
    } catch (refused) {
      note(refused.message, "bad");
    }
  }

  function fullScreen() {
    document.fullscreenElement ? document.exitFullscreen() : theatre.requestFullscreen();
  }

  // Who is there now ------------------------------------------------------------------------------------------------

  async function lookAtWorkers() {
    try {
      const {workers} = await get("/api/workers");
      workers.forEach((worker) => {
        stage.workers.know(worker.name);
        stage.workers.load(worker);
      });
    } catch {
      // The next event looks again.
    }
  }

  async function lookAtClients() {
    try {
      const {clients} = await get("/api/clients");
      clients.filter((client) => client.role !== "worker").forEach((client) => stage.clients.know(client.name));
    } catch {
      // As above.
    }
  }

  let led = null;
  function heard(cluster) {
    const first = led === null;
    stage.servers.show(cluster);
    const alive = stage.servers.alive().length;
    if (cluster.servers.length > 1 && (alive < stage.servers.majority || cluster.leader === null)) {
      caption.show("no_quorum");
    }
    if (!first && cluster.leader && `${cluster.leader} ${cluster.term}` !== led) {
      caption.show("election", {node: cluster.leader, term: String(cluster.term)});
      tell(t("theatre.tell.election", {node: cluster.leader, term: String(cluster.term)}));
      stage.servers.election(cluster.leader);
    }
    if (cluster.leader) {
      led = `${cluster.leader} ${cluster.term}`;
    }
    controls?.show(cluster);
  }

  const workersSoon = calmly(800, lookAtWorkers);
  const stops = [
    on("tasks", (batch) => {
      director.tasks(batch);
      workersSoon();
    }),
    on("messages", (message) => director.message(message)),
    on("people", (change) => {
      director.person(change);
      workersSoon();
    }),
    on("cluster", heard),
    on("figures", (figures) => stage.waiting(figures.tasks.queued + figures.tasks.scheduled)),
  ];
  get("/api/cluster").then((cluster) => {
    heardCluster(cluster);
    heard(cluster);
  }, () => {});
  lookAtWorkers();
  lookAtClients();

  // The picture moves -----------------------------------------------------------------------------------------------

  let running = true;
  function frame(wall) {
    if (!running) {
      return;
    }
    stage.frame(wall);
    director.frame();
    setText(undrawn, director.undrawn > 0 ? t("theatre.undrawn", {n: director.undrawn}) : "");
    const late = director.behind(now());
    behind.hidden = late < BEHIND_MS;
    if (!behind.hidden) {
      setText(behind.firstElementChild ?? behind.appendChild(el("span")), t("theatre.behind", {time: duration(Math.floor(late / 1000) * 1000)}));
    }
    requestAnimationFrame(frame);
  }
  const narrow = new ResizeObserver(() => {
    const tall = main.clientWidth < 640;
    if (tall !== stage.picture.classList.contains("tall")) {
      stage.arrange(tall);
    }
  });
  narrow.observe(main);
  requestAnimationFrame(frame);

  return () => {
    running = false;
    narrow.disconnect();
    workersSoon.stop();
    stops.forEach((stop) => stop());
  };
}

function legend() {
  const entry = (kind) => el("li", {}, el("span", {class: "legend-" + kind}), t("theatre.legend." + kind));
  return el("ul", {class: "legend", "aria-label": t("theatre.legend")}, ["task", "result", "failure", "message", "entry", "committed"].map(entry));
}
