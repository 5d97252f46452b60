package mutirao.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FanOutAndIdleLoadTest {
  private static final long ENOUGH_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private final RelayWithFaults relay = new RelayWithFaults((connection, line) -> {});

  @Test
  void everyMemberHearsEveryMessage() throws Exception {
    try (RelayThread thread = new RelayThread();
        FanOutLoad load = new FanOutLoad(relay, thread.server(), 10, "t")) {
      load.open();
      load.beginMeasuring();
      load.drive(ENOUGH_NANOS, () -> {});
      long deliveries = load.endMeasuring();
      Verdict verdict = load.drain(30 * ENOUGH_NANOS);
      assertTrue(verdict.ok(), verdict.firstFailure());
      assertTrue(deliveries > 0);
      assertTrue(verdict.sent() * 10 >= deliveries);
      assertEquals(verdict.sent(), verdict.completed());
      assertTrue(load.latencies().count() > 0);
    }
  }

  @Test
  void idleConnectionsStand() throws Exception {
    try (RelayThread thread = new RelayThread();
        IdleLoad load = new IdleLoad(relay, thread.server(), 500, "t")) {
      double[] share = {0};
      IdleLoad.Figures figures = load.measure(1, done -> share[0] = done);
      assertEquals(500, figures.connections());
      assertTrue(figures.verdict().ok(), figures.verdict().firstFailure());
      assertEquals(1.0, share[0]);
      assertTrue(Double.isNaN(figures.residentBytesEach()), "no process is known");
    }
  }
}
