package mutirao.core.log;

import java.util.List;
import java.util.Set;
import mutirao.core.Command;
import org.jspecify.annotations.Nullable;

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
  record Batch(long id, long timeMs, long seed, List<Command> commands) {

    /** Whether a server begins to lead with it. */
    public boolean beginsTerm() {
      return !commands.isEmpty() && commands.getFirst() instanceof Command.BeginTerm;
    }
  }

  /** Who is told of what the log has put in order. */
  interface Listener {
    /**
     * A batch is safe.
     *
     * @param firstIndex the log index of its first command; the others follow without a gap
     * @param own true where this server proposed it
     */
    void committed(long firstIndex, Batch batch, boolean own);

    /** This server leads from here on: it is the one that lets time pass. */
    default void leading() {}

    /** The machine has everything, where it had not when {@link Log#start} returned. */
    default void caughtUp() {}

    /**
     * The machine goes on from a newer image; nobody can be told any more what happened up to
     * there.
     */
    default void replaced() {}

    /**
     * A batch of this server did not (and will not) get into the log, or nobody can tell: {@code
     * definite} false.
     */
    void failed(Batch batch, boolean definite);
  }

  /**
   * Begins delivery. Called once, before the first append. What can be delivered soon is delivered
   * before it returns.
   */
  void start(Listener listener);

  /**
   * Whether {@link #start} returned before the machine had everything that was committed, because
   * nobody could be asked. {@link Listener#caughtUp} is called when it has.
   */
  default boolean behind() {
    return false;
  }

  /**
   * Hands a batch in. At most one batch of a server is on its way at any time. One without commands
   * changes nothing: it is committed, with index 0, when the machine has everything that was
   * committed anywhere before. Only a log that is not always {@link #current} is given such a one.
   */
  void append(Batch batch);

  /** Whether the machine here always has everything that was committed anywhere. */
  default boolean current() {
    return true;
  }

  /** Whether this server is the one that lets time pass and notices who is gone. */
  default boolean leads() {
    return true;
  }

  /** The log's time when the clock of this server shows {@code clockMs}, epoch milliseconds. */
  default long timeMs(long clockMs) {
    return clockMs;
  }

  /** The servers of the group that can be heard now, where this one leads; null: not to be told. */
  default @Nullable Set<String> heard() {
    return null;
  }

  /** Lets another server lead, where there is one that can; returns when that is settled. */
  default void handOver() {}

  /** Stops; nothing is delivered afterwards. */
  @Override
  void close();
}
