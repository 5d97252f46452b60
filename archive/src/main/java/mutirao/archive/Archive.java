package mutirao.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import mutirao.archive.store.Finder;
import mutirao.archive.store.Gap;
import mutirao.archive.store.Page;
import mutirao.archive.store.Query;
import mutirao.archive.store.Writer;
import mutirao.core.Event;
import mutirao.core.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finished tasks and messages, kept in a file beside the log where they can be searched, for longer
 * than the server itself remembers them. It is told of every entry that took effect, in order, and
 * counts by log positions: what it is told again after a restart it has already, and what it was
 * never told is a {@link Gap}. Nothing that the server confirms waits for it.
 *
 * <p>{@link #applied} and {@link #serving} are for the machine's thread; the rest is thread-safe.
 */
public final class Archive implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Archive.class);

  /** A search waits this long for what was said just before. */
  private static final long WRITTEN_WITHIN_MS = 2000;

  /** After this long a search is answered with what it has found so far. */
  private static final long FOUND_WITHIN_MS = 1000;

  private static final long CLOSED_WITHIN_MS = 5000;

  private final Gathering gathering;
  private final Waiting waiting;
  private final Finder finder;
  private final Thread thread;

  private Archive(Gathering gathering, Waiting waiting, Finder finder, Recorder recorder) {
    this.gathering = gathering;
    this.waiting = waiting;
    this.finder = finder;
    this.thread = Thread.ofPlatform().name("mutirao-archive").daemon().start(recorder);
  }

  /**
   * Opens the file, and makes it where it is not there. One that is damaged is set aside, with a
   * line in the log.
   *
   * @param taskIds how clients call the task of a log position
   * @param clock the server's time in epoch milliseconds, for the age; any thread
   * @throws ArchiveException where the file is another program's, or cannot be used
   */
  public static Archive open(ArchiveConfig config, LongFunction<String> taskIds, LongSupplier clock)
      throws ArchiveException {
    Writer writer = openWriter(config.file(), clock);
    Waiting waiting =
        new Waiting(
            config.maxWaitingRows(), config.maxWaitingBytes(), writer.position(), writer.timeMs());
    return new Archive(
        new Gathering(config.maxPayloadBytes(), taskIds),
        waiting,
        new Finder(config.file(), FOUND_WITHIN_MS),
        new Recorder(config, waiting, writer, clock));
  }

  private static Writer openWriter(Path file, LongSupplier clock) throws ArchiveException {
    try {
      try {
        return Writer.open(file);
      } catch (SQLException e) {
        if (!Writer.isDamage(e)) {
          throw e;
        }
        Recorder.setAside(file, clock.getAsLong());
        return Writer.open(file);
      }
    } catch (SQLException | IOException e) {
      throw new ArchiveException("the archive " + file + " cannot be used: " + e.getMessage(), e);
    }
  }

  /**
   * An entry took effect: the one at {@code state.lastIndex()}. Never waits, once {@link #serving}.
   */
  public void applied(List<Event> events, State state) {
    long position = state.lastIndex();
    if (waiting.wants(position)) {
      waiting.add(position, state.nowMs(), gathering.rows(events, state));
    }
  }

  /**
   * The machine is up to date, and users are about to be served; to be called, too, where a whole
   * state was taken over. What was not {@link #applied} up to here is a gap. Where the archive has
   * more than the log, it forgets that.
   */
  public void serving(State state) {
    waiting.serving(state.lastIndex(), state.nowMs());
  }

  /**
   * One page of what {@code query} asks for, with everything that was {@link #applied} before. May
   * take seconds.
   *
   * @throws ArchiveException where the file cannot be read
   */
  public Page search(Query query) throws ArchiveException, InterruptedException {
    return search(query, WRITTEN_WITHIN_MS);
  }

  Page search(Query query, long writtenWithinMs) throws ArchiveException, InterruptedException {
    boolean newest = query.before() == Long.MAX_VALUE;
    Gap pending = newest ? waiting.awaitWritten(writtenWithinMs) : null;
    try {
      Page page = finder.find(query);
      boolean complete = query.task() != null && !page.rows().isEmpty();
      if (pending == null || complete || !query.filter().concerns(pending)) {
        return page;
      }
      List<Gap> gaps = new ArrayList<>(List.of(pending));
      gaps.addAll(page.gaps());
      return new Page(page.rows(), page.before(), gaps);
    } catch (SQLException e) {
      throw new ArchiveException("the archive cannot be read", e);
    }
  }

  /** Waits until everything that was {@link #applied} is in the file; false where it is not. */
  boolean flush(long timeoutMs) throws InterruptedException {
    return waiting.awaitWritten(timeoutMs) == null;
  }

  /** Writes what waits, for some seconds at most, and ends. Repeatable. */
  @Override
  public void close() {
    waiting.close();
    boolean interrupted = false;
    try {
      if (!thread.join(Duration.ofMillis(CLOSED_WITHIN_MS))) {
        LOG.warn("the archive could not write everything in time; the next start goes on with it");
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
