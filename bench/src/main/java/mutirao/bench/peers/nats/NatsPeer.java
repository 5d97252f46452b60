package mutirao.bench.peers.nats;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mutirao.bench.peer.Events;
import mutirao.bench.peer.Payload;
import mutirao.bench.peer.Peer;
import mutirao.bench.peer.RunningServer;
import mutirao.bench.peer.Speaker;
import mutirao.bench.peer.StreamFormat;
import mutirao.bench.peers.Installed;
import mutirao.bench.wire.Bytes;
import mutirao.bench.wire.Connection;

/** Core NATS: request and reply through a queue group, at most once; subjects for chat. */
public final class NatsPeer implements Peer {
  private static final String PROGRAM = "nats-server";
  private static final String GREETING =
      "CONNECT"
          + " {\"verbose\":false,\"pedantic\":false,\"lang\":\"bench\",\"version\":\"1\",\"protocol\":1}\r\n";
  private static final byte[] PING = "PING".getBytes(US_ASCII);
  private static final byte[] PONG = "PONG".getBytes(US_ASCII);
  private static final byte[] PONG_LINE = "PONG\r\n".getBytes(US_ASCII);
  private static final byte[] MSG = "MSG ".getBytes(US_ASCII);
  private static final byte[] END = "\r\n".getBytes(US_ASCII);
  private static final byte[] PAYLOAD_LENGTH = (" " + Payload.LENGTH + "\r\n").getBytes(US_ASCII);

  @Override
  public String name() {
    return "nats";
  }

  @Override
  public Optional<String> version() {
    return Installed.version(PROGRAM);
  }

  @Override
  public String remedy() {
    return Installed.debian(PROGRAM);
  }

  @Override
  public Set<Ability> abilities() {
    return EnumSet.of(Ability.TASKS, Ability.FAN_OUT, Ability.IDLE);
  }

  @Override
  public boolean warmsUp() {
    return false;
  }

  @Override
  public RunningServer start(Path directory) throws IOException {
    String program = Installed.find(PROGRAM).orElseThrow().toString();
    return RunningServer.onFreePort(
        port -> List.of(program, "-a", "127.0.0.1", "-p", Integer.toString(port)), directory);
  }

  @Override
  public Speaker.Submitter submitter(int id, String session, Events.Tasks events) {
    return new Submitter(id, session, events);
  }

  @Override
  public Speaker worker(int id, int slots, String session, Events events) {
    return new Worker(session, events);
  }

  @Override
  public Speaker.Publisher publisher(String session, Events events) {
    return new Publisher(session, events);
  }

  @Override
  public Speaker member(int id, String session, Events.Stream events) {
    return new Member(id, session, events);
  }

  @Override
  public StreamFormat streamFormat() {
    return new Format();
  }

  @Override
  public Speaker idle(int id, String session, Events events) {
    return new Client("SUB idle-" + session + "-" + id + " 1\r\n", events);
  }

  /**
   * The index behind a message's payload whose head ends at {@code newline}, or -1 where it is not
   * complete.
   */
  private static int messageEnd(byte[] bytes, int from, int newline, int to) {
    int digits = newline - 1;
    while (digits > from && bytes[digits - 1] != ' ') {
      digits--;
    }
    long end = newline + 1 + Bytes.number(bytes, digits, newline) + END.length;
    return end <= to ? (int) end : -1;
  }

  private static void sendPayload(Connection connection, byte[] head, int sender, long sequence) {
    connection.write(head);
    int at = connection.reserve(Payload.LENGTH);
    Payload.write(connection.out(), at, sender, sequence);
    connection.commit(Payload.LENGTH);
    connection.write(END);
  }

  /** Connects, subscribes, and is ready at the first PONG. */
  private static class Client implements Speaker {
    private final String subscription;
    private final Events events;
    private boolean ready;

    Client(String subscription, Events events) {
      this.subscription = subscription;
      this.events = events;
    }

    @Override
    public final void opened(Connection connection) {
      connection.write((GREETING + subscription + "PING\r\n").getBytes(US_ASCII));
    }

    @Override
    public int received(Connection connection, byte[] bytes, int from, int to) {
      int at = from;
      while (at < to) {
        int newline = Bytes.indexOf(bytes, at, to, (byte) '\n');
        boolean message = Bytes.startsWith(bytes, at, to, MSG);
        int end = newline < 0 ? -1 : newline + 1;
        if (message && newline >= 0) {
          end = messageEnd(bytes, at, newline, to);
        }
        if (end < 0) {
          return at;
        }
        if (message) {
          message(connection, bytes, at, newline, end - END.length);
        } else {
          other(connection, bytes, at, end);
        }
        at = end;
      }
      return at;
    }

