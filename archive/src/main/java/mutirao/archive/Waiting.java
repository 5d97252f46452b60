package mutirao.archive;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import mutirao.archive.store.Batch;
import mutirao.archive.store.Gap;
import mutirao.archive.store.Gap.Reason;
import mutirao.archive.store.Row;
import org.jspecify.annotations.Nullable;

/**
 * What the machine's thread has handed in and the archive's thread has not written yet. Bounded:
 * when it is full, what comes is dropped and its positions become a gap, so that a slow disk never
 * slows the server. Only while a start replays the log, when nobody is served, the machine waits.
 * Thread-safe.
 */
final class Waiting {
  /** Rows of one transaction: as many as are written in some tens of milliseconds. */
  private static final int MAX_BATCH_ROWS = 5000;

  private final int maxRows;
  private final long maxBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition written = lock.newCondition();
  private final Condition ended = lock.newCondition();
  private final Deque<Row> rows = new ArrayDeque<>();
  private final Deque<Gap> gaps = new ArrayDeque<>();
  private long bytes;
  private long takenTo;
  private long writtenTo;
  private long writtenMs;
  private long last;
  private long lastMs;
  private boolean dropping;
  private boolean serving;
  private boolean stuck;
  private volatile boolean closing;
  private int searchers;
  private @Nullable Rewind rewind;

  /** The log ends before what is written. */
  record Rewind(long position, long timeMs) {}

  /** What to do next: {@code rewind} first, then write {@code batch}; either may be missing. */
  record Work(@Nullable Rewind rewind, @Nullable Batch batch) {}

  /** Nothing waits; everything up to {@code position} is written. */
  Waiting(int maxRows, long maxBytes, long position, long timeMs) {
    this.maxRows = maxRows;
    this.maxBytes = maxBytes;
    takenTo = position;
    writtenTo = position;
    writtenMs = timeMs;
    last = position;
    lastMs = timeMs;
  }

  /** Whether something of this position is still wanted. */
  boolean wants(long position) {
    lock.lock();
    try {
      return position > last;
    } finally {
      lock.unlock();
    }
  }

