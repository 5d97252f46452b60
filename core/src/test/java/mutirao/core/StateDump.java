package mutirao.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import mutirao.core.room.Message;
import mutirao.core.room.Room;
import mutirao.core.session.DirectMessage;
import mutirao.core.session.Session;
import mutirao.core.task.Task;
import mutirao.core.task.Worker;
import org.jspecify.annotations.Nullable;

/** A whole state as text, so that two of them can be compared and a difference can be read. */
public final class StateDump {

  private StateDump() {}

  /** Everything that can be seen of a state, in an order that depends on nothing but the state. */
  public static String of(State state) {
    StringBuilder out = new StringBuilder();
    out.append("index ").append(state.lastIndex()).append(" now ").append(state.nowMs());
    out.append(" next ").append(state.deadlines().nextMs());
    out.append(" deadlines ").append(state.deadlines().size());
    out.append(" keys ").append(state.recentKeys().size()).append('\n');
    state.sessions().all().forEach(session -> session(out, session));
    state.rooms().all().forEach(room -> room(out, room));
    state.tasks().workers().forEach(worker -> worker(out, worker));
    for (long id = 1; id <= state.lastIndex(); id++) {
      Task task = state.tasks().byId(id);
      if (task != null) {
        task(out, task);
      }
    }
    out.append("queued ").append(state.tasks().queued());
    out.append(" payload ").append(state.tasks().payloadBytes()).append('\n');
    return out.toString();
  }

  private static void session(StringBuilder out, Session session) {
    out.append("session ").append(session.id()).append(' ').append(session.name());
    out.append(' ').append(session.role()).append(' ').append(session.origin());
    out.append(' ').append(session.operations()).append(' ').append(session.slots());
    out.append(' ').append(session.confirm()).append(session.presence());
    out.append(' ').append(session.secretHash()).append(' ').append(session.pending());
    out.append(session.pending() ? " until " + session.atMs() : "");
    out.append(" directs ").append(session.lastDirectSeq()).append('/');
    out.append(session.detachedAfterSeq());
    for (DirectMessage direct : session.inbox()) {
      out.append(' ').append(direct.seq()).append(direct.sender()).append(text(direct.text()));
    }
    out.append('\n');
  }

  private static void room(StringBuilder out, Room room) {
    out.append("room ").append(room.name()).append(' ').append(room.lastSeq()).append(" with");
    room.members().forEach(member -> out.append(' ').append(member.id()));
    for (Message message : room.after(0)) {
      out.append(' ').append(message.seq()).append(message.sender()).append(text(message.text()));
    }
    out.append('\n');
  }

  private static void worker(StringBuilder out, Worker worker) {
    out.append("worker ").append(worker.session().id()).append(' ').append(worker.done());
    out.append('/').append(worker.failed()).append(worker.draining() ? " draining" : "");
    worker.running().forEach(task -> out.append(' ').append(task.id()));
    out.append('\n');
  }

  private static void task(StringBuilder out, Task task) {
    out.append("task ").append(task.id()).append(' ').append(task.state());
    out.append(" of ").append(task.submitter()).append(' ').append(task.spec().operation());
    out.append(" attempt ").append(task.attempt()).append(" on ").append(task.workerName());
    out.append(' ').append(task.acceptedAtMs()).append(' ').append(task.notBeforeMs());
    out.append(' ').append(task.startedAtMs()).append(' ').append(task.renewedAtMs());
    out.append(' ').append(task.finishedAtMs()).append(' ').append(task.targetKey());
    out.append(' ').append(text(task.result())).append(' ').append(text(task.error()));
    out.append(task.pending() ? " at " + task.atMs() : "").append('\n');
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "-" : new String(bytes, UTF_8);
  }
}
