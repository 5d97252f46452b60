package mutirao.bench.peers.rabbit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static mutirao.bench.peers.rabbit.AmqpWriter.BASIC;

import java.util.Arrays;
import mutirao.bench.peer.Events;
import mutirao.bench.peer.Payload;
import mutirao.bench.peer.Speaker;
import mutirao.bench.wire.Connection;

/** Who makes the queue, submits and works on RabbitMQ. */
final class RabbitTasks {
  private static final String REPLY_TO = "amq.rabbitmq.reply-to";
  private static final int MOST_PREFETCHED = 64;

  /** A power of two above every window. */
  private static final int MOST_UNCONFIRMED = 32_768;

  private static final long NONE = -1;

  /** Flags of the properties delivery mode (persistent) and reply-to. */
  private static final int MODE_AND_REPLY_TO = 0x1200;

  private static final int PERSISTENT = 2;

  private RabbitTasks() {}

  private static String queue(String session) {
    return "q-" + session;
  }

  /** {@code basic.consume}; {@code flags} 2: without acknowledgements. */
  private static byte[] consume(String queue, int flags) {
    AmqpWriter arguments = new AmqpWriter().shortInt(0).shortText(queue).shortText("");
    return AmqpWriter.methodFrame(
        AmqpClient.CHANNEL, BASIC, 20, arguments.octet(flags).emptyTable());
  }

  /** Declares the queue, because RabbitMQ fails where several do that at once. */
  static final class Founder extends AmqpClient {
    private final String session;
    private final Events events;

    Founder(String session, Events events) {
      super(events);
      this.session = session;
      this.events = events;
    }

    @Override
    void channelOpen(Connection connection) {
      int durable = 2;
      AmqpWriter arguments = new AmqpWriter().shortInt(0).shortText(queue(session)).octet(durable);
      arguments.table("x-queue-type", "quorum");
      connection.write(AmqpWriter.methodFrame(CHANNEL, 50, 10, arguments));
    }

    @Override
    boolean method(Connection connection, int method, byte[] bytes, int from, int to) {
      if (method == DECLARE_OK) {
        events.ready();
        return true;
      }
      return false;
    }
  }

  /** Publishes with confirms, which name the number of a publication, or of all up to it. */
  static final class Submitter extends AmqpClient implements Speaker.Submitter {
    private final int id;
    private final Events.Tasks events;
    private final byte[] publish;
    private final long[] unconfirmed = new long[MOST_UNCONFIRMED];
    private long lowest = 1;
    private long next = 1;

    Submitter(int id, String session, Events.Tasks events) {
      super(events);
      this.id = id;
      this.events = events;
      AmqpWriter properties = new AmqpWriter().shortInt(MODE_AND_REPLY_TO).octet(PERSISTENT);
      properties.shortText(REPLY_TO);
      publish = AmqpWriter.publish(CHANNEL, queue(session), properties, Payload.LENGTH);
      Arrays.fill(unconfirmed, NONE);
    }

    @Override
    void channelOpen(Connection connection) {
      connection.write(AmqpWriter.methodFrame(CHANNEL, 85, 10, new AmqpWriter().octet(0)));
    }

    @Override
    public void submit(Connection connection, long sequence) {
      unconfirmed[place(next++)] = sequence;
      connection.write(publish);
      int at = connection.reserve(Payload.LENGTH + 1);
      Payload.write(connection.out(), at, id, sequence);
      connection.out()[at + Payload.LENGTH] = AmqpWriter.FRAME_END;
      connection.commit(Payload.LENGTH + 1);
    }

    @Override
    boolean method(Connection connection, int method, byte[] bytes, int from, int to) {
      switch (method) {
        case SELECT_OK -> connection.write(consume(REPLY_TO, 2));
        case CONSUME_OK -> events.ready();
        case DELIVER -> {}
        case ACK -> confirmed(longAt(bytes, from), bytes[from + 8] != 0);
        default -> {
          return false;
        }
      }
      return true;
    }

