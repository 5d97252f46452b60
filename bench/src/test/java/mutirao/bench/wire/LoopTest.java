package mutirao.bench.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class LoopTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

  /** Sends back what comes; {@code sip} makes it leave bytes unread that it has seen before. */
  private static final class Echo implements Role {
    private final boolean through;

    Echo(boolean through) {
      this.through = through;
    }

    @Override
    public int received(Connection connection, byte[] bytes, int from, int to) {
      if (through) {
        connection.writeThrough(ByteBuffer.wrap(bytes, from, to - from));
      } else {
        connection.write(bytes, from, to - from);
      }
      return to;
    }

    @Override
    public void closed(Connection connection, String reason) {}
  }

  /** Consumes ten bytes at a time, so that most reads leave a remainder. */
  private static final class Collector implements Role {
    private final ByteBuffer collected;
    private String end = "";

    Collector(int size) {
      collected = ByteBuffer.allocate(size);
    }

    @Override
    public int received(Connection connection, byte[] bytes, int from, int to) {
      int whole = (to - from) / 10 * 10;
      collected.put(bytes, from, whole);
      return from + whole;
    }

    @Override
    public void closed(Connection connection, String reason) {
      end = reason;
    }
  }

  static void turnUntil(Loop loop, BooleanSupplier condition) throws IOException {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < giveUp, "nothing more happens");
      loop.turn(100);
    }
  }

  private static void carriesMegabytes(boolean through) throws IOException {
    byte[] sent = new byte[5_000_000];
    new Random(11).nextBytes(sent);
    try (Loop loop = new Loop()) {
      InetSocketAddress address = loop.listen(ANY_PORT, () -> new Echo(through));
      Collector collector = new Collector(sent.length);
      Connection connection = loop.connect(address, collector);
      turnUntil(loop, () -> loop.size() == 2);
      connection.write(sent);
      turnUntil(loop, () -> !collector.collected.hasRemaining());
      assertArrayEquals(sent, collector.collected.array());
      assertEquals(0, connection.pendingBytes());
    }
  }

  @Test
  void carriesMoreThanASocketTakesAtOnce() throws IOException {
    carriesMegabytes(false);
  }

  @Test
  void carriesMoreThanASocketTakesAtOnceWhenWrittenThrough() throws IOException {
    carriesMegabytes(true);
  }

  @Test
  void tellsThatTheOtherSideHasClosed() throws IOException {
    try (Loop loop = new Loop();
        Loop other = new Loop()) {
      InetSocketAddress address = other.listen(ANY_PORT, () -> new Echo(false));
      Collector collector = new Collector(10);
      Connection connection = loop.connect(address, collector);
      turnUntil(other, () -> other.size() == 1);
      other.close();
      turnUntil(loop, connection::isClosed);
      assertEquals(0, loop.size());
      assertTrue(!collector.end.isEmpty());
    }
  }

  @Test
  void tellsThatNobodyListens() throws IOException {
    InetSocketAddress address;
    try (Loop loop = new Loop()) {
      address = loop.listen(ANY_PORT, () -> new Echo(false));
    }
    try (Loop loop = new Loop()) {
      Collector collector = new Collector(10);
      Connection connection = loop.connect(address, collector);
      turnUntil(loop, connection::isClosed);
      assertTrue(collector.end.contains("refused"), collector.end);
    }
  }
}
