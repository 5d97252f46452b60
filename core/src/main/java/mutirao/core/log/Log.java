package mutirao.core.log;

import java.util.List;
import mutirao.core.Command;

/**
 * Puts commands in one order for everybody. {@code LogContract} in the tests says what every
 * implementation must do.
 *
 * <p>{@link #append} is called by one thread at a time. The listener is called by one thread at a
 * time too, in log order, with every batch that is safe: in memory that is at once and on the
 * caller's thread; on disk after the fsync; in a cluster after a majority has it.
 */
public interface Log extends AutoCloseable {

  /**
   * Commands that share one append.
   *
   * @param id number the proposer gave the batch, increasing by one, so that it finds its own again
   * @param timeMs the proposer's clock, epoch milliseconds
   * @param seed the proposer's chance; command number n gets a seed derived from it
   */
  record Batch(long id, long timeMs, long seed, List<Command> commands) {}

  /** Who is told of what the log has put in order. */
  interface Listener {
    /**
     * A batch is safe.
     *
     * @param firstIndex the log index of its first command; the others follow without a gap
     * @param own true where this server proposed it
     */
    void committed(long firstIndex, Batch batch, boolean own);

    /**
     * A batch of this server did not (and will not) get into the log, or nobody can tell: {@code
     * definite} false.
     */
    void failed(Batch batch, boolean definite);
  }

  /** Begins delivery. Called once, before the first append. */
  void start(Listener listener);

  /** Hands a batch in. At most one batch of a server is on its way at any time. */
  void append(Batch batch);

  /** Stops; nothing is delivered afterwards. */
  @Override
  void close();
}
