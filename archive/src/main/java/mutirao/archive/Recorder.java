package mutirao.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import mutirao.archive.store.Writer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes: everything that waits, in one transaction, over and over; then it rests,
 * so that it never takes more than its share of the machine. What the file does not take is kept
 * and tried again; meanwhile {@link Waiting} fills, and says honestly what it drops.
 */
final class Recorder implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

  /** How long something new waits for more, so that a transaction is worth its cost. */
  private static final long GATHER_MS = 200;

  /** How often an archive that nothing comes to looks for what is too old. */
  private static final long LOOK_EVERY_MS = 60_000;

  private static final long RETRY_AFTER_MS = 1000;

  private final ArchiveConfig config;
  private final Waiting waiting;
  private final LongSupplier clock;
  private Writer writer;
  private boolean failing;

  /** Writes into what {@code writer} has opened, and closes it in the end. */
  Recorder(ArchiveConfig config, Waiting waiting, Writer writer, LongSupplier clock) {
    this.config = config;
    this.waiting = waiting;
    this.writer = writer;
    this.clock = clock;
  }

  @Override
  public void run() {
    try {
      while (!waiting.closing()) {
        Waiting.Work work = waiting.take(LOOK_EVERY_MS, GATHER_MS);
        long startedNs = System.nanoTime();
        if (work != null) {
          writeAtLast(work);
        }
        forget();
        rest(System.nanoTime() - startedNs);
      }
      for (Waiting.Work work = waiting.take(0, 0); work != null; work = waiting.take(0, 0)) {
        if (!writeAtLast(work)) {
          break;
        }
      }
    } catch (InterruptedException e) {
      LOG.warn("the archive was interrupted; what waited is in the log, not in the archive");
    } catch (RuntimeException | Error e) {
      LOG.error("the archive stops here; the server goes on without it", e);
      waiting.stuck();
    } finally {
      close();
    }
  }

  private void rest(long workedNs) throws InterruptedException {
    waiting.rest((long) (workedNs * (1 / config.processors() - 1)));
  }

  /** Writes, however often it takes; false where the archive is closed before that succeeds. */
  private boolean writeAtLast(Waiting.Work work) throws InterruptedException {
    while (!write(work)) {
      if (waiting.closing()) {
        LOG.warn("the archive is closed before it could write everything; it will say so");
        return false;
      }
      waiting.stuck();
      waiting.rest(TimeUnit.MILLISECONDS.toNanos(RETRY_AFTER_MS));
    }
    return true;
  }

  private boolean write(Waiting.Work work) {
    try {
      Waiting.Rewind rewind = work.rewind();
      if (rewind != null) {
        LOG.warn(
            "the archive is ahead of the log ({} > {}) and forgets the difference",
            writer.position(),
            rewind.position());
        writer.rewind(rewind.position(), rewind.timeMs());
      }
      if (work.batch() != null) {
        writer.write(work.batch());
      }
      waiting.written(writer.position(), writer.timeMs());
      if (failing) {
        failing = false;
        LOG.info("the archive takes something again");
      }
      return true;
    } catch (SQLException e) {
      failed(e);
      return false;
    }
  }

  private void failed(SQLException e) {
    if (!failing) {
      failing = true;
      LOG.warn(
          "the archive {} takes nothing ({}); it will be tried again",
          config.file(),
          e.getMessage());
    }
    if (Writer.isDamage(e)) {
      try {
        writer.close();
        setAside(config.file(), clock.getAsLong());
        writer = Writer.open(config.file());
      } catch (SQLException | IOException second) {
        LOG.error("the archive {} cannot be begun anew", config.file(), second);
      }
    }
  }

  /** Keeps a file that cannot be read out of the way, for whoever wants to look at it. */
  static void setAside(Path file, long nowMs) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + nowMs);
    for (String end : new String[] {"-wal", "-shm", ""}) {
      Path part = file.resolveSibling(file.getFileName() + end);
      if (Files.exists(part)) {
        Files.move(
            part,
            aside.resolveSibling(aside.getFileName() + end),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    LOG.error("the archive {} is damaged; it is kept as {}, and a new one begun", file, aside);
  }

  /** One step at a time: what is left is forgotten after the next batch, or in a while. */
  private void forget() {
    try {
      boolean more = true;
      while (more && !waiting.closing()) {
        long startedNs = System.nanoTime();
        more = writer.forget(clock.getAsLong() - config.maxAgeMs(), config.maxBytes());
        if (more) {
          rest(System.nanoTime() - startedNs);
        }
      }
    } catch (SQLException e) {
      failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void close() {
    try {
      writer.close();
    } catch (SQLException e) {
      LOG.warn("the archive was not closed in order", e);
    }
  }
}
