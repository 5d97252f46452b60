package mutirao.bench.peers.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import mutirao.bench.peer.Payload;
import mutirao.bench.wire.Connection;

/**
 * How tasks become a request: one alone, or many in a list. A task is kept for a while after its
 * end, because whoever waits for it looks it up then.
 */
final class HttpWords {
  /** One task a request, as many connections as there are tasks outstanding. */
  static final HttpWords ONE = new HttpWords("/api/tasks", 1, 64, "", "");

  /** Up to 100 tasks a request. */
  static final HttpWords BATCH = new HttpWords("/api/tasks/batch", 100, 1, "{\"tasks\":[", "]}");

  private static final byte[] BEFORE_TEXT =
      ascii("{\"operation\":\"uppercase\",\"params\":{\"text\":\"");
  private static final byte[] AFTER_TEXT = ascii("\"},\"keep_ms\":1000}");
  private static final byte[] BODY_FOLLOWS = ascii("\r\n\r\n");
  private static final byte[] COMMA = ascii(",");

  private final int mostTasks;
  private final int mostLanes;
  private final byte[] head;
  private final byte[] first;
  private final byte[] last;

  private HttpWords(String path, int mostTasks, int mostLanes, String first, String last) {
    this.mostTasks = mostTasks;
    this.mostLanes = mostLanes;
    this.first = ascii(first);
    this.last = ascii(last);
    this.head =
        ascii(
            "POST "
                + path
                + "?wait=30s HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: ");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  /** Most tasks of a request. */
  int mostTasks() {
    return mostTasks;
  }

  /** Connections of one submitter at most. */
  int mostLanes() {
    return mostLanes;
  }

  /** Sends one request with the first {@code count} of the sequence numbers. */
  void send(Connection connection, int sender, long[] sequences, int count) {
    int each = BEFORE_TEXT.length + Payload.LENGTH + AFTER_TEXT.length;
    int length = first.length + count * each + (count - 1) + last.length;
    connection.write(head);
    connection.write(ascii(Integer.toString(length)));
    connection.write(BODY_FOLLOWS);
    connection.write(first);
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        connection.write(COMMA);
      }
      Payload.send(connection, BEFORE_TEXT, sender, sequences[i], AFTER_TEXT);
    }
    connection.write(last);
  }
}
