package mutirao.bench.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import mutirao.bench.peer.Events;
import mutirao.bench.peer.Payload;
import mutirao.bench.peer.Peer;
import mutirao.bench.peer.PeerOptions;
import mutirao.bench.peer.RunningServer;
import mutirao.bench.peer.Speaker;
import mutirao.bench.peer.StreamFormat;
import mutirao.bench.peers.RelayPeer;
import mutirao.bench.wire.Bytes;
import mutirao.bench.wire.Connection;

/**
 * The relay, but its workers do something wrong with a few of the tasks: what the generator must
 * notice.
 */
final class RelayWithFaults implements Peer {

  /**
   * What a worker sends in place of the line {@code [from, to)}, newline included; false where
   * nothing.
   */
  interface Fault {
    void answer(Connection connection, byte[] line);
  }

  private static final int LAST_FAULTY = 40;
  private static final int FIRST_FAULTY = 38;
  private static final int LINE = Payload.LENGTH + 1;

  private final RelayPeer relay =
      new RelayPeer(
          new PeerOptions(Path.of("java"), List.of(), Path.of("none"), null, OptionalLong.empty()));
  private final Fault fault;

  /** The fault meets the sequence numbers 38, 39 and 40 of every submitter. */
  RelayWithFaults(Fault fault) {
    this.fault = fault;
  }

  @Override
  public Speaker worker(int id, int slots, String session, Events events) {
    Speaker honest = relay.worker(id, slots, session, events);
    return new Speaker() {
      @Override
      public void opened(Connection connection) {
        honest.opened(connection);
      }

      @Override
      public int received(Connection connection, byte[] bytes, int from, int to) {
        int at = from;
        for (int newline = newline(bytes, at, to); newline >= 0; newline = newline(bytes, at, to)) {
          one(connection, bytes, at, newline + 1);
          at = newline + 1;
        }
        return at;
      }

      private void one(Connection connection, byte[] bytes, int from, int to) {
        boolean task = to - from == LINE;
        long sequence = task ? Payload.sequence(bytes, from) : -1;
        if (sequence >= FIRST_FAULTY && sequence <= LAST_FAULTY) {
          byte[] line = new byte[LINE];
          Payload.answer(bytes, from, line, 0);
          line[LINE - 1] = '\n';
          fault.answer(connection, line);
        } else {
          honest.received(connection, bytes, from, to);
        }
      }

      @Override
      public void closed(Connection connection, String reason) {
        honest.closed(connection, reason);
      }
    };
  }

  private static int newline(byte[] bytes, int from, int to) {
    return Bytes.indexOf(bytes, from, to, (byte) '\n');
  }

  @Override
  public String name() {
    return "faulty";
  }

  @Override
  public Optional<String> version() {
    return relay.version();
  }

  @Override
  public Set<Ability> abilities() {
    return relay.abilities();
  }

  @Override
  public boolean warmsUp() {
    return true;
  }

  @Override
  public RunningServer start(Path directory) throws IOException {
    return relay.start(directory);
  }

  @Override
  public Speaker.Submitter submitter(int id, String session, Events.Tasks events) {
    return relay.submitter(id, session, events);
  }

  @Override
  public Speaker.Publisher publisher(String session, Events events) {
    return relay.publisher(session, events);
  }

  @Override
  public Speaker member(int id, String session, Events.Stream events) {
    return relay.member(id, session, events);
  }

  @Override
  public StreamFormat streamFormat() {
    return relay.streamFormat();
  }

  @Override
  public Speaker idle(int id, String session, Events events) {
    return relay.idle(id, session, events);
  }
}
