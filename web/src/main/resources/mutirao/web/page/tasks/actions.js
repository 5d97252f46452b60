import {t} from "../core/language.js";
import {post} from "../core/http.js";
import {go} from "../core/router.js";
import {confirmed} from "../parts/dialog.js";
import {doing, note} from "../parts/notes.js";

const path = (id, action) => `/api/tasks/${encodeURIComponent(id)}/${action}`;

/**
 * Ends a task, after asking.
 * @param {Event} event
 * @param {string} id
 * @param {() => void} [then]
 */
export async function cancelTask(event, id, then) {
  const pressed = {currentTarget: event.currentTarget};
  const yes = await confirmed({title: t("cancel.title"), text: t("cancel.text", {task: id}), yes: t("cancel.yes"), danger: true});
  if (yes) {
    await doing(/** @type {any} */ (pressed), async () => {
      await post(path(id, "cancel"));
      note(t("cancel.done", {task: id}));
      then?.();
    });
  }
}

/**
 * Hands the same in again, and goes there.
 * @param {Event} event
 * @param {string} id
 */
export async function retryTask(event, id) {
  await doing(event, async () => {
    const accepted = await post(path(id, "retry"));
    note(t("retry.done", {task: accepted.task}));
    go("/tasks/" + encodeURIComponent(accepted.task));
  });
}
