package mutirao.server.story.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import mutirao.core.Machine;
import mutirao.core.log.MemoryLog;
import mutirao.server.Companions;
import mutirao.server.ServerConfig;
import mutirao.server.backup.Backups;
import mutirao.server.cluster.Cluster;
import mutirao.server.gateway.Gateway;
import mutirao.server.gateway.Peer;
import mutirao.server.gateway.Transport;
import mutirao.server.gateway.history.History;
import org.jspecify.annotations.Nullable;

/** The gateway alone: no socket, no thread, and every step has taken effect when it returns. */
public final class GatewayWire implements Wire {
  private static final long SEED = 42;

  private final ManualClock clock = new ManualClock();
  private final MemoryLog log = new MemoryLog();
  private final Gateway gateway;
  private final Map<String, Line> lines = new LinkedHashMap<>();
  private final @Nullable TemporaryArchive archive;

  /** Starts a server; {@code archived}: with an archive in a folder that is gone afterwards. */
  public GatewayWire(ServerConfig config, boolean archived) {
    Random random = new Random(SEED);
    archive = archived ? new TemporaryArchive(clock) : null;
    Machine machine = new Machine(config.settings());
    gateway =
        new Gateway(
            config,
            log,
            machine,
            clock,
            random::nextBytes,
            new Companions(
                archive == null ? History.NONE : archive,
                Cluster.alone(config.node(), () -> machine.state().lastIndex()),
                Backups.none()));
  }

  @Override
  public void connect(String who) {
    Line line = new Line();
    line.peer = gateway.connect(line);
    lines.put(who, line);
    gateway.welcome(line.peer);
    turn();
  }

  @Override
  public void send(String who, byte[] bytes) {
    line(who).peer().receive(bytes, 0, bytes.length);
    turn();
  }

  @Override
  public String next(String who) {
    return line(who).next();
  }

  @Override
  public String now(String who) {
    return line(who).next();
  }

  @Override
  public void hangUp(String who) {
    line(who).cut = true;
    turn();
  }

  @Override
  public void endInput(String who) {
    line(who).peer().inputEnded();
    turn();
  }

  @Override
  public void reading(String who, boolean reads) {
    Line line = line(who);
    line.reads = reads;
    line.flush();
    turn();
  }

  @Override
  public void pass(long ms) {
    clock.advance(
        ms,
        () -> {
          gateway.tick();
          turn();
        });
  }

  @Override
  public void shutDown() {
    gateway.shutDown();
    turn();
  }

  @Override
  public void close() {
    log.close();
    if (archive != null) {
      archive.close();
    }
  }

  private void turn() {
    gateway.pump();
    while (archive != null && archive.answerOne()) {
      gateway.pump();
    }
    for (Line line : lines.values()) {
      if ((line.closed || line.cut) && !line.gone) {
        line.gone = true;
        line.peer().disconnected();
        gateway.pump();
      }
    }
  }

  private Line line(String who) {
    return Objects.requireNonNull(lines.get(who), () -> who + " never connected");
  }

  /** A connection; what is sent is received at once, unless its client does not read. */
  private static final class Line implements Transport {
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private int readTo;
    private boolean reads = true;
    private boolean closed;
    private boolean cut;
    private boolean gone;
    private Peer peer;

    Peer peer() {
      return peer;
    }

    @Override
    public void flush() {
      if (reads && !cut) {
        while (peer.outbox().take((bytes, length) -> received.write(bytes, 0, length))) {
          peer.outbox().sent();
        }
      }
    }

    @Override
    public void close() {
      // What a client that does not read was owed at the end it finds in its socket later.
      reads = true;
      flush();
      closed = true;
    }

    @Override
    public String remote() {
      return "in process";
    }

    String next() {
      byte[] all = received.toByteArray();
      for (int end = readTo; end < all.length; end++) {
        if (all[end] == '\n') {
          String line = new String(all, readTo, end - readTo, UTF_8);
          readTo = end + 1;
          return line;
        }
      }
      return closed ? CLOSED : NOTHING;
    }
  }
}
