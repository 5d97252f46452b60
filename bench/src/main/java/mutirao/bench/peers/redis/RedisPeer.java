package mutirao.bench.peers.redis;

import static mutirao.bench.peers.redis.RedisWords.END;
import static mutirao.bench.peers.redis.RedisWords.command;
import static mutirao.bench.peers.redis.RedisWords.commandWithPayload;
import static mutirao.bench.peers.redis.RedisWords.lastBulk;
import static mutirao.bench.peers.redis.RedisWords.line;
import static mutirao.bench.peers.redis.RedisWords.publishToSubmitters;
import static mutirao.bench.peers.redis.RedisWords.replyChannel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
import mutirao.bench.wire.Connection;

/**
 * Redis as people use it for tasks: RPUSH to a list, BLMPOP by the worker, PUBLISH to the
 * submitter, which subscribes on the connection it pushes on (RESP3). At most once: a worker that
 * dies takes its tasks along.
 */
public final class RedisPeer implements InstalledPeer {
  private static final String PROGRAM = "redis-server";
  private static final int MOST_AT_ONCE = 64;

  @Override
  public String name() {
    return "redis";
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
    String options =
        "--bind 127.0.0.1 --appendonly no --maxclients 12000 --client-output-buffer-limit";
    return RunningServer.onFreePort(
        port -> {
          List<String> command = new ArrayList<>(List.of(program));
          command.addAll(List.of("--port", Integer.toString(port), "--save", ""));
          command.addAll(List.of("--dir", directory.toAbsolutePath().toString()));
          command.addAll(List.of(options.split(" ", -1)));
          command.add("pubsub 0 0 0");
          return command;
        },
        directory);
  }

  @Override
  public Speaker.Submitter submitter(int id, String session, Events.Tasks events) {
    return new Submitter(id, session, events);
  }

  @Override
  public Speaker worker(int id, int slots, String session, Events events) {
    return new Worker(slots, session, events);
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
    return new Subscriber("idle-" + session + "-" + id, events);
  }

  private static final class Submitter extends RespSpeaker implements Speaker.Submitter {
    private final int id;
    private final String session;
    private final Events.Tasks events;
    private final byte[] push;
    private boolean ready;

    Submitter(int id, String session, Events.Tasks events) {
      super(events);
      this.id = id;
      this.session = session;
      this.events = events;
      this.push = commandWithPayload("RPUSH", "q-" + session);
    }

    @Override
    public void opened(Connection connection) {
      connection.write(command("HELLO", "3"));
      connection.write(command("SUBSCRIBE", replyChannel(session, id)));
    }

    @Override
    public void submit(Connection connection, long sequence) {
      Payload.send(connection, push, id, sequence, END);
    }

    @Override
    protected void value(Connection connection, byte[] bytes, int from, int to) {
      if (bytes[from] != '>') {
        return;
      }
      if (ready) {
        int payload = Math.max(from, lastBulk(to));
        events.result(id, bytes, payload, to - END.length, 0);
      } else {
        ready = true;
        events.ready();
      }
    }
  }

  private static final class Worker extends RespSpeaker {
    private final Events events;
    private final byte[] pop;
    private final byte[][] publish;

    Worker(int slots, String session, Events events) {
      super(events);
      this.events = events;
      String count = Integer.toString(Math.min(slots, MOST_AT_ONCE));
      pop = command("BLMPOP", "0", "1", "q-" + session, "LEFT", "COUNT", count);
      publish = publishToSubmitters(session);
    }

    @Override
    public void opened(Connection connection) {
      connection.write(pop);
      events.ready();
    }

    @Override
    protected void value(Connection connection, byte[] bytes, int from, int to) {
      if (bytes[from] != '*') {
        return;
      }
      int at = line(bytes, from, to);
      at = Resp.end(bytes, at, to);
      at = line(bytes, at, to);
      while (at < to) {
        int payload = line(bytes, at, to);
        Payload.sendAnswer(
            connection, publish[Payload.sender(bytes, payload)], bytes, payload, END);
        at = payload + Payload.LENGTH + END.length;
      }
      connection.write(pop);
    }
  }

  private static final class Publisher extends RespSpeaker implements Speaker.Publisher {
    private final Events events;
    private final byte[] publish;

    Publisher(String session, Events events) {
      super(events);
      this.events = events;
      this.publish = commandWithPayload("PUBLISH", "chat-" + session);
    }

    @Override
    public void opened(Connection connection) {
      events.ready();
    }

    @Override
    public void publish(Connection connection, long sequence) {
      Payload.send(connection, publish, 0, sequence, END);
    }

    @Override
    protected void value(Connection connection, byte[] bytes, int from, int to) {}
  }

  private static class Subscriber extends RespSpeaker {
    private final String channel;
    private final Events events;
    private boolean ready;

    Subscriber(String channel, Events events) {
      super(events);
      this.channel = channel;
      this.events = events;
    }

    final boolean isReady() {
      return ready;
    }

    @Override
    public final void opened(Connection connection) {
      connection.write(command("SUBSCRIBE", channel));
    }

    @Override
    protected final void value(Connection connection, byte[] bytes, int from, int to) {
      ready = true;
      events.ready();
    }
  }

  private static final class Member extends Subscriber {
    private final int id;
    private final Events.Stream events;

    Member(int id, String session, Events.Stream events) {
      super("chat-" + session, events);
      this.id = id;
      this.events = events;
    }

    @Override
    public int received(Connection connection, byte[] bytes, int from, int to) {
      return isReady()
          ? events.stream(id, connection, bytes, from, to)
          : super.received(connection, bytes, from, to);
    }
  }

  private static final class Format implements StreamFormat {
    @Override
    public int frameEnd(byte[] bytes, int from, int to) {
      return Resp.end(bytes, from, to);
    }

    @Override
    public int payloadAt(byte[] bytes, int from, int to) {
      return bytes[from] == '*' && to - from > Payload.LENGTH ? lastBulk(to) : -1;
    }
  }
}
