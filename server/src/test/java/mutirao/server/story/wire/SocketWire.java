package mutirao.server.story.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import mutirao.server.Server;
import mutirao.server.ServerConfig;
import org.jspecify.annotations.Nullable;

/**
 * The real server over loopback sockets, with a clock that the story moves.
 *
 * <p>Steps of different clients travel on different connections, so before somebody else acts, the
 * client who acted last asks a question and waits for its answer: then all it did has been done.
 * The question is a {@code query} for no task, because it is allowed at any time and, other than a
 * {@code ping}, says nothing about who answers pings.
 */
public final class SocketWire implements Wire {
  private static final long SEED = 42;
  private static final long PATIENCE_SECONDS = 20;

  private final ManualClock clock = new ManualClock();
  private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
  private final Server server;
  private final int maxConnections;
  private final Map<String, TcpClient> clients = new LinkedHashMap<>();
  private final Map<String, Deque<String>> heardEarly = new LinkedHashMap<>();
  private final Set<String> open = new HashSet<>();
  private final Set<String> endedInput = new HashSet<>();
  private @Nullable String acting;
  private int questions;

  /** Starts a server on a free port. */
  public SocketWire(ServerConfig config) throws InterruptedException {
    Random random = new Random(SEED);
    maxConnections = config.maxConnections();
    server = Server.start(config, clock, random::nextBytes, fault::set);
  }

  @Override
  public void connect(String who) {
    settle();
    boolean welcome = open.size() < maxConnections;
    clients.put(who, TcpClient.connect(server.address()));
    heardEarly.put(who, new ArrayDeque<>());
    if (welcome) {
      open.add(who);
    }
    acting = who;
  }

  @Override
  public void send(String who, byte[] bytes) {
    actAs(who);
    client(who).send(bytes);
    // Half a frame, or something broken on purpose, must not be followed by a question.
    acting = endsFrame(bytes) ? who : null;
  }

  private static boolean endsFrame(byte[] bytes) {
    return bytes.length > 0 && bytes[bytes.length - 1] == '\n';
  }

  @Override
  public String next(String who) {
    String early = early(who).poll();
    String heard = early == null ? client(who).next() : early;
    if (heard.equals(CLOSED)) {
      gone(who);
    }
    return heard;
  }

  @Override
  public String now(String who) {
    if (open.contains(who) && !endedInput.contains(who)) {
      ask(who);
    }
    settle();
    String early = early(who).poll();
    if (early != null) {
      return early;
    }
    return open.contains(who) ? NOTHING : CLOSED;
  }

  @Override
  public void hangUp(String who) {
    settle();
    client(who).close();
    gone(who);
  }

  @Override
  public void endInput(String who) {
    actAs(who);
    client(who).endInput();
    endedInput.add(who);
    acting = null;
  }

  @Override
  public void reading(String who, boolean reads) {
    throw new IllegalStateException("what a socket holds unread is not for a story to know");
  }

  @Override
  public void pass(long ms) {
    settle();
    clock.advance(
        ms,
        () -> {
          server.wakeUp();
          // Waits for its turn behind the waking up.
          server.connectionCount();
        });
  }

  @Override
  public void shutDown() {
    settle();
    server.close();
    open.clear();
  }

  @Override
  public void close() {
    clients.values().forEach(TcpClient::close);
    server.close();
    Throwable broken = fault.get();
    if (broken != null) {
      throw new AssertionError("the server broke", broken);
    }
  }

  private void actAs(String who) {
    if (!who.equals(acting)) {
      settle();
    }
  }

  /** Waits until what the last actor did has taken effect. */
  private void settle() {
    String last = acting;
    acting = null;
    if (last != null && open.contains(last) && !endedInput.contains(last)) {
      ask(last);
    }
  }

  private void ask(String who) {
    String ref = "\"question-" + ++questions + "\"";
    client(who).say("{\"type\":\"query\",\"ref\":" + ref + ",\"task\":\"-\"}");
    String line = client(who).next();
    while (!line.contains("\"ref\":" + ref)) {
      early(who).add(line);
      if (line.equals(CLOSED)) {
        gone(who);
        return;
      }
      assertTrue(line.startsWith("{"), () -> who + " got no answer to a question");
      line = client(who).next();
    }
  }

  /** Waits until the server knows that a connection is no longer there. */
  private void gone(String who) {
    if (!open.remove(who)) {
      return;
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (server.connectionCount() > open.size()) {
      assertTrue(
          System.nanoTime() < deadline,
          () -> "the server does not notice that " + who + " is gone");
      Thread.onSpinWait();
    }
  }

  private TcpClient client(String who) {
    return Objects.requireNonNull(clients.get(who), () -> who + " never connected");
  }

  private Deque<String> early(String who) {
    return Objects.requireNonNull(heardEarly.get(who), () -> who + " never connected");
  }
}
