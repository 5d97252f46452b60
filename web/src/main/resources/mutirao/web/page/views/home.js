import {el, keyed, link, replace, setText} from "../core/dom.js";
import {language, t} from "../core/language.js";
import {get} from "../core/http.js";
import {ago, duration, since} from "../core/clock.js";
import {newestFigures, onNews} from "../core/figures.js";
import {onStream, streamState} from "../core/events.js";
import {chart} from "../parts/chart.js";
import {curl, equivalent, mutirao} from "../parts/equivalent.js";

export const title = () => t("home.title");

const MOST_POINTS = 600;

const count = (value) => (value === null || value === undefined ? "–" : Math.round(value).toLocaleString(language()));
const rate = (value) =>
  value === null || value === undefined ? "–" : value.toLocaleString(language(), {maximumFractionDigits: value < 10 ? 1 : 0});
const ms = (value) => duration(value === null || value === undefined ? null : Math.round(value * 10) / 10);

/** Binary units, as the command line takes them. */
export function bytes(value) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value.toLocaleString(language(), {maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0})} ${units[unit]}`;
}

/** One number with its name; only the number's text ever changes, so nothing moves. */
function tile(key, options = {}) {
  const value = el("dd", {class: "tile-value"}, "–");
  const more = el("dd", {class: "tile-more"}, "\u00a0");
  const name = t("home." + key);
  return {
    node: el("div", {class: "tile", data: {tile: key}}, el("dt", {}, options.href ? link(options.href, {}, name) : name), value, more),
    show(text, moreText = "\u00a0") {
      text instanceof Node ? replace(value, text) : setText(value, text);
      setText(more, moreText);
    },
  };
}

function series() {
  const names = ["at", "accepted", "finished", "failed", "queued", "running", "start_p95", "finish_p95"];
  const kept = Object.fromEntries(names.map((name) => [name, []]));
  const push = (point) => {
    for (const name of names) {
      kept[name].push(point[name] ?? null);
      if (kept[name].length > MOST_POINTS) {
        kept[name].shift();
      }
    }
  };
  return {
    kept,
    begin(given) {
      if (!given?.at?.length) {
        return;
      }
      // Events may have come before the answer did: they stay, after what is older.
      const points = (of) => of.at.map((_, i) => Object.fromEntries(names.map((name) => [name, of[name]?.[i]])));
      const newer = points(kept).filter((point) => point.at > given.at.at(-1));
      names.forEach((name) => (kept[name].length = 0));
      [...points(given), ...newer].forEach(push);
    },
    add(figures) {
      if (figures.at > (kept.at.at(-1) ?? 0)) {
        push({
          at: figures.at,
          accepted: figures.rates.accepted,
          finished: figures.rates.finished,
          failed: figures.rates.failed,
          queued: figures.tasks.queued,
          running: figures.tasks.running,
          start_p95: figures.latency.start.p95_ms,
          finish_p95: figures.latency.finish.p95_ms,
        });
      }
    },
    lines: (...wanted) => [kept.at.map((at) => at / 1000), ...wanted.map((name) => kept[name])],
  };
}

function charts() {
  const perSecond = (value) => (value === null ? "–" : t("home.per.second", {rate: rate(value)}));
  return {
    flow: chart({title: t("home.chart.flow"), unit: perSecond, lines: [
      {label: t("home.accepted"), color: "--accent"},
      {label: t("home.finished"), color: "--done", fill: true},
      {label: t("home.failed"), color: "--failed"}]}),
    depth: chart({title: t("home.chart.depth"), unit: count, whole: true, lines: [
      {label: t("state.queued"), color: "--queued", fill: true},
      {label: t("state.running"), color: "--accent"}]}),
    latency: chart({title: t("home.chart.latency"), unit: ms, lines: [
      {label: t("home.to.start"), color: "--queued"},
      {label: t("home.to.finish"), color: "--done"}]}),
  };
}

function tiles() {
  return {
    finished: tile("throughput"), failed: tile("failures", {href: "/tasks?state=failed"}), start: tile("start"), finish: tile("finish"),
    queued: tile("depth", {href: "/tasks?state=queued"}), oldest: tile("oldest"), running: tile("running", {href: "/tasks?state=running"}),
    slots: tile("slots", {href: "/workers"}), connections: tile("connections"), messages: tile("messages", {href: "/chat"}), memory: tile("memory"), kept: tile("kept"),
  };
}

function showTiles(all, f) {
  all.finished.show(t("home.per.second", {rate: rate(f.rates.finished)}), t("home.accepted.rate", {rate: rate(f.rates.accepted)}));
  all.failed.show(t("home.per.second", {rate: rate(f.rates.failed)}));
  all.start.show(ms(f.latency.start.p50_ms), t("home.p95", {time: ms(f.latency.start.p95_ms)}));
  all.finish.show(ms(f.latency.finish.p50_ms), t("home.p95", {time: ms(f.latency.finish.p95_ms)}));
  all.queued.show(count(f.tasks.queued), t("home.scheduled", {n: f.tasks.scheduled}));
  all.oldest.show(f.oldest_queued_at ? since(f.oldest_queued_at) : "–", f.oldest_queued_at ? "\u00a0" : t("home.none"));
  all.running.show(count(f.tasks.running), t("home.workers", {n: f.workers}));
  all.slots.show(t("home.slots.free", {free: count(f.slots.total - f.slots.busy)}), t("home.slots.of", {n: f.slots.total}));
  all.connections.show(count(f.connections), t("home.clients", {n: f.clients}));
  all.messages.show(t("home.per.second", {rate: rate(f.rates.messages)}));
  all.memory.show(bytes(f.memory.used), f.disk ? t("home.disk", {used: bytes(f.disk.used)}) : t("home.memory.of", {max: bytes(f.memory.max)}));
  all.kept.show(count(f.tasks.kept), t("home.kept.more"));
}

function problemItem(problem) {
  return el("li", {class: "problem " + problem.severity}, el("span", {class: "problem-kind"}, t("problem." + problem.severity)),
    el("span", {}, problem.message), problem.link?.startsWith("/") && link(problem.link, {}, t("home.look")));
}

function queueRow(queue) {
  return el("tr", {}, el("th", {scope: "row"}, link("/tasks?state=queued&operation=" + encodeURIComponent(queue.operation), {class: "name"}, queue.operation)),
    el("td", {class: "number"}, count(queue.queued)), el("td", {class: "number" + (queue.workers === 0 ? " bad" : "")}, count(queue.workers)));
}

export function show(main) {
  const all = tiles();
  const drawings = charts();
  const history = series();
  const problems = el("ul", {class: "problems"});
  const fine = el("p", {class: "fine"}, t("home.fine"));
  const queues = el("tbody");
  const noQueues = el("p", {class: "faint"}, t("home.queues.none"));
  const table = el("table", {class: "table queues", hidden: true}, el("thead", {}, el("tr", {}, el("th", {scope: "col"}, t("task.operation")), el("th", {scope: "col", class: "number"}, t("home.waiting")),
    el("th", {scope: "col", class: "number"}, t("home.workers.able")))), queues);
  const age = el("p", {class: "faint"});
  const same = equivalent(() => ({command: mutirao("cluster"), http: curl("GET", "/api/figures")}));

  main.append(
    el("div", {class: "head"}, el("h1", {}, t("home.title")), age),
    el("section", {class: "panel problems-panel", "aria-labelledby": "problems-title"}, el("h2", {id: "problems-title"}, t("home.problems")), fine, problems),
    el("dl", {class: "tiles"}, Object.values(all).map((each) => each.node)),
    el("div", {class: "charts"}, Object.values(drawings).map((each) => each.node)),
    el("section", {class: "panel"}, el("h2", {}, t("home.queues")), noQueues, table),
    same.node,
  );

  function update() {
    const f = newestFigures();
    if (!f) {
      return;
    }
    showTiles(all, f);
    history.add(f);
    drawings.flow.show(history.lines("accepted", "finished", "failed"));
    drawings.depth.show(history.lines("queued", "running"));
    drawings.latency.show(history.lines("start_p95", "finish_p95"));
    fine.hidden = f.problems.length > 0;
    keyed(problems, f.problems, (problem) => problem.code + problem.message, problemItem, () => {});
    keyed(queues, f.queues, (queue) => `${queue.operation} ${queue.queued} ${queue.workers}`, queueRow, () => {});
    noQueues.hidden = f.queues.length > 0;
    table.hidden = !noQueues.hidden;
    if (age.dataset.at !== String(f.started_at)) {
      age.dataset.at = f.started_at;
      replace(age, t("home.started", {node: f.node}), " ", ago(f.started_at));
    }
  }

  const look = async () => {
    try {
      const figures = await get("/api/figures");
      history.begin(figures.series);
      update();
    } catch {
      // The events will tell.
    }
  };
  look();
  const stopNews = onNews(update);
  const stopStream = onStream(() => main.classList.toggle("old", streamState().staleSince !== null && !streamState().live));
  update();
  return () => {
    stopNews();
    stopStream();
    Object.values(drawings).forEach((each) => each.stop());
  };
}