    /** A message: its head is {@code [from, newline)}, its payload the rest. */
    void message(Connection connection, byte[] bytes, int from, int newline, int to) {
      events.failed("an unexpected message");
    }

    private void other(Connection connection, byte[] bytes, int from, int to) {
      if (Bytes.startsWith(bytes, from, to, PONG) && !ready) {
        ready = true;
        events.ready();
      } else if (Bytes.startsWith(bytes, from, to, PING)) {
        connection.write(PONG_LINE);
      } else if (bytes[from] == '-') {
        events.failed(new String(bytes, from, to - from, US_ASCII));
      }
    }

    final boolean isReady() {
      return ready;
    }

    @Override
    public final void closed(Connection connection, String reason) {
      events.failed(reason);
    }
  }

  private static final class Submitter extends Client implements Speaker.Submitter {
    private final int id;
    private final Events.Tasks events;
    private final byte[] request;

    Submitter(int id, String session, Events.Tasks events) {
      super("SUB inbox-" + session + "-" + id + " 1\r\n", events);
      this.id = id;
      this.events = events;
      String head = "PUB tasks-" + session + " inbox-" + session + "-" + id + " " + Payload.LENGTH;
      this.request = (head + "\r\n").getBytes(US_ASCII);
    }

    @Override
    public void submit(Connection connection, long sequence) {
      sendPayload(connection, request, id, sequence);
    }

    @Override
    void message(Connection connection, byte[] bytes, int from, int newline, int to) {
      events.result(id, bytes, newline + 1, to, 0);
    }
  }

  private static final class Worker extends Client {
    private static final byte[] PUB = "PUB ".getBytes(US_ASCII);

    Worker(String session, Events events) {
      super("SUB tasks-" + session + " workers 1\r\n", events);
    }

    @Override
    void message(Connection connection, byte[] bytes, int from, int newline, int to) {
      int reply = from + MSG.length;
      for (int spaces = 0; spaces < 2; spaces++) {
        reply = Bytes.indexOf(bytes, reply, newline, (byte) ' ') + 1;
      }
      int replyEnd = Bytes.indexOf(bytes, reply, newline, (byte) ' ');
      connection.write(PUB);
      connection.write(bytes, reply, replyEnd - reply);
      connection.write(PAYLOAD_LENGTH);
      int at = connection.reserve(Payload.LENGTH);
      Payload.answer(bytes, newline + 1, connection.out(), at);
      connection.commit(Payload.LENGTH);
      connection.write(END);
    }
  }

  private static final class Publisher extends Client implements Speaker.Publisher {
    private final byte[] publish;

    Publisher(String session, Events events) {
      super("", events);
      publish = ("PUB chat-" + session + " " + Payload.LENGTH + "\r\n").getBytes(US_ASCII);
    }

    @Override
    public void publish(Connection connection, long sequence) {
      sendPayload(connection, publish, 0, sequence);
    }
  }

  private static final class Member extends Client {
    private final int id;
    private final Events.Stream stream;

    Member(int id, String session, Events.Stream events) {
      super("SUB chat-" + session + " 1\r\n", events);
      this.id = id;
      this.stream = events;
    }

    @Override
    public int received(Connection connection, byte[] bytes, int from, int to) {
      return isReady()
          ? stream.stream(id, connection, bytes, from, to)
          : super.received(connection, bytes, from, to);
    }
  }

  private static final class Format implements StreamFormat {
    @Override
    public int frameEnd(byte[] bytes, int from, int to) {
      int newline = Bytes.indexOf(bytes, from, to, (byte) '\n');
      if (newline < 0) {
        return -1;
      }
      return Bytes.startsWith(bytes, from, to, MSG)
          ? messageEnd(bytes, from, newline, to)
          : newline + 1;
    }

    @Override
    public int payloadAt(byte[] bytes, int from, int to) {
      return Bytes.startsWith(bytes, from, to, MSG) ? to - END.length - Payload.LENGTH : -1;
    }

    @Override
    public boolean handleOther(Connection connection, byte[] bytes, int from, int to) {
      if (Bytes.startsWith(bytes, from, to, PING)) {
        connection.write(PONG_LINE);
        return true;
      }
      return false;
    }
  }
}
