package mutirao.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Faults meet three tasks of each of four submitters; see {@link RelayWithFaults}. */
class TaskLoadTest {
  private static final long ENOUGH_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final TaskShape SHAPE = new TaskShape(4, 16, 2, 16);
  private static final int FAULTY = 12;

  /** The verdict once no more is lost than must be; for what is merely slow there is time. */
  private static Verdict verdictOn(RelayWithFaults.Fault fault, Schedule schedule, long lost)
      throws Exception {
    try (RelayThread relay = new RelayThread();
        TaskLoad load =
            new TaskLoad(new RelayWithFaults(fault), relay.server(), SHAPE, "t", schedule)) {
      load.open();
      load.beginMeasuring();
      load.drive(ENOUGH_NANOS, () -> {});
      load.endMeasuring();
      Verdict verdict = load.drain(ENOUGH_NANOS);
      for (int more = 0; more < 100 && verdict.lost() > lost; more++) {
        verdict = load.drain(ENOUGH_NANOS);
      }
      return verdict;
    }
  }

  private static Verdict verdictOn(RelayWithFaults.Fault fault, long lost) throws Exception {
    return verdictOn(fault, Schedule.closed(), lost);
  }

  @Test
  void anHonestRelayIsFoundRight() throws Exception {
    Verdict verdict = verdictOn((connection, line) -> connection.write(line), 0);
    assertTrue(verdict.ok(), verdict.firstFailure());
    assertEquals(verdict.sent(), verdict.completed());
    assertTrue(verdict.completed() > FAULTY);
  }

  @Test
  void anHonestRelayIsFoundRightInAnOpenLoop() throws Exception {
    Verdict verdict =
        verdictOn((connection, line) -> connection.write(line), Schedule.open(20_000), 0);
    assertTrue(verdict.ok(), verdict.firstFailure());
    assertTrue(verdict.completed() > FAULTY);
  }

  @Test
  void lostResultsAreCounted() throws Exception {
    Verdict verdict = verdictOn((connection, line) -> {}, FAULTY);
    assertEquals(FAULTY, verdict.lost());
    assertEquals(verdict.sent(), verdict.completed() + FAULTY);
    assertFalse(verdict.ok());
  }

  @Test
  void repeatedResultsAreCounted() throws Exception {
    Verdict verdict =
        verdictOn(
            (connection, line) -> {
              connection.write(line);
              connection.write(line);
            },
            0);
    assertEquals(FAULTY, verdict.duplicates());
    assertEquals(0, verdict.lost());
    assertFalse(verdict.ok());
  }

  @Test
  void changedResultsAreCounted() throws Exception {
    Verdict verdict =
        verdictOn(
            (connection, line) -> {
              line[99] ^= 1;
              connection.write(line);
            },
            FAULTY);
    assertEquals(FAULTY, verdict.bad());
    assertEquals(FAULTY, verdict.lost());
    assertTrue(verdict.firstFailure().startsWith("wrong text"), verdict.firstFailure());
  }

  @Test
  void resultsOfAnotherTaskAreCounted() throws Exception {
    Verdict verdict =
        verdictOn(
            (connection, line) -> {
              line[2] = '9';
              connection.write(line);
            },
            FAULTY);
    assertEquals(FAULTY, verdict.bad());
    assertEquals(FAULTY, verdict.lost());
  }

  @Test
  void resultsOfAnotherLengthAreCounted() throws Exception {
    Verdict verdict =
        verdictOn(
            (connection, line) -> {
              connection.write(line, 0, 50);
              connection.write(line, 100, 1);
            },
            FAULTY);
    assertEquals(FAULTY, verdict.bad());
  }
}
