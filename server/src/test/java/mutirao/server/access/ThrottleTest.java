package mutirao.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ThrottleTest {
  private static final long WINDOW_MS = 60_000;
  private static final long LONGEST_MS = 300_000;

  private final Throttle throttle = new Throttle(3, WINDOW_MS, LONGEST_MS, 100);

  private long lockedMs(String key, long nowMs) {
    for (int i = 0; i < 2; i++) {
      assertFalse(throttle.failed(key, nowMs));
      assertEquals(0, throttle.lockedMs(key, nowMs));
    }
    assertTrue(throttle.failed(key, nowMs));
    return throttle.lockedMs(key, nowMs);
  }

  @Test
  void whoGoesOnWaitsLongerEachTimeButNeverForGood() {
    long nowMs = 1000;
    for (long expected : new long[] {60_000, 120_000, 240_000, 300_000, 300_000}) {
      assertEquals(expected, lockedMs("a", nowMs));
      nowMs += expected;
      assertEquals(0, throttle.lockedMs("a", nowMs));
    }
    assertEquals(WINDOW_MS, lockedMs("a", nowMs + LONGEST_MS), "who was quiet begins anew");
    assertEquals(0, throttle.lockedMs("b", nowMs));
  }

  @Test
  void failuresFarApartLockNobody() {
    for (int i = 0; i < 100; i++) {
      assertFalse(throttle.failed("a", i * WINDOW_MS / 2));
    }
  }

  @Test
  void triesUnderWayCountUntilTheyAreKnownToBeRight() {
    throttle.failed("a", 0);
    throttle.begins("a");
    assertFalse(throttle.isBusy("a", 0));
    throttle.begins("a");
    assertTrue(throttle.isBusy("a", 0));
    assertEquals(0, throttle.lockedMs("a", 0), "busy is not locked");
    throttle.ends("a");
    assertFalse(throttle.isBusy("a", 0));
    throttle.ends("a");
    assertEquals(WINDOW_MS, lockedMs("a", WINDOW_MS));
  }

  @Test
  void aFloodOfKeysForgetsTheOneThatWasQuietForLongest() {
    throttle.failed("quiet", 0);
    throttle.failed("quiet", 0);
    throttle.failed("steady", 0);
    for (int i = 0; i < 99; i++) {
      throttle.failed("key" + i, 1);
      if (i == 50) {
        throttle.failed("steady", 1);
      }
    }
    assertFalse(throttle.failed("quiet", 2), "forgotten");
    assertTrue(throttle.failed("steady", 2));
  }

  @Test
  void ofIpv6TheNetworkCountsAndOfBothThePortDoesNot() {
    assertEquals(
        Networks.of("/[2001:db8:1:2:0:0:0:1]:4000"), Networks.of("/[2001:db8:1:2:ffff::9]:5000"));
    assertEquals(Networks.of("/2001:db8:1:2:0:0:0:1:4000"), Networks.of("/2001:db8:1:2::9:50"));
    assertFalse(Networks.of("/[2001:db8:1:3::1]:1").equals(Networks.of("/[2001:db8:1:2::1]:1")));
    assertEquals(Networks.of("/192.0.2.1:1"), Networks.of("n1.example.org/192.0.2.1:2"));
    assertEquals(Networks.of("/[::ffff:192.0.2.1]:1"), Networks.of("/192.0.2.1:2"));
    assertEquals(Networks.of("/[fe80::1%eth0]:1"), Networks.of("/[fe80::2%eth0]:1"));
    assertEquals("in process", Networks.of("in process"));
  }
}
