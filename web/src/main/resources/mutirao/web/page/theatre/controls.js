import {button, el, keyed, replace} from "../core/dom.js";
import {t} from "../core/language.js";
import {post} from "../core/http.js";
import {confirmed} from "../parts/dialog.js";
import {doing} from "../parts/notes.js";

/**
 * Kills and starts servers, where the server that serves this page allows it: a demonstration, not production.
 * @param {(node: string, action: "kill" | "start") => void} acted is told what was done
 */
export function stageControls(acted) {
  const list = el("ul", {class: "stage-control-list"});
  const node = el("section", {class: "stage-controls", "aria-label": t("stage.title")}, el("h2", {}, t("stage.title")), list);

  async function act(event, server, action) {
    const pressed = {currentTarget: event.currentTarget};
    const sure = action === "start" || (await confirmed({title: t("stage.kill.title", {node: server}), text: t("stage.kill.text"), yes: t("stage.kill"), danger: true}));
    if (sure) {
      await doing(/** @type {any} */ (pressed), async () => {
        await post(`/api/stage/servers/${encodeURIComponent(server)}/${action}`);
        acted(server, action);
      });
    }
  }

  function row(server) {
    const shown = el("li", {class: "stage-control"});
    draw(shown, server);
    return shown;
  }

  function draw(shown, {node: name, state, leads}) {
    const gone = state === "unreachable";
    const version = `${name} ${gone} ${leads}`;
    if (shown.version === version) {
      return;
    }
    shown.version = version;
    replace(shown, el("b", {}, name), el("span", {class: "faint"}, t("server." + (leads ? "leader" : state))),
      gone
        ? button(t("stage.start"), (event) => act(event, name, "start"), {class: "button small", icon: "play", label: t("stage.start.label", {node: name})})
        : button(t("stage.kill"), (event) => act(event, name, "kill"), {class: "button small danger", icon: "cross", label: t("stage.kill.label", {node: name})}));
  }

  return {
    node,
    show: (cluster) => keyed(list, cluster.servers.map((server) => ({...server, leads: server.node === cluster.leader})), (server) => server.node, row, draw),
  };
}
