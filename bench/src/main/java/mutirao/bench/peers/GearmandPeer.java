package mutirao.bench.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import mutirao.bench.peer.Events;
import mutirao.bench.peer.Payload;
import mutirao.bench.peer.RunningServer;
import mutirao.bench.peer.Speaker;
import mutirao.bench.wire.Bytes;
import mutirao.bench.wire.Connection;

/**
 * The Gearman job server in its binary protocol: SUBMIT_JOB, JOB_ASSIGN, WORK_COMPLETE; a worker
 * holds one job at a time as all stock workers do.
 */
public final class GearmandPeer implements InstalledPeer {
  private static final String PROGRAM = "gearmand";
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final int REQUEST = 0x00524551;
  private static final int HEADER = 12;
  private static final int CAN_DO = 1;
  private static final int PRE_SLEEP = 4;
  private static final int NOOP = 6;
  private static final int SUBMIT_JOB = 7;
  private static final int GRAB_JOB = 9;
  private static final int NO_JOB = 10;
  private static final int JOB_ASSIGN = 11;
  private static final int WORK_COMPLETE = 13;
  private static final int ECHO_REQUEST = 16;
  private static final int ECHO_RESPONSE = 17;
  private static final int ERROR = 19;

  @Override
  public String name() {
    return "gearmand";
  }

  @Override
  public String program() {
    return PROGRAM;
  }

  @Override
  public String debianPackage() {
    return "gearman-job-server";
  }

  @Override
  public Set<Ability> abilities() {
    return EnumSet.of(Ability.TASKS, Ability.IDLE);
  }

  @Override
  public RunningServer start(Path directory) throws IOException {
    String program = Installed.find(PROGRAM).orElseThrow().toString();
    String pidFile = directory.resolve("pid").toAbsolutePath().toString();
    String user = System.getProperty("user.name");
    return RunningServer.onFreePort(
        port -> {
          String number = Integer.toString(port);
          return List.of(
              program,
              "-L",
              "127.0.0.1",
              "-p",
              number,
              "-u",
              user,
              "-P",
              pidFile,
              "-l",
              "stderr",
              "-b",
              "1024");
        },
        directory);
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
  public Speaker idle(int id, String session, Events events) {
    return new Client(request(CAN_DO, "idle-" + session), events);
  }

  private static byte[] request(int type, String body) {
    byte[] text = body.getBytes(UTF_8);
    byte[] packet = new byte[HEADER + text.length];
    header(packet, 0, type, text.length);
    System.arraycopy(text, 0, packet, HEADER, text.length);
    return packet;
  }

  private static void header(byte[] bytes, int at, int type, int length) {
    INTS.set(bytes, at, REQUEST);
    INTS.set(bytes, at + 4, type);
    INTS.set(bytes, at + 8, length);
  }

  /** Says what it has to say and is ready when its echo comes back. */
  private static class Client implements Speaker {
    private final byte[] greeting;
    private final Events events;

    Client(byte[] greeting, Events events) {
      this.greeting = greeting;
      this.events = events;
    }

    @Override
    public final void opened(Connection connection) {
      connection.write(greeting);
      connection.write(request(ECHO_REQUEST, "ready"));
    }

    @Override
    public final int received(Connection connection, byte[] bytes, int from, int to) {
      int at = from;
      while (to - at >= HEADER) {
        int end = at + HEADER + (int) INTS.get(bytes, at + 8);
        if (end > to) {
          break;
        }
        int type = (int) INTS.get(bytes, at + 4);
        if (type == ECHO_RESPONSE) {
          ready(connection);
          events.ready();
        } else if (type == ERROR) {
          events.failed(new String(bytes, at + HEADER, end - at - HEADER, UTF_8));
        } else {
          packet(connection, type, bytes, at + HEADER, end);
        }
        at = end;
      }
      return at;
    }

    void ready(Connection connection) {}

    /** A packet's body. */
    void packet(Connection connection, int type, byte[] bytes, int from, int to) {}

    @Override
    public final void closed(Connection connection, String reason) {
      events.failed(reason);
    }
  }

  private static final class Submitter extends Client implements Speaker.Submitter {
    private final int id;
    private final Events.Tasks events;
    private final byte[] head;

    Submitter(int id, String session, Events.Tasks events) {
      super(new byte[0], events);
      this.id = id;
      this.events = events;
      this.head = request(SUBMIT_JOB, "upper-" + session + "\0\0");
      header(head, 0, SUBMIT_JOB, head.length - HEADER + Payload.LENGTH);
    }

    @Override
    public void submit(Connection connection, long sequence) {
      connection.write(head);
      int at = connection.reserve(Payload.LENGTH);
      Payload.write(connection.out(), at, id, sequence);
      connection.commit(Payload.LENGTH);
    }

    @Override
    void packet(Connection connection, int type, byte[] bytes, int from, int to) {
      if (type == WORK_COMPLETE) {
        int payload = Bytes.indexOf(bytes, from, to, (byte) 0) + 1;
        events.result(id, bytes, payload, to, 0);
      }
    }
  }

  private static final class Worker extends Client {
    private static final byte[] GRAB = request(GRAB_JOB, "");
    private static final byte[] SLEEP = request(PRE_SLEEP, "");

    Worker(String session, Events events) {
      super(request(CAN_DO, "upper-" + session), events);
    }

    @Override
    void ready(Connection connection) {
      connection.write(GRAB);
    }

    @Override
    void packet(Connection connection, int type, byte[] bytes, int from, int to) {
      switch (type) {
        case NO_JOB -> connection.write(SLEEP);
        case NOOP -> connection.write(GRAB);
        case JOB_ASSIGN -> complete(connection, bytes, from, to);
        default -> {
          // Nothing else matters to a worker.
        }
      }
    }

    private static void complete(Connection connection, byte[] bytes, int from, int to) {
      int handle = Bytes.indexOf(bytes, from, to, (byte) 0) + 1 - from;
      int length = HEADER + handle + Payload.LENGTH;
      int at = connection.reserve(length);
      byte[] out = connection.out();
      header(out, at, WORK_COMPLETE, handle + Payload.LENGTH);
      System.arraycopy(bytes, from, out, at + HEADER, handle);
      Payload.answer(bytes, to - Payload.LENGTH, out, at + HEADER + handle);
      connection.commit(length);
      connection.write(GRAB);
    }
  }
}