  /** Takes what an entry brought. */
  void add(long position, long timeMs, List<Row> more) {
    lock.lock();
    try {
      if (position <= last) {
        return;
      }
      jump(position - 1, timeMs);
      boolean hadPlenty = plenty();
      long moreBytes = 0;
      for (Row row : more) {
        moreBytes += row.bytes();
      }
      if (more.isEmpty() || awaitRoom(more.size(), moreBytes)) {
        rows.addAll(more);
        bytes += moreBytes;
        dropping &= more.isEmpty();
      } else {
        drop(position, timeMs);
      }
      boolean first = last == takenTo;
      last = position;
      lastMs = timeMs;
      if (first || (plenty() && !hadPlenty)) {
        arrived.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** So much that nothing more need be waited for. */
  private boolean plenty() {
    return rows.size() >= maxRows / 2;
  }

  /** An entry larger than the bound passes when nothing else waits: it will never be smaller. */
  private boolean awaitRoom(int count, long size) {
    while (!rows.isEmpty() && (rows.size() + count > maxRows || bytes + size > maxBytes)) {
      if (serving || stuck || closing) {
        return false;
      }
      arrived.signal();
      written.awaitUninterruptibly();
    }
    return true;
  }

  /** One gap for all that is dropped in a row: there are never more gaps than rows. */
  private void drop(long position, long timeMs) {
    Gap before = dropping ? gaps.removeLast() : null;
    long from = before == null ? position : before.from();
    long fromMs = before == null ? lastMs : before.fromMs();
    gaps.addLast(new Gap(from, position, fromMs, timeMs, Reason.OVERLOAD));
    dropping = true;
  }

  /** Everything up to {@code position} that did not come will not come. */
  private void jump(long position, long timeMs) {
    if (position > last) {
      gaps.addLast(new Gap(last + 1, position, lastMs, timeMs, Reason.NOT_RECORDED));
      last = position;
      lastMs = timeMs;
      dropping = false;
    }
  }

  /** The log has been replayed as far as {@code position}; from now on nobody waits. */
  void serving(long position, long timeMs) {
    lock.lock();
    try {
      if (position < last) {
        // Then nothing was new, and nothing waits.
        rewind = new Rewind(position, timeMs);
        last = position;
        lastMs = timeMs;
        takenTo = position;
      } else {
        jump(position, timeMs);
      }
      serving = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for something to write, and then, where users are served and none of them waits for a
   * search, a little longer so that more of it comes together.
   *
   * @return null where nothing came in time, or nothing will
   */
  @Nullable Work take(long timeoutMs, long gatherMs) throws InterruptedException {
    lock.lock();
    try {
      long leftNs = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
      while (last == takenTo && rewind == null && !closing && leftNs > 0) {
        leftNs = arrived.awaitNanos(leftNs);
      }
      if (last == takenTo && rewind == null) {
        return null;
      }
      leftNs = TimeUnit.MILLISECONDS.toNanos(gatherMs);
      while (serving && searchers == 0 && !plenty() && !closing && leftNs > 0) {
        leftNs = arrived.awaitNanos(leftNs);
      }
      Rewind back = rewind;
      rewind = null;
      return new Work(back, last == takenTo ? null : nextBatch());
    } finally {
      lock.unlock();
    }
  }

  /** An entry's rows stay together: half of it would be lost when the other half is skipped. */
  private Batch nextBatch() {
    List<Row> taken = new ArrayList<>(Math.min(rows.size(), MAX_BATCH_ROWS));
    long lastTaken = 0;
    while (!rows.isEmpty()
        && (taken.size() < MAX_BATCH_ROWS || rows.getFirst().position() == lastTaken)) {
      Row row = rows.removeFirst();
      bytes -= row.bytes();
      lastTaken = row.position();
      taken.add(row);
    }
    long to = rows.isEmpty() ? last : rows.getFirst().position() - 1;
    long toMs = rows.isEmpty() ? lastMs : taken.getLast().timeMs();
    List<Gap> takenGaps = new ArrayList<>();
    while (!gaps.isEmpty() && gaps.getFirst().to() <= to) {
      takenGaps.add(gaps.removeFirst());
    }
    dropping &= !gaps.isEmpty();
    Batch batch = new Batch(takenTo + 1, to, toMs, taken, takenGaps);
    takenTo = to;
    return batch;
  }

  /** What was taken is in the file. */
  void written(long position, long timeMs) {
    lock.lock();
    try {
      writtenTo = position;
      writtenMs = timeMs;
      stuck = false;
      written.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The file takes nothing at the moment: nobody may wait for it. */
  void stuck() {
    lock.lock();
    try {
      stuck = true;
      written.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until what was handed in before is in the file.
   *
   * @return what is not, after all that waiting; null where nothing is missing
   */
  @Nullable Gap awaitWritten(long timeoutMs) throws InterruptedException {
    lock.lock();
    try {
      long wanted = last;
      long wantedMs = lastMs;
      long leftNs = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
      searchers++;
      arrived.signal();
      try {
        while (writtenTo < wanted && !stuck && !closing && leftNs > 0) {
          leftNs = written.awaitNanos(leftNs);
        }
      } finally {
        searchers--;
      }
      return writtenTo < wanted
          ? new Gap(writtenTo + 1, wanted, writtenMs, wantedMs, Reason.PENDING)
          : null;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more will come, and nobody waits any longer. */
  void close() {
    lock.lock();
    try {
      closing = true;
      arrived.signalAll();
      written.signalAll();
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing more will come. */
  boolean closing() {
    return closing;
  }

  /** Pauses, unless somebody waits for the end of a replay, or nothing more will come. */
  void rest(long ns) throws InterruptedException {
    lock.lock();
    try {
      long leftNs = ns;
      while (serving && !closing && leftNs > 0) {
        leftNs = ended.awaitNanos(leftNs);
      }
    } finally {
      lock.unlock();
    }
  }
}
