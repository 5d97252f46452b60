import {button, el, icon, keyed, replace, setText} from "../core/dom.js";
import {language, t} from "../core/language.js";
import {get, post} from "../core/http.js";
import {ago, instant} from "../core/clock.js";
import {may} from "../core/session.js";
import {electionsSeen, heardCluster, newestCluster, newestFigures, onNews} from "../core/figures.js";
import {confirmed} from "../parts/dialog.js";
import {doing, note, showFailure} from "../parts/notes.js";
import {curl, equivalent, mutirao} from "../parts/equivalent.js";

export const title = () => t("cluster.title");

const ASK_AGAIN_MS = 2000;

const number = (value) => (value === undefined || value === null ? "–" : value.toLocaleString(language()));

function row(server, transfer) {
  const node = el("tr", {}, el("th", {scope: "row"}, el("span", {class: "name"}, server.node)), el("td"), el("td", {class: "address"}), el("td", {class: "number"}), el("td", {class: "lag-cell"}), el("td", {class: "number"}));
  update(node, server, transfer);
  return node;
}

function update(node, server, transfer) {
  const shown = JSON.stringify(server) + newestCluster()?.leader;
  if (node.shown === shown) {
    return;
  }
  node.shown = shown;
  const [, state, address, position, lag, act] = node.children;
  replace(state, el("span", {class: "server-state server-" + server.state}, icon(server.state === "leader" ? "crown" : server.state === "unreachable" ? "warning" : "check"), el("span", {}, t("server." + server.state))));
  setText(address, server.address ?? "–");
  setText(position, number(server.last_index));
  const meter = el("span", {class: "lag-bar"}, el("span", {class: "lag-fill"}));
  const behind = server.lag ?? 0;
  meter.firstElementChild.style.width = `${Math.max(2, 100 - Math.min(98, behind))}%`;
  replace(lag, server.lag === undefined ? "–" : [meter, el("span", {}, server.lag === 0 ? t("cluster.even") : t("cluster.behind", {n: server.lag}))]);
  replace(act, may("administer") && server.state === "follower" && button(t("transfer.button"), (event) => transfer(event, server.node), {icon: "crown", class: "button small", label: t("transfer.label", {node: server.node})}));
}

export function show(main) {
  const failure = el("div");
  const facts = el("dl", {class: "facts panel"});
  const body = el("tbody");
  const elections = el("ol", {class: "elections"});
  const noElections = el("p", {class: "faint"}, t("cluster.no.elections"));
  const sentence = el("p", {class: "quorum"});
  const same = equivalent(() => ({command: mutirao("cluster"), http: curl("GET", "/api/cluster")}));
  const column = (key, more = {}) => el("th", {scope: "col", ...more}, t(key));
  main.append(
    el("h1", {}, t("cluster.title")),
    failure,
    sentence,
    facts,
    el("div", {class: "table-holder", role: "region", tabindex: "0", "aria-label": t("cluster.servers")}, el("table", {class: "table"}, el("caption", {class: "unseen"}, t("cluster.servers")),
      el("thead", {}, el("tr", {}, column("cluster.node"), column("cluster.state"), column("cluster.address"), column("cluster.position", {class: "number"}), column("cluster.lag"), el("td"))), body)),
    el("section", {class: "panel"}, el("h2", {}, t("cluster.elections")), noElections, elections),
    same.node,
  );

  function draw() {
    const cluster = newestCluster();
    if (!cluster) {
      return;
    }
    const alive = cluster.servers.filter((server) => server.state !== "unreachable").length;
    const needed = Math.floor(cluster.servers.length / 2) + 1;
    sentence.classList.toggle("bad", alive < needed || !cluster.leader);
    setText(sentence, cluster.servers.length === 1 ? t("cluster.alone") : t(alive >= needed ? "cluster.quorum" : "cluster.no.quorum", {alive, n: cluster.servers.length, needed, spare: alive - needed}));
    const fact = (key, value) => el("div", {class: "fact"}, el("dt", {}, t(key)), el("dd", {}, value));
    replace(facts, fact("cluster.leader", cluster.leader ?? t("cluster.nobody")), fact("cluster.term", number(cluster.term)), fact("cluster.here", cluster.node),
      fact("cluster.log", number(newestFigures()?.log?.last_index)));
    keyed(body, cluster.servers, (server) => server.node, (server) => row(server, transfer), (node, server) => update(node, server, transfer));
    const seen = electionsSeen();
    noElections.hidden = seen.length > 0;
    keyed(elections, seen, (election) => `${election.at}-${election.term}`, (election) =>
      el("li", {}, instant(election.at), " ", el("b", {}, election.leader ? t("cluster.elected", {node: election.leader, term: election.term}) : t("cluster.lost", {term: election.term})), " ", el("span", {class: "faint"}, ago(election.at))), () => {});
  }

  async function transfer(event, node) {
    const pressed = {currentTarget: event.currentTarget};
    const yes = await confirmed({title: t("transfer.title", {node}), text: t("transfer.text"), yes: t("transfer.button")});
    if (yes) {
      await doing(/** @type {any} */ (pressed), async () => {
        heardCluster(await post("/api/cluster/transfer", {node}));
        note(t("transfer.done", {node}));
      });
    }
  }

  let due = 0;
  let left = false;
  async function look() {
    try {
      heardCluster(await get("/api/cluster"));
      showFailure(failure, null);
    } catch (refused) {
      showFailure(failure, refused);
      due = left ? 0 : setTimeout(look, ASK_AGAIN_MS);
    }
  }

  const stop = onNews(draw);
  draw();
  look();
  return () => {
    left = true;
    clearTimeout(due);
    stop();
  };
}
