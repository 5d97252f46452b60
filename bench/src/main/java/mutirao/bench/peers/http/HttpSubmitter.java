package mutirao.bench.peers.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import mutirao.bench.peer.Events;
import mutirao.bench.peer.Payload;
import mutirao.bench.peer.RunningServer;
import mutirao.bench.peer.SequenceQueue;
import mutirao.bench.peer.Speaker;
import mutirao.bench.wire.Bytes;
import mutirao.bench.wire.Connection;
import mutirao.bench.wire.Door;
import org.jspecify.annotations.Nullable;

/**
 * A submitter over one or several connections, of which each has one request at a time. What is
 * handed in while all of them are busy waits for the first that is free.
 */
final class HttpSubmitter implements Speaker.Submitter {
  private static final byte[] TASK_KEY = "\"task\":\"".getBytes(UTF_8);
  private static final byte[] RESULT_KEY = "\"result\":\"".getBytes(UTF_8);
  private static final byte[] DONE = "\"state\":\"done\"".getBytes(UTF_8);
  private static final int SHOWN = 300;

  private final int id;
  private final HttpWords words;
  private final Events.Tasks events;
  private final HttpAnswers answers = new HttpAnswers();
  private final SequenceQueue waiting = new SequenceQueue();
  private final Deque<Lane> free = new ArrayDeque<>();
  private final Lane own;
  private int waitingCount;

  HttpSubmitter(int id, HttpWords words, Events.Tasks events) {
    this.id = id;
    this.words = words;
    this.events = events;
    this.own = new Lane();
  }

  @Override
  public List<Speaker> lanes(int window) {
    List<Speaker> lanes = new ArrayList<>();
    for (int i = 1; i < Math.min(window, words.mostLanes()); i++) {
      lanes.add(new Lane());
    }
    return lanes;
  }

  @Override
  public void submit(Connection connection, long sequence) {
    waiting.add(sequence);
    waitingCount++;
    Lane lane = free.poll();
    if (lane != null) {
      lane.send();
    }
  }

  @Override
  public Door door(RunningServer server) {
    return own.door(server);
  }

  @Override
  public void opened(Connection connection) {
    own.opened(connection);
  }

  @Override
  public int received(Connection connection, byte[] bytes, int from, int to) {
    return own.received(connection, bytes, from, to);
  }

  @Override
  public void closed(Connection connection, String reason) {
    own.closed(connection, reason);
  }

  /** One connection. */
  private final class Lane implements Speaker {
    private final long[] asked = new long[words.mostTasks()];
    private int askedCount;
    private @Nullable Connection connection;

    @Override
    public Door door(RunningServer server) {
      return Door.open(server.web());
    }

    @Override
    public void opened(Connection standing) {
      connection = standing;
      free.add(this);
      events.ready();
    }

    /** Asks for what waits; where nothing does, it is free. */
    private void send() {
      Connection standing = connection;
      int count = Math.min(waitingCount, asked.length);
      if (count == 0 || standing == null) {
        free.add(this);
        return;
      }
      for (int i = 0; i < count; i++) {
        asked[i] = waiting.remove();
      }
      waitingCount -= count;
      askedCount = count;
      words.send(standing, id, asked, count);
    }

    @Override
    public int received(Connection from, byte[] bytes, int begin, int to) {
      int end;
      try {
        end = answers.read(bytes, begin, to);
      } catch (IllegalArgumentException e) {
        events.failed(e.getMessage() + ": " + text(bytes, begin, to));
        return to;
      }
      if (end == HttpAnswers.INCOMPLETE) {
        return begin;
      }
      if (askedCount == 0 || end != to) {
        events.failed("an answer to nothing: " + text(bytes, begin, to));
        return to;
      }
      int count = askedCount;
      askedCount = 0;
      if (answers.ok()) {
        results(answers.body(), answers.bodyLength(), count);
      } else {
        events.failed("a request was refused: " + text(bytes, begin, to));
      }
      send();
      return end;
    }

    @Override
    public void closed(Connection broken, String reason) {
      events.failed(reason);
    }
  }

  /** All results of an answer; the tasks may be in any order, but each must be there once. */
  private void results(byte[] body, int length, int count) {
    int at = 0;
    for (int i = 0; i < count; i++) {
      int task = Bytes.after(body, at, length, TASK_KEY);
      int done = task < 0 ? -1 : Bytes.after(body, task, length, DONE);
      int result = done < 0 ? -1 : Bytes.after(body, done, length, RESULT_KEY);
      if (result < 0) {
        events.failed("an answer without results: " + text(body, at, length));
        return;
      }
      int end = Math.min(result + Payload.LENGTH, length);
      int quote = Bytes.indexOf(body, result, length, (byte) '"');
      long name = Bytes.hash(body, task, Bytes.indexOf(body, task, length, (byte) '"'));
      events.result(id, body, result, quote < 0 ? end : quote, name);
      at = end;
    }
    if (Bytes.after(body, at, length, RESULT_KEY) >= 0) {
      events.failed("an answer with more than was asked for: " + text(body, 0, length));
    }
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, Math.min(to - from, SHOWN), UTF_8).strip();
  }
}
