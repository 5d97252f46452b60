package mutirao.bench.peers.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
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
import java.util.Optional;
import java.util.Set;
import mutirao.bench.peer.Events;
import mutirao.bench.peer.Payload;
import mutirao.bench.peer.RunningServer;
import mutirao.bench.peer.SequenceQueue;
import mutirao.bench.peer.Speaker;
import mutirao.bench.peers.Installed;
import mutirao.bench.peers.InstalledPeer;
import mutirao.bench.wire.Connection;

/**
 * Redis that answers nothing before the fsync ({@code appendfsync always}), as a queue that loses
 * no task: XADD to a stream, XREADGROUP by the worker, PUBLISH of the result, XACK and XDEL. One
 * fsync serves everything that one turn of its event loop has read. Results are not kept.
 */
public final class RedisAlwaysPeer implements InstalledPeer {
  private static final String PROGRAM = "redis-server";
  private static final String GROUP = "workers";
  private static final int MOST_AT_ONCE = 64;

  @Override
  public String name() {
    return "redis-always";
  }

  @Override
  public String program() {
    return PROGRAM;
  }

  @Override
  public Set<Ability> abilities() {
    return EnumSet.of(Ability.DURABLE_TASKS);
  }

  @Override
  public boolean confirmsAcceptance() {
    return true;
  }

  @Override
  public RunningServer start(Path directory) throws IOException {
    String program = Installed.find(PROGRAM).orElseThrow().toString();
    return RunningServer.onFreePort(
        port -> {
          List<String> command = new ArrayList<>(List.of(program));
          command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port)));
          command.addAll(List.of("--save", "", "--dir", directory.toAbsolutePath().toString()));
          command.addAll(List.of("--appendonly", "yes", "--appendfsync", "always"));
          command.addAll(List.of("--client-output-buffer-limit", "pubsub 0 0 0"));
          return command;
        },
        directory);
  }

  @Override
  public Optional<Speaker> founder(String session, Events events) {
    return Optional.of(new Founder(session, events));
  }

  @Override
  public Speaker.Submitter submitter(int id, String session, Events.Tasks events) {
    return new Submitter(id, session, events);
  }

  @Override
  public Speaker worker(int id, int slots, String session, Events events) {
    return new Worker(id, slots, session, events);
  }

  private static String stream(String session) {
    return "s-" + session;
  }

  private static final class Founder extends RespSpeaker {
    private final String session;
    private final Events events;

    Founder(String session, Events events) {
      super(events);
      this.session = session;
      this.events = events;
    }

    @Override
    public void opened(Connection connection) {
      connection.write(command("XGROUP", "CREATE", stream(session), GROUP, "$", "MKSTREAM"));
    }

    @Override
    protected void value(Connection connection, byte[] bytes, int from, int to) {
      events.ready();
    }
  }

  /** Subscribes to its results on the connection it submits on (RESP3). */
  private static final class Submitter extends RespSpeaker implements Speaker.Submitter {
    private final int id;
    private final String session;
    private final Events.Tasks events;
    private final byte[] add;
    private final SequenceQueue unanswered = new SequenceQueue();
    private boolean ready;

    Submitter(int id, String session, Events.Tasks events) {
      super(events);
      this.id = id;
      this.session = session;
      this.events = events;
      this.add = commandWithPayload("XADD", stream(session), "*", "p");
    }

    @Override
    public void opened(Connection connection) {
      connection.write(command("HELLO", "3"));
      connection.write(command("SUBSCRIBE", replyChannel(session, id)));
    }

    @Override
    public void submit(Connection connection, long sequence) {
      unanswered.add(sequence);
      Payload.send(connection, add, id, sequence, END);
    }

    @Override
    protected void value(Connection connection, byte[] bytes, int from, int to) {
      if (bytes[from] == '$') {
        events.accepted(id, unanswered.remove(), 0);
      } else if (bytes[from] == '>' && ready) {
        events.result(id, bytes, Math.max(from, lastBulk(to)), to - END.length, 0);
      } else if (bytes[from] == '>') {
        ready = true;
        events.ready();
      }
    }
  }

  private static final class Worker extends RespSpeaker {
    private final Events events;
    private final byte[] read;
    private final byte[][] publish;
    private final byte[] acknowledge;
    private final byte[] delete;
    private final int[] idStarts = new int[MOST_AT_ONCE];
    private final int[] idEnds = new int[MOST_AT_ONCE];

    Worker(int id, int slots, String session, Events events) {
      super(events);
      this.events = events;
      String count = Integer.toString(Math.min(slots, MOST_AT_ONCE));
      String stream = stream(session);
      read =
          command(
              "XREADGROUP GROUP %s w%d COUNT %s BLOCK 0 STREAMS %s >"
                  .formatted(GROUP, id, count, stream)
                  .split(" ", -1));
      publish = publishToSubmitters(session);
      acknowledge = withoutCount(command("XACK", stream, GROUP));
      delete = withoutCount(command("XDEL", stream));
    }

    private static byte[] withoutCount(byte[] command) {
      int begin = line(command, 0, command.length);
      return java.util.Arrays.copyOfRange(command, begin, command.length);
    }

    @Override
    public void opened(Connection connection) {
      connection.write(read);
      events.ready();
    }

    /** {@code *1 *2 stream *n (*2 id *2 field payload)…}, or the number of what was removed. */
    @Override
    protected void value(Connection connection, byte[] bytes, int from, int to) {
      if (bytes[from] != '*') {
        return;
      }
      int at = line(bytes, line(bytes, from, to), to);
      at = line(bytes, Resp.end(bytes, at, to), to);
      int count = 0;
      while (at < to) {
        int id = line(bytes, at, to);
        int idEnd = Resp.end(bytes, id, to);
        int payload = line(bytes, Resp.end(bytes, line(bytes, idEnd, to), to), to);
        Payload.sendAnswer(
            connection, publish[Payload.sender(bytes, payload)], bytes, payload, END);
        idStarts[count] = id;
        idEnds[count++] = idEnd;
        at = payload + Payload.LENGTH + END.length;
      }
      writeWithIds(connection, 3, acknowledge, bytes, count);
      writeWithIds(connection, 2, delete, bytes, count);
      connection.write(read);
    }

    private void writeWithIds(
        Connection connection, int words, byte[] command, byte[] bytes, int ids) {
      connection.write(("*" + (words + ids) + "\r\n").getBytes(US_ASCII));
      connection.write(command);
      for (int i = 0; i < ids; i++) {
        connection.write(bytes, idStarts[i], idEnds[i] - idStarts[i]);
      }
    }
  }
}
