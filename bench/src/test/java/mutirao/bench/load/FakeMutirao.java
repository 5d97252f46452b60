package mutirao.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mutirao.bench.peer.RunningServer;
import mutirao.bench.wire.Bytes;
import mutirao.bench.wire.Connection;
import mutirao.bench.wire.Loop;
import mutirao.bench.wire.Role;

/**
 * As much of a Mutirão server as the load generator speaks to, so that one can see how it takes
 * wrong frames: every frame that goes out passes through a hook.
 */
final class FakeMutirao implements AutoCloseable {
  private static final Pattern SUBMIT =
      Pattern.compile("\"ref\":(\\d+),.*\"params\":(\\{\"text\":\"[^\"]*\"})");
  private static final Pattern DONE =
      Pattern.compile("\"task\":\"([^\"]*)\",\"attempt\":1,\"result\":(\"[^\"]*\")");
  private static final Pattern MESSAGE = Pattern.compile("\"message\":(\"[^\"]*\")");

  private final Loop loop = new Loop();
  private final InetSocketAddress address;
  private final AtomicBoolean running = new AtomicBoolean(true);
  private final Thread thread = new Thread(this::run);
  private final UnaryOperator<String> hook;
  private final List<Connection> everybody = new ArrayList<>();
  private final List<Connection> workers = new ArrayList<>();
  private final Map<String, Connection> submitters = new HashMap<>();
  private int tasks;
  private int messages;

  /** The hook turns a frame into what is sent instead of it; an empty text is not sent. */
  FakeMutirao(UnaryOperator<String> hook) throws IOException {
    this.hook = hook;
    address =
        loop.listen(
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), FakeConnection::new);
    thread.start();
  }

  RunningServer server() {
    return RunningServer.external(address, OptionalLong.empty());
  }

  private void run() {
    try (loop) {
      while (running.get()) {
        loop.turn(1000);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    running.set(false);
    loop.wakeUp();
    thread.join();
  }

  private void send(Connection connection, String frame) {
    String hooked = hook.apply(frame);
    if (!hooked.isEmpty() && !connection.isClosed()) {
      connection.write((hooked + "\n").getBytes(UTF_8));
    }
  }

  private final class FakeConnection implements Role {
    @Override
    public int received(Connection connection, byte[] bytes, int from, int to) {
      int newline = Bytes.indexOf(bytes, from, to, (byte) '\n');
      if (newline < 0) {
        return from;
      }
      frame(connection, new String(bytes, from, newline - from, UTF_8));
      return received(connection, bytes, newline + 1, to);
    }

    private void frame(Connection connection, String frame) {
      Matcher submit = SUBMIT.matcher(frame);
      Matcher done = DONE.matcher(frame);
      Matcher message = MESSAGE.matcher(frame);
      if (frame.contains("\"register\"")) {
        everybody.add(connection);
        if (frame.contains("\"worker\"")) {
          workers.add(connection);
        }
        send(connection, "{\"type\":\"registered\",\"name\":\"x\"}");
      } else if (submit.find()) {
        submit(connection, submit.group(1), submit.group(2));
      } else if (done.find()) {
        String task = done.group(1);
        send(
            submitters.get(task),
            "{\"type\":\"result\",\"task\":\"%s\",\"state\":\"done\",\"result\":%s,\"worker\":\"x\"}"
                .formatted(task, done.group(2)));
      } else if (message.find()) {
        String broadcast =
            "{\"type\":\"broadcast\",\"sender\":\"p\",\"room\":\"lobby\",\"message\":%s,\"seq\":%d}"
                .formatted(message.group(1), ++messages);
        everybody.forEach(member -> send(member, broadcast));
      }
    }

    private void submit(Connection connection, String ref, String params) {
      String task = "t" + ++tasks;
      submitters.put(task, connection);
      send(
          connection,
          "{\"type\":\"accepted\",\"ref\":%s,\"task\":\"%s\",\"state\":\"queued\"}"
              .formatted(ref, task));
      send(
          workers.get(tasks % workers.size()),
          "{\"type\":\"task\",\"task\":\"%s\",\"attempt\":1,\"operation\":\"uppercase\",\"params\":%s}"
              .formatted(task, params));
    }

    @Override
    public void closed(Connection connection, String reason) {
      everybody.remove(connection);
    }
  }
}
