package mutirao.bench.peers.redis;

import mutirao.bench.peer.Events;
import mutirao.bench.peer.Speaker;
import mutirao.bench.wire.Connection;

/** Cuts what Redis sends into values. */
abstract class RespSpeaker implements Speaker {
  private final Events events;

  RespSpeaker(Events events) {
    this.events = events;
  }

  /** One whole value that is no error. */
  protected abstract void value(Connection connection, byte[] bytes, int from, int to);

  @Override
  public int received(Connection connection, byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int end = Resp.end(bytes, at, to);
      if (end < 0) {
        return at;
      }
      if (bytes[at] == '-') {
        events.failed(new String(bytes, at, end - at, java.nio.charset.StandardCharsets.UTF_8));
      } else {
        value(connection, bytes, at, end);
      }
      at = end;
    }
    return at;
  }

  @Override
  public void closed(Connection connection, String reason) {
    events.failed(reason);
  }
}
