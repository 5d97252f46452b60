package mutirao.bench.peers.nats;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static mutirao.bench.peers.nats.NatsClient.PAYLOAD_LENGTH;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mutirao.bench.peer.Events;
import mutirao.bench.peer.Payload;
import mutirao.bench.peer.RunningServer;
import mutirao.bench.peer.Speaker;
import mutirao.bench.peers.Installed;
import mutirao.bench.peers.InstalledPeer;
import mutirao.bench.wire.Bytes;
import mutirao.bench.wire.Connection;

/**
 * NATS JetStream: a work queue in files, pulled in batches, every message acknowledged. It confirms
 * what the operating system has and fsyncs every two minutes, so that a power cut takes what was
 * confirmed. Results are not kept.
 */
public class JetStreamPeer implements InstalledPeer {
  static final String PROGRAM = "nats-server";
  private static final String CONSUMER = "workers";
  private static final int MOST_AT_ONCE = 64;

  @Override
  public String name() {
    return "jetstream";
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
    String files = directory.toAbsolutePath().toString();
    return RunningServer.onFreePort(
        port ->
            List.of(program, "-a", "127.0.0.1", "-p", Integer.toString(port), "-js", "-sd", files),
        directory);
  }

  @Override
  public Optional<Speaker> founder(String session, Events events) {
    return Optional.of(new Founder(session, replicas(), events));
  }

  @Override
  public Speaker.Submitter submitter(int id, String session, Events.Tasks events) {
    return new Submitter(id, session, events);
  }

  @Override
  public Speaker worker(int id, int slots, String session, Events events) {
    return new Worker(id, slots, session, events);
  }

  /** On how many servers a message is kept. */
  int replicas() {
    return 1;
  }

  private static String stream(String session) {
    return "S" + session;
  }

  private static String publication(String subject, String reply, String text) {
    return "PUB " + subject + " " + reply + " " + text.length() + "\r\n" + text + "\r\n";
  }

  /** Makes the stream, then its consumer. */
  private static final class Founder extends NatsClient {
    private static final byte[] ERROR = "\"error\":".getBytes(US_ASCII);

    private final String session;
    private final Events events;
    private final int replicas;
    private boolean streamMade;

    Founder(String session, int replicas, Events events) {
      super("SUB made-" + session + " 1\r\n", events);
      this.session = session;
      this.replicas = replicas;
      this.events = events;
    }

    @Override
    void greeted(Connection connection) {
      String stream = stream(session);
      String settings =
          "{'name':'"
              + stream
              + "','subjects':['tasks-"
              + session
              + "'],'storage':'file',"
              + "'retention':'workqueue','num_replicas':"
              + replicas
              + "}";
      ask(connection, "$JS.API.STREAM.CREATE." + stream, settings);
    }

    @Override
    void message(Connection connection, byte[] bytes, int from, int newline, int to) {
      if (Bytes.after(bytes, newline, to, ERROR) >= 0) {
        events.failed(new String(bytes, newline, to - newline, US_ASCII).strip());
      } else if (streamMade) {
        events.ready();
      } else {
        streamMade = true;
        String stream = stream(session);
        String settings =
            "{'stream_name':'"
                + stream
                + "','config':{'durable_name':'"
                + CONSUMER
                + "',"
                + "'deliver_policy':'all','ack_policy':'explicit'}}";
        String subject = "$JS.API.CONSUMER.DURABLE.CREATE." + stream + "." + CONSUMER;
        ask(connection, subject, settings);
      }
    }

    private void ask(Connection connection, String subject, String settings) {
      String json = settings.replace('\'', '"');
      connection.write(publication(subject, "made-" + session, json).getBytes(US_ASCII));
    }
  }

  /** The subject of an acknowledgement ends with the task's number. */
  private static final class Submitter extends NatsClient implements Speaker.Submitter {
    private static final byte[] STORED = "{\"stream\":".getBytes(US_ASCII);
    private static final int DIGITS = 12;

    private final int id;
    private final Events.Tasks events;
    private final byte[] results;
    private final byte[] head;

    Submitter(int id, String session, Events.Tasks events) {
      super(
          "SUB ack-%s-%d.* 1\r\nSUB result-%s-%d 2\r\n".formatted(session, id, session, id),
          events);
      this.id = id;
      this.events = events;
      results = ("MSG result-" + session + "-" + id + " ").getBytes(US_ASCII);
      String subjects = "PUB tasks-" + session + " ack-" + session + "-" + id + ".";
      head = (subjects + "0".repeat(DIGITS) + " " + Payload.LENGTH + "\r\n").getBytes(US_ASCII);
    }

    @Override
    public void submit(Connection connection, long sequence) {
      Bytes.putDigits(head, head.length - PAYLOAD_LENGTH.length - DIGITS, DIGITS, sequence);
      Payload.send(connection, head, id, sequence, END);
    }

    @Override
    void message(Connection connection, byte[] bytes, int from, int newline, int to) {
      if (Bytes.startsWith(bytes, from, to, results)) {
        events.result(id, bytes, newline + 1, to, 0);
      } else if (Bytes.startsWith(bytes, newline + 1, to, STORED)) {
        int number = Bytes.indexOf(bytes, from, newline, (byte) '.') + 1;
        events.accepted(id, Bytes.digits(bytes, number, DIGITS), 0);
      } else {
        events.failed(new String(bytes, from, to - from, US_ASCII));
      }
    }
  }

  /** Asks for more when half of what it asked for has come, so that it seldom has nothing to do. */
  private static final class Worker extends NatsClient {
    private static final byte[] PUB = "PUB ".getBytes(US_ASCII);
    private static final byte[] EMPTY = " 0\r\n\r\n".getBytes(US_ASCII);

    private final Events events;
    private final byte[][] publish = new byte[100][];
    private final byte[] askForAll;
    private final byte[] askForHalf;
    private final int half;
    private int taken;

    Worker(int id, int slots, String session, Events events) {
      super("SUB task-" + session + "-" + id + " 1\r\n", events);
      this.events = events;
      for (int i = 0; i < publish.length; i++) {
        publish[i] =
            ("PUB result-" + session + "-" + i + " " + Payload.LENGTH + "\r\n").getBytes(US_ASCII);
      }
      int all = Math.min(slots, MOST_AT_ONCE);
      half = Math.max(1, all / 2);
      String subject = "$JS.API.CONSUMER.MSG.NEXT." + stream(session) + "." + CONSUMER;
      String reply = "task-" + session + "-" + id;
      askForAll = publication(subject, reply, "{\"batch\":" + all + "}").getBytes(US_ASCII);
      askForHalf = publication(subject, reply, "{\"batch\":" + half + "}").getBytes(US_ASCII);
    }

    @Override
    void greeted(Connection connection) {
      connection.write(askForAll);
      events.ready();
    }

    @Override
    void message(Connection connection, byte[] bytes, int from, int newline, int to) {
      if (to - newline - 1 != Payload.LENGTH) {
        events.failed(new String(bytes, from, to - from, US_ASCII));
        return;
      }
      int sender = Payload.sender(bytes, newline + 1);
      Payload.sendAnswer(connection, publish[sender], bytes, newline + 1, END);
      int acknowledge = replySubject(bytes, from, newline);
      int end = Bytes.indexOf(bytes, acknowledge, newline, (byte) ' ');
      connection.write(PUB);
      connection.write(bytes, acknowledge, end - acknowledge);
      connection.write(EMPTY);
      if (++taken == half) {
        taken = 0;
        connection.write(askForHalf);
      }
    }
  }
}
