package mutirao.bench.peers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mutirao.bench.peer.Events;
import mutirao.bench.peer.LineSpeaker;
import mutirao.bench.peer.Payload;
import mutirao.bench.peer.Peer;
import mutirao.bench.peer.PeerOptions;
import mutirao.bench.peer.RunningServer;
import mutirao.bench.peer.Speaker;
import mutirao.bench.peer.StreamFormat;
import mutirao.bench.relay.RelayMain;
import mutirao.bench.wire.Connection;

/** Our own raw relay: 100-byte lines, no promises; the limit the others are compared with. */
public final class RelayPeer implements Peer {
  private final PeerOptions options;

  /** A relay that is started with the same JVM and flags as the server. */
  public RelayPeer(PeerOptions options) {
    this.options = options;
  }

  @Override
  public String name() {
    return "relay";
  }

  @Override
  public Optional<String> version() {
    return Optional.of("one event loop, java.nio");
  }

  @Override
  public Set<Ability> abilities() {
    return EnumSet.of(Ability.TASKS, Ability.FAN_OUT, Ability.IDLE);
  }

  @Override
  public boolean warmsUp() {
    return true;
  }

  @Override
  public RunningServer start(Path directory) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(options.java().toString());
    command.addAll(options.jvmFlags());
    command.add("-cp");
    command.add(absoluteClassPath());
    command.add(RelayMain.class.getName());
    return RunningServer.announced(command, directory);
  }

  private static String absoluteClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Override
  public Speaker.Submitter submitter(int id, String session, Events.Tasks events) {
    return new Submitter(id, events);
  }

  @Override
  public Speaker worker(int id, int slots, String session, Events events) {
    return new Worker(events);
  }

  @Override
  public Speaker.Publisher publisher(String session, Events events) {
    return new Publisher(events);
  }

  @Override
  public Speaker member(int id, String session, Events.Stream events) {
    return new Member(id, events);
  }

  @Override
  public Speaker idle(int id, String session, Events events) {
    return new Greeter("I", events);
  }

  @Override
  public StreamFormat streamFormat() {
    return new Format();
  }

  private static void writeLine(Connection connection, int sender, long sequence) {
    int at = connection.reserve(Payload.LENGTH + 1);
    byte[] out = connection.out();
    Payload.write(out, at, sender, sequence);
    out[at + Payload.LENGTH] = '\n';
    connection.commit(Payload.LENGTH + 1);
  }

  /** Says what it is and waits for the {@code ok}. */
  private static class Greeter extends LineSpeaker {
    private final String greeting;
    private final Events events;
    boolean greeted;

    Greeter(String greeting, Events events) {
      super(events);
      this.greeting = greeting;
      this.events = events;
    }

    @Override
    public final void opened(Connection connection) {
      connection.write((greeting + "\n").getBytes(US_ASCII));
    }

    @Override
    protected final void line(Connection connection, byte[] bytes, int from, int to) {
      if (greeted) {
        work(connection, bytes, from, to);
      } else {
        greeted = true;
        events.ready();
      }
    }

    void work(Connection connection, byte[] bytes, int from, int to) {
      events.failed("unexpected line: " + text(bytes, from, to));
    }
  }

  private static final class Submitter extends Greeter implements Speaker.Submitter {
    private final int id;
    private final Events.Tasks events;

    Submitter(int id, Events.Tasks events) {
      super(String.format(Locale.ROOT, "S%02d", id), events);
      this.id = id;
      this.events = events;
    }

    @Override
    public void submit(Connection connection, long sequence) {
      writeLine(connection, id, sequence);
    }

    @Override
    void work(Connection connection, byte[] bytes, int from, int to) {
      events.result(id, bytes, from, to, 0);
    }
  }

  private static final class Worker extends Greeter {
    Worker(Events events) {
      super("W", events);
    }

    @Override
    void work(Connection connection, byte[] bytes, int from, int to) {
      if (to - from != Payload.LENGTH) {
        super.closed(connection, "a task of " + (to - from) + " bytes: " + text(bytes, from, to));
        return;
      }
      int at = connection.reserve(Payload.LENGTH + 1);
      byte[] out = connection.out();
      Payload.answer(bytes, from, out, at);
      out[at + Payload.LENGTH] = '\n';
      connection.commit(Payload.LENGTH + 1);
    }
  }

  private static final class Publisher extends Greeter implements Speaker.Publisher {
    Publisher(Events events) {
      super("P", events);
    }

    @Override
    public void publish(Connection connection, long sequence) {
      writeLine(connection, 0, sequence);
    }
  }

  private static final class Member extends Greeter {
    private final int id;
    private final Events.Stream stream;

    Member(int id, Events.Stream events) {
      super("M", events);
      this.id = id;
      this.stream = events;
    }

    @Override
    public int received(Connection connection, byte[] bytes, int from, int to) {
      return greeted
          ? stream.stream(id, connection, bytes, from, to)
          : super.received(connection, bytes, from, to);
    }
  }

  private static final class Format implements StreamFormat {
    @Override
    public int frameEnd(byte[] bytes, int from, int to) {
      return to - from > Payload.LENGTH ? from + Payload.LENGTH + 1 : -1;
    }

    @Override
    public int payloadAt(byte[] bytes, int from, int to) {
      return bytes[to - 1] == '\n' ? from : -1;
    }
  }
}
