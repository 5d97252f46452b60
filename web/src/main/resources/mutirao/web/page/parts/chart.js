import {el, replace} from "../core/dom.js";
import {t} from "../core/language.js";
import {moment} from "../core/clock.js";

// Charts by uPlot, which comes with the server. Where it does not load, the figures above still say what matters.

let loading = null;

function library() {
  loading ??= import("/lib/uplot/uPlot.esm.js").then((module) => {
    document.head.append(el("link", {rel: "stylesheet", href: "/lib/uplot/uPlot.min.css"}));
    return module.default;
  });
  loading.catch(() => (loading = null));
  return loading;
}

/** Half a task is none. */
const WHOLE_STEPS = Array.from({length: 9}, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat();

/** Minutes do where the ticks are minutes apart. */
const atTick = (tick, ticks) => moment(tick * 1000).slice(0, ticks.length > 1 && ticks[1] - ticks[0] < 60 ? 8 : 5);

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/**
 * @param {{title: string, whole?: boolean, unit: (value: number | null) => string,
 *   lines: {label: string, color: string, fill?: boolean}[]}} about color: a custom property of the style sheet
 */
export function chart(about) {
  const plot = el("div", {class: "chart-plot", role: "img"});
  const legend = el("ul", {class: "chart-legend"}, about.lines.map((line) => entry(line)));
  const node = el("figure", {class: "chart"}, el("figcaption", {}, el("span", {class: "chart-title"}, about.title), legend), plot);
  let drawn = null;
  /** @type {any[]} */
  let data = [[], ...about.lines.map(() => [])];
  let gone = false;

  function entry(line) {
    return el("li", {data: {color: line.color}}, el("span", {class: "swatch " + line.color.slice(2)}), el("span", {}, line.label), el("b", {}, "–"));
  }

  function options(width) {
    const faint = color("--faint");
    const grid = {stroke: color("--rule"), width: 1};
    const axis = {stroke: faint, grid, ticks: {show: false}, font: "11px system-ui, sans-serif"};
    return {
      width,
      height: 150,
      padding: [8, 26, 0, 0],
      legend: {show: false},
      cursor: {points: {size: 6}, drag: {x: false, y: false}, sync: {key: "home"}},
      scales: {y: {range: (_, low, high) => [0, Math.max(1, (high ?? 0) * 1.15)]}},
      axes: [
        {...axis, values: (_, ticks) => ticks.map((tick) => atTick(tick, ticks)), space: 80, size: 26},
        {...axis, ...(about.whole ? {incrs: WHOLE_STEPS} : {}), values: (_, ticks) => ticks.map((tick) => about.unit(tick)), size: 58, space: 28},
      ],
      series: [
        {},
        ...about.lines.map((line) => ({
          label: line.label,
          stroke: color(line.color),
          width: 1.6,
          fill: line.fill ? color(line.color) + "22" : undefined,
          points: {show: false},
        })),
      ],
      hooks: {setCursor: [(self) => showValues(self.cursor.idx)]},
    };
  }

  function showValues(index) {
    const place = index ?? data[0].length - 1;
    [...legend.children].forEach((item, i) => {
      item.lastElementChild.textContent = about.unit(data[i + 1][place] ?? null);
    });
  }

  function describe() {
    const last = data[0].length - 1;
    const values = about.lines.map((line, i) => `${line.label} ${about.unit(data[i + 1][last] ?? null)}`);
    plot.setAttribute("aria-label", t("chart.describe", {title: about.title, values: values.join(", ")}));
  }

  async function draw() {
    let uPlot;
    try {
      uPlot = await library();
    } catch {
      replace(plot, el("p", {class: "faint"}, t("chart.missing")));
      return;
    }
    if (gone) {
      return;
    }
    drawn?.destroy();
    drawn = new uPlot(options(Math.max(200, plot.clientWidth)), data, plot);
    showValues(null);
  }

  const observer = new ResizeObserver(() => drawn?.setSize({width: Math.max(200, plot.clientWidth), height: 150}));
  const redraw = () => draw();
  observer.observe(plot);
  window.addEventListener("themechange", redraw);
  draw();

  return {
    node,
    /** @param {any[]} next seconds, then each line's values */
    show(next) {
      data = next;
      describe();
      if (drawn) {
        drawn.setData(data);
        if (drawn.cursor.idx === null || drawn.cursor.idx === undefined || drawn.cursor.left < 0) {
          showValues(null);
        }
      }
    },
    stop() {
      gone = true;
      observer.disconnect();
      window.removeEventListener("themechange", redraw);
      drawn?.destroy();
    },
  };
}