    private void confirmed(long number, boolean allUpToIt) {
      if (!allUpToIt) {
        confirmed(number);
      }
      while (lowest < next
          && (allUpToIt && lowest <= number || unconfirmed[place(lowest)] == NONE)) {
        confirmed(lowest++);
      }
    }

    private void confirmed(long number) {
      long sequence = unconfirmed[place(number)];
      if (sequence != NONE) {
        unconfirmed[place(number)] = NONE;
        events.accepted(id, sequence, 0);
      }
    }

    private static int place(long number) {
      return (int) (number & (MOST_UNCONFIRMED - 1));
    }

    @Override
    void body(Connection connection, byte[] bytes, int from, int to) {
      events.result(id, bytes, from, to, 0);
    }
  }

  /** Answers to the queue that a task names, and acknowledges all it got at once. */
  static final class Worker extends AmqpClient {
    /** Where the routing key stands in a publication. */
    private static final int ROUTING_KEY_AT = AmqpWriter.FRAME_HEAD_BYTES + 4 + 2 + 1 + 1;

    /** Where the delivery tag stands in an acknowledgement. */
    private static final int DELIVERY_TAG_AT = AmqpWriter.FRAME_HEAD_BYTES + 4;

    private static final int NOT_KNOWN = -1;

    private final Events events;
    private final int slots;
    private final String session;
    private final byte[] acknowledge =
        AmqpWriter.methodFrame(CHANNEL, BASIC, 80, new AmqpWriter().longLong(0).octet(1));
    private long delivered;
    private long answered;
    private long acknowledged;
    private byte[] answer = {};
    private int replyToLength = NOT_KNOWN;

    Worker(int slots, String session, Events events) {
      super(events);
      this.events = events;
      this.slots = slots;
      this.session = session;
    }

    @Override
    void channelOpen(Connection connection) {
      AmqpWriter limits = new AmqpWriter().longInt(0).shortInt(Math.min(slots, MOST_PREFETCHED));
      connection.write(AmqpWriter.methodFrame(CHANNEL, BASIC, 10, limits.octet(0)));
      connection.write(consume(queue(session), 0));
    }

    @Override
    boolean method(Connection connection, int method, byte[] bytes, int from, int to) {
      switch (method) {
        case QOS_OK -> {}
        case CONSUME_OK -> events.ready();
        case DELIVER -> delivered = longAt(bytes, afterShortText(bytes, from));
        default -> {
          return false;
        }
      }
      return true;
    }

    @Override
    void header(byte[] bytes, int from, int to) {
      int flags = intAt(bytes, from) >>> 16;
      if (flags != MODE_AND_REPLY_TO) {
        events.failed("unexpected properties " + Integer.toHexString(flags));
        return;
      }
      int replyTo = from + 2 + 1 + 1;
      int length = bytes[replyTo - 1] & 0xFF;
      if (length != replyToLength) {
        replyToLength = length;
        String key = new String(bytes, replyTo, length, US_ASCII);
        AmqpWriter properties = new AmqpWriter().shortInt(0);
        answer = AmqpWriter.publish(CHANNEL, key, properties, Payload.LENGTH);
      }
      System.arraycopy(bytes, replyTo, answer, ROUTING_KEY_AT, length);
    }

    @Override
    void body(Connection connection, byte[] bytes, int from, int to) {
      if (to - from != Payload.LENGTH) {
        events.failed("a task of " + (to - from) + " bytes");
        return;
      }
      connection.write(answer);
      int at = connection.reserve(Payload.LENGTH + 1);
      Payload.answer(bytes, from, connection.out(), at);
      connection.out()[at + Payload.LENGTH] = AmqpWriter.FRAME_END;
      connection.commit(Payload.LENGTH + 1);
      answered = delivered;
    }

    @Override
    void readAll(Connection connection) {
      if (answered > acknowledged) {
        acknowledged = answered;
        putLong(acknowledge, DELIVERY_TAG_AT, acknowledged);
        connection.write(acknowledge);
      }
    }
  }
}
