package mutirao.bench.peers.nats;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static mutirao.bench.peers.nats.NatsClient.END;
import static mutirao.bench.peers.nats.NatsClient.MSG;
import static mutirao.bench.peers.nats.NatsClient.PAYLOAD_LENGTH;
import static mutirao.bench.peers.nats.NatsClient.messageEnd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import mutirao.bench.peer.Events;
import mutirao.bench.peer.Payload;
import mutirao.bench.peer.RunningServer;
import mutirao.bench.peer.Speaker;
import mutirao.bench.peer.StreamFormat;
import mutirao.bench.peers.Installed;
import mutirao.bench.peers.InstalledPeer;
import mutirao.bench.wire.Bytes;
import mutirao.bench.wire.Connection;

/** Core NATS: request and reply through a queue group, at most once; subjects for chat. */
public final class NatsPeer implements InstalledPeer {
  private static final String PROGRAM = "nats-server";

  @Override
  public String name() {
    return "nats";
  }

  @Override
  public String program() {
    return PROGRAM;
  }

  @Override
  public Set<Ability> abilities() {
    return EnumSet.of(Ability.TASKS, Ability.FAN_OUT, Ability.IDLE);
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
    return new NatsClient("SUB idle-" + session + "-" + id + " 1\r\n", events);
  }

  private static final class Submitter extends NatsClient implements Speaker.Submitter {
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
      Payload.send(connection, request, id, sequence, END);
    }

    @Override
    void message(Connection connection, byte[] bytes, int from, int newline, int to) {
      events.result(id, bytes, newline + 1, to, 0);
    }
  }

  private static final class Worker extends NatsClient {
    private static final byte[] PUB = "PUB ".getBytes(US_ASCII);

    Worker(String session, Events events) {
      super("SUB tasks-" + session + " workers 1\r\n", events);
    }

    @Override
    void message(Connection connection, byte[] bytes, int from, int newline, int to) {
      int reply = NatsClient.replySubject(bytes, from, newline);
      int replyEnd = Bytes.indexOf(bytes, reply, newline, (byte) ' ');
      connection.write(PUB);
      connection.write(bytes, reply, replyEnd - reply);
      Payload.sendAnswer(connection, PAYLOAD_LENGTH, bytes, newline + 1, END);
    }
  }

  private static final class Publisher extends NatsClient implements Speaker.Publisher {
    private final byte[] publish;

    Publisher(String session, Events events) {
      super("", events);
      publish = ("PUB chat-" + session + " " + Payload.LENGTH + "\r\n").getBytes(US_ASCII);
    }

    @Override
    public void publish(Connection connection, long sequence) {
      Payload.send(connection, publish, 0, sequence, END);
    }
  }

  private static final class Member extends NatsClient {
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
      if (Bytes.startsWith(bytes, from, to, NatsClient.PING)) {
        connection.write(NatsClient.PONG_LINE);
        return true;
      }
      return false;
    }
  }
}
