package mutirao.server.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mutirao.archive.store.Gap;
import mutirao.archive.store.Page;
import mutirao.archive.store.Query;
import mutirao.archive.store.Query.Whose;
import mutirao.archive.store.Row;
import mutirao.protocol.Archived;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.server.gateway.history.History.Asker;
import mutirao.server.gateway.words.TaskIds;
import org.jspecify.annotations.Nullable;

/** Searches and what they find, between the words of the wire and those of the archive. */
final class Findings {
  private Findings() {}

  /**
   * What to look for on behalf of {@code asker}.
   *
   * @param before where the answer begins; {@link Long#MAX_VALUE}: with the newest
   */
  static Query query(ClientFrame.Search asked, Asker asker, long before) {
    String room = asked.room();
    List<String> rooms = room == null ? asker.rooms() : List.of(room);
    Whose own = asker.user() == null ? new Whose.Name(asker.name()) : new Whose.User(asker.user());
    return new Query(
        asked.messages() ? rooms : List.of(),
        asked.messages() && room == null ? own : null,
        asked.tasks() ? (asked.any() ? Whose.ANYBODY : own) : null,
        asked.task(),
        asked.words(),
        new Query.Filter(
            asked.by(),
            asked.operation(),
            asked.since() == null ? 0 : asked.since(),
            asked.until() == null ? Long.MAX_VALUE : asked.until()),
        asked.limit(),
        before);
  }

  static ServerFrame.Found frame(@Nullable RawJson ref, Page page) {
    return new ServerFrame.Found(
        ref,
        page.rows().stream().map(Findings::archived).toList(),
        page.before() == 0 ? null : TaskIds.encode(page.before()),
        page.gaps().stream().map(Findings::gap).toList());
  }

  private static Archived archived(Row row) {
    return switch (row) {
      case Row.Message message ->
          new Archived.Message(
              message.sender(),
              message.room(),
              message.receiver(),
              new RawJson(message.text()),
              message.seq(),
              message.timeMs());
      case Row.Task task ->
          new Archived.Task(
              task.task(),
              task.state(),
              task.operation(),
              task.submitter(),
              task.worker(),
              task.attempts(),
              task.acceptedAtMs(),
              task.startedAtMs() == 0 ? null : task.startedAtMs(),
              task.timeMs(),
              raw(task.params()),
              raw(task.result()),
              raw(task.error()),
              omitted(task.omitted()));
    };
  }

  private static List<String> omitted(int parts) {
    List<String> omitted = new ArrayList<>();
    if ((parts & Row.Task.PARAMS) != 0) {
      omitted.add("params");
    }
    if ((parts & Row.Task.RESULT) != 0) {
      omitted.add("result");
    }
    if ((parts & Row.Task.ERROR) != 0) {
      omitted.add("error");
    }
    return omitted;
  }

  private static @Nullable RawJson raw(byte @Nullable [] json) {
    return json == null ? null : new RawJson(json);
  }

  private static Archived.Gap gap(Gap gap) {
    return new Archived.Gap(gap.fromMs(), gap.toMs(), gap.reason().name().toLowerCase(Locale.ROOT));
  }
}
