package mutirao.archive.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mutirao.protocol.RawJson;
import mutirao.protocol.codec.Json;

/** Rows in few words. Their position is also their time. */
public final class Sample {
  private Sample() {}

  static Row.Message said(long position, String room, String sender, String text) {
    return new Row.Message(position, position, room, null, 1, sender, json(text));
  }

  static Row.Message told(long position, String sender, String receiver, String text) {
    return new Row.Message(position, position, null, receiver, 1, sender, json(text));
  }

  static Row.Task done(long position, String submitter, String params, String result) {
    return new Row.Task(
        position,
        position,
        "t" + position,
        "sum",
        submitter,
        "wim",
        "done",
        1,
        position - 2,
        position - 1,
        params.getBytes(UTF_8),
        result.getBytes(UTF_8),
        null,
        0);
  }

  static Batch batch(long from, Row... rows) {
    long to = rows[rows.length - 1].position();
    return new Batch(from, to, to, List.of(rows), List.of());
  }

  /** What rows say, shortly: the text of messages, the id of tasks. */
  public static List<String> words(List<Row> rows) {
    List<String> words = new ArrayList<>();
    for (Row row : rows) {
      words.add(
          switch (row) {
            case Row.Message message -> Json.text(new RawJson(message.text()));
            case Row.Task task -> task.task();
          });
    }
    return words;
  }

  /** A page by hand: everything of one room. */
  static Query room(String room) {
    return new Query(List.of(room), null, null, null, null, 50, Long.MAX_VALUE);
  }

  static Query with(Query query, String words) {
    return new Query(
        query.rooms(),
        query.directsOf(),
        query.tasksOf(),
        query.task(),
        words,
        query.filter(),
        query.limit(),
        query.before());
  }

  static Query page(Query query, int limit, long before) {
    return new Query(
        query.rooms(),
        query.directsOf(),
        query.tasksOf(),
        query.task(),
        query.words(),
        query.filter(),
        limit,
        before);
  }

  /** Records with arrays in them are not equal by themselves. */
  static String all(Row row) {
    return switch (row) {
      case Row.Message m ->
          List.of(m.position(), m.timeMs(), m.seq(), m.sender(), new String(m.text(), UTF_8))
              + " to "
              + m.room()
              + m.receiver();
      case Row.Task t ->
          List.of(t.position(), t.timeMs(), t.task(), t.operation(), t.submitter(), t.state())
              + " by "
              + t.worker()
              + List.of(t.attempts(), t.acceptedAtMs(), t.startedAtMs(), t.omitted())
              + Arrays.toString(t.params())
              + Arrays.toString(t.result())
              + Arrays.toString(t.error());
    };
  }

  private static byte[] json(String text) {
    return Json.string(text).bytes();
  }
}
