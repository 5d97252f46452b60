package mutirao.server.security;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import mutirao.server.story.wire.TcpClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * SEC-06: the time that a refusal takes does not tell who is there. The one test that looks at a
 * clock, because time is what it is about: medians of what is tried in turn, so that a busy machine
 * slows down both alike, and a difference has to show in every one of some rounds.
 */
@Tag("long")
class LoginTimesTest {
  private static final int ROUNDS = 4;
  private static final int SAMPLES = 250;
  private static final int TRIES_A_NAME = 9;
  private static final double MOST = 0.05;

  private final TestReporter reporter;

  LoginTimesTest(TestReporter reporter) {
    this.reporter = reporter;
  }

  private static long refusalNs(SafeServer server, String user, int unique) {
    try (TcpClient guesser = server.connect()) {
      long from = System.nanoTime();
      guesser.say(
          "{\"type\":\"register\",\"username\":\"%s\",\"password\":\"guess-%d\"}"
              .formatted(user, unique));
      String said = guesser.next();
      long took = System.nanoTime() - from;
      assertTrue(said.contains("\"unauthorized\""), said);
      return took;
    }
  }

  private static double difference(SafeServer server) {
    long[] known = new long[SAMPLES];
    long[] unknown = new long[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      if (i % TRIES_A_NAME == 0) {
        server.pass(1_000_000);
      }
      // Whoever is first in turn: not always the same one.
      if (i % 2 == 0) {
        known[i] = refusalNs(server, "bruno", i);
        unknown[i] = refusalNs(server, "ninguem", i);
      } else {
        unknown[i] = refusalNs(server, "ninguem", i);
        known[i] = refusalNs(server, "bruno", i);
      }
    }
    Arrays.sort(known);
    Arrays.sort(unknown);
    double one = known[SAMPLES / 2];
    double other = unknown[SAMPLES / 2];
    return Math.abs(one - other) / Math.max(one, other);
  }

  @Test
  void sec06WhoIsNotThereIsRefusedInTheSameTime() throws InterruptedException {
    try (SafeServer server = new SafeServer().with("bruno", "member")) {
      server.password("bruno", "andaime-7");
      double least = 1;
      for (int round = 0; round < ROUNDS && least >= MOST; round++) {
        double difference = difference(server);
        reporter.publishEntry("difference of medians", "%.2f %%".formatted(100 * difference));
        least = Math.min(least, difference);
      }
      assertTrue(least < MOST, "a difference of " + least);
    }
  }
}
