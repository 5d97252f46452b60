package mutirao.chaos.overload;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * One submitter that hands in tasks at a steady rate, whatever is answered. Its figures are read
 * when it is over.
 */
final class Offer implements AutoCloseable {
  private static final long TURN_NS = 2_000_000;

  private final Wire wire;
  private final Thread reader;
  private final long[] sentNs;
  private final long[] noUs;
  private int noes;
  final LongAdder accepted = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder without = new LongAdder();
  final LongAdder done = new LongAdder();
  private int sent;

  /** Connects as submitter {@code number}; will hand in {@code most} tasks at most. */
  Offer(int port, int number, int most) throws IOException {
    sentNs = new long[most];
    noUs = new long[most];
    wire =
        new Wire(
            port,
            "{\"type\":\"register\",\"name\":\"s"
                + number
                + "\",\"role\":\"task_client\",\"presence\":false}\n");
    reader = Thread.ofVirtual().name("answers-" + number).start(() -> wire.readAll(this::read));
  }

  private void read(String line) {
    if (line.startsWith("{\"type\":\"accepted\"")) {
      accepted.increment();
    } else if (line.startsWith("{\"type\":\"error\"")) {
      long now = System.nanoTime();
      refused.increment();
      int ref = (int) Wire.number(line, "ref");
      if (Wire.number(line, "retry_after_ms") < 0 || !line.contains("\"overloaded\"")) {
        without.increment();
      }
      if (ref >= 0) {
        noUs[noes++] = (now - sentNs[ref]) / 1000;
      }
    } else if (line.startsWith("{\"type\":\"result\"")) {
      done.increment();
    }
  }

  /** Hands in so many a second until then. */
  void run(double rate, long endNs) throws IOException {
    long beganNs = System.nanoTime();
    StringBuilder lines = new StringBuilder();
    for (long now = beganNs; now < endNs && sent < sentNs.length; now = System.nanoTime()) {
      int due = (int) Math.min(sentNs.length, (now - beganNs) / 1e9 * rate);
      lines.setLength(0);
      for (; sent < due; sent++) {
        sentNs[sent] = now;
        lines
            .append("{\"type\":\"submit\",\"ref\":")
            .append(sent)
            .append(",\"operation\":\"work\",\"params\":{\"n\":")
            .append(sent)
            .append("},\"keep_ms\":1000}\n");
      }
      wire.send(lines.toString());
      LockSupport.parkNanos(TURN_NS);
    }
  }

  /** How many it handed in. */
  int sent() {
    return sent;
  }

  /** Whether all that was handed in was answered, and all that was accepted ended. */
  boolean isSettled() {
    return accepted.sum() + refused.sum() >= sent && done.sum() >= accepted.sum();
  }

  /** How long each no took, in microseconds; call it when it is settled. */
  long[] noes() {
    return Arrays.copyOf(noUs, noes);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    wire.close();
    reader.join();
  }
}
