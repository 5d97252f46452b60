package mutirao.bench.load;

import java.io.IOException;

/**
 * Traffic on one server: opened, driven for a while, measured while it is driven on, drained,
 * closed. Belongs to one thread.
 */
public interface Load extends AutoCloseable {

  /**
   * Connects everybody and begins to send.
   *
   * @throws IOException where somebody is turned away
   */
  void open() throws IOException;

  /**
   * Keeps the traffic going.
   *
   * @param nanos for how long
   * @param tick called now and then, for a progress bar
   * @throws IOException where a failure makes going on pointless
   */
  void drive(long nanos, Runnable tick) throws IOException;

  /** From here on completions and latencies count. */
  void beginMeasuring();

  /** Until here; returns how many completions counted. */
  long endMeasuring();

  /**
   * Sends nothing new, waits for what is outstanding, and judges.
   *
   * @param nanos what is not there by then is lost
   */
  Verdict drain(long nanos) throws IOException;

  /** The latencies that count; complete after {@link #drain}. */
  Latencies latencies();

  @Override
  void close() throws IOException;
}
