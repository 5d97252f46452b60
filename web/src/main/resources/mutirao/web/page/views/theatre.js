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
const MOST_TOLD = 30;
const BEHIND_MS = 5000;
const WORK = 12;

export function show(main) {
  const stage = makeStage();
  const caption = captions();
  const told = el("ol", {class: "told", tabindex: "0", "aria-label": t("theatre.told")});
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
  const controls = who().stage_controls && may("administer") ? stageControls(acted) : null;
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

  /** @type {{leader: string, term: number} | null} */
  let led = null;
  let newest = null;
  function heard(said) {
    newest = said;
    const cluster = stage.servers.asSeen(said);
    const {died, back} = stage.servers.show(cluster);
    if (cluster.servers.length > 1) {
      died.forEach((node) => happened("death", {node}));
      back.forEach((node) => happened("catching_up", {node}));
      const few = stage.servers.alive().length < stage.servers.majority;
      caption.hold(few ? "no_quorum" : cluster.leader === null ? "leaderless" : "");
    }
    if (cluster.leader) {
      const {leader, term} = cluster;
      if (led && (led.leader !== leader || led.term !== term)) {
        happened("election", {node: leader, term: String(term)});
        stage.servers.election(leader, led.leader);
      }
      led = {leader, term};
    }
    controls?.show(cluster);
  }

  function happened(concept, values) {
    caption.show(concept, values);
    tell(t("theatre.tell." + concept, values));
  }

  function acted(node, action) {
    action === "kill" ? stage.servers.strike(node) : stage.servers.revive(node);
    heard(newest);
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
    caption.stop();
  };
}

function legend() {
  const entry = (kind) => el("li", {}, el("span", {class: "legend-" + kind}), t("theatre.legend." + kind));
  return el("ul", {class: "legend", "aria-label": t("theatre.legend")}, ["task", "result", "failure", "message", "entry", "committed"].map(entry));
}
