package mutirao.bench.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import mutirao.bench.wire.Bytes;
import mutirao.bench.wire.Connection;
import mutirao.bench.wire.Loop;
import mutirao.bench.wire.Role;

/**
 * The practical limit to compare with: one event loop that knows nothing but where a line goes. The
 * first line of a connection says what it is and is answered with {@code ok}:
 *
 * <ul>
 *   <li>{@code S07} submitter 7: its lines go to the workers in turn
 *   <li>{@code W} worker: its lines go to the submitter that their first two digits name
 *   <li>{@code P} publisher: its bytes go to every member as they come, without a look at them
 *   <li>{@code M} member
 *   <li>{@code I} idle: only holds the connection
 * </ul>
 *
 * Nothing is kept, counted or promised. Belongs to the thread that calls {@link #run}; {@link
 * #close} may be called by any.
 */
public final class RelayServer implements AutoCloseable {
  private static final byte[] OK = {'o', 'k', '\n'};
  private static final int MOST_SUBMITTERS = 100;
  private static final long TURN_MS = 1000;

  private final Loop loop = new Loop();
  private final InetSocketAddress address;
  private final Connection[] submitters = new Connection[MOST_SUBMITTERS];
  private final List<Connection> workers = new ArrayList<>();
  private final List<Connection> members = new ArrayList<>();
  private ByteBuffer pump = ByteBuffer.allocateDirect(1 << 20);
  private int nextWorker;
  private volatile boolean running = true;

  /** Binds; connections are served once {@link #run} runs. */
  public RelayServer(InetSocketAddress wanted) throws IOException {
    address = loop.listen(wanted, Peer::new);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return address;
  }

  /** Serves until {@link #close}. */
  public void run() throws IOException {
    try (loop) {
      while (running) {
        loop.turn(TURN_MS);
      }
    }
  }

  @Override
  public void close() {
    running = false;
    loop.wakeUp();
  }

  private final class Peer implements Role {
    private Kind kind = Kind.UNKNOWN;
    private int submitter = -1;

    @Override
    public int received(Connection connection, byte[] bytes, int from, int to) {
      return switch (kind) {
        case UNKNOWN -> greet(connection, bytes, from, to);
        case SUBMITTER -> toWorkers(bytes, from, to);
        case WORKER -> toSubmitters(bytes, from, to);
        case PUBLISHER -> toMembers(bytes, from, to);
        case MEMBER, IDLE -> to;
      };
    }

    private int greet(Connection connection, byte[] bytes, int from, int to) {
      int newline = Bytes.indexOf(bytes, from, to, (byte) '\n');
      if (newline < 0) {
        return from;
      }
      switch (bytes[from]) {
        case 'S' -> {
          kind = Kind.SUBMITTER;
          submitter = (int) Bytes.digits(bytes, from + 1, 2);
          submitters[submitter] = connection;
        }
        case 'W' -> {
          kind = Kind.WORKER;
          workers.add(connection);
        }
        case 'M' -> {
          kind = Kind.MEMBER;
          members.add(connection);
        }
        case 'P' -> kind = Kind.PUBLISHER;
        default -> kind = Kind.IDLE;
      }
      connection.write(OK);
      return newline + 1;
    }

    @Override
    public void closed(Connection connection, String reason) {
      workers.remove(connection);
      members.remove(connection);
      if (submitter >= 0 && submitters[submitter] == connection) {
        submitters[submitter] = null;
      }
    }
  }

  private int toWorkers(byte[] bytes, int from, int to) {
    int at = from;
    while (true) {
      int newline = Bytes.indexOf(bytes, at, to, (byte) '\n');
      if (newline < 0 || workers.isEmpty()) {
        return at;
      }
      if (nextWorker >= workers.size()) {
        nextWorker = 0;
      }
      workers.get(nextWorker++).write(bytes, at, newline + 1 - at);
      at = newline + 1;
    }
  }

  private int toSubmitters(byte[] bytes, int from, int to) {
    int at = from;
    while (true) {
      int newline = Bytes.indexOf(bytes, at, to, (byte) '\n');
      if (newline < 0) {
        return at;
      }
      Connection submitter = submitters[(bytes[at] - '0') * 10 + bytes[at + 1] - '0'];
      if (submitter != null) {
        submitter.write(bytes, at, newline + 1 - at);
      }
      at = newline + 1;
    }
  }

  private int toMembers(byte[] bytes, int from, int to) {
    int length = to - from;
    if (pump.capacity() < length) {
      pump = ByteBuffer.allocateDirect(length);
    }
    pump.clear().put(bytes, from, length);
    for (int i = members.size() - 1; i >= 0; i--) {
      pump.position(0).limit(length);
      members.get(i).writeThrough(pump);
    }
    return to;
  }

  private enum Kind {
    UNKNOWN,
    SUBMITTER,
    WORKER,
    PUBLISHER,
    MEMBER,
    IDLE
  }
}
