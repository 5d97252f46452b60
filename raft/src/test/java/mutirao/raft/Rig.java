package mutirao.raft;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mutirao.core.Command;
import mutirao.core.Entry;
import mutirao.core.Machine;
import mutirao.core.RandomLife;
import mutirao.core.Settings;
import mutirao.core.StateDump;
import mutirao.core.log.Log;
import mutirao.raft.codec.EventHash;

/** A log on disk with a machine behind it, as a server has them, without the server. */
final class Rig implements Replica, Log.Listener, AutoCloseable {
  static final Settings SETTINGS = new Settings(2000, 25, 4000);
  private static final long PATIENCE_SECONDS = 20;

  final Machine machine;
  final EventHash hash = new EventHash();
  final List<Throwable> faults = new CopyOnWriteArrayList<>();

  /** Done with the first fault. */
  final CompletableFuture<Throwable> ended = new CompletableFuture<>();

  final List<Log.Batch> batches = new CopyOnWriteArrayList<>();
  final RatisLog log;
  private final Semaphore decided = new Semaphore(0);
  private final AtomicInteger caughtUp = new AtomicInteger();
  private volatile boolean wasCommitted;
  private long lastBatch;

  /** What a machine that looked at a clock of its own would take for the time, beside the log's. */
  volatile long ownClockMs;

  private Rig(RatisOptions options) throws IOException {
    machine = new Machine(options.settings());
    log = RatisLog.open(options, this, this::faulted, System::currentTimeMillis);
  }

  private void faulted(Throwable fault) {
    faults.add(fault);
    ended.complete(fault);
  }

  static Rig start(RatisOptions options) throws IOException {
    Rig rig = new Rig(options);
    try {
      rig.log.start(rig);
    } catch (StartFailedException e) {
      rig.log.close();
      if (e.getCause() instanceof IOException known) {
        throw known;
      }
      throw e;
    }
    rig.decided.drainPermits();
    rig.batches.clear();
    return rig;
  }

  static Rig start(Path folder) throws IOException {
    return start(options(folder));
  }

  static RatisOptions options(Path folder) {
    return RatisOptions.of(folder, "node-1", SETTINGS);
  }

  /** Lets so much of a life happen, and waits until it has. */
  Rig live(RandomLife life, int entries) throws InterruptedException {
    for (int i = 0; i < entries; i++) {
      Entry entry = life.next(machine.state());
      append(new Log.Batch(++lastBatch, entry.timeMs(), entry.seed(), List.of(entry.command())));
    }
    return this;
  }

  /** Lets so much happen at once, and waits until it has. */
  void liveAtOnce(RandomLife life, int entries) throws InterruptedException {
    List<Entry> all = Stream.generate(() -> life.next(machine.state())).limit(entries).toList();
    Entry last = all.getLast();
    append(
        new Log.Batch(
            ++lastBatch, last.timeMs(), last.seed(), all.stream().map(Entry::command).toList()));
  }

  void append(Log.Batch batch) throws InterruptedException {
    assertTrue(tryAppend(batch), "batch " + batch.id() + " was not committed: " + faults);
  }

  /** The same for what may come to nothing; whether it came to something. */
  boolean tryLive(RandomLife life) throws InterruptedException {
    Entry entry = life.next(machine.state());
    return tryAppend(
        new Log.Batch(++lastBatch, entry.timeMs(), entry.seed(), List.of(entry.command())));
  }

  /** Whether the state here is known to have everything. */
  boolean tryRead() throws InterruptedException {
    return tryAppend(new Log.Batch(++lastBatch, 0, 0, List.of()));
  }

  private boolean tryAppend(Log.Batch batch) throws InterruptedException {
    log.append(batch);
    assertTrue(
        decided.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS),
        "batch " + batch.id() + " was never decided: " + faults);
    return wasCommitted;
  }

  /** How often the log said that it has everything now. */
  int timesCaughtUp() {
    return caughtUp.get();
  }

  synchronized long lastIndex() {
    return machine.state().lastIndex();
  }

  void append(Command... commands) throws InterruptedException {
    append(new Log.Batch(++lastBatch, machine.state().nowMs(), lastBatch, List.of(commands)));
  }

  synchronized String dump() {
    return StateDump.of(machine.state());
  }

  /** The files of the log and its snapshots whose names begin like this, oldest first. */
  static List<Path> files(Path folder, String beginning) {
    try (Stream<Path> files = Files.walk(folder)) {
      return new ArrayList<>(
          files
              .filter(file -> file.getFileName().toString().startsWith(beginning))
              .filter(file -> !file.toString().endsWith(".md5"))
              .sorted()
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void committed(long firstIndex, Log.Batch batch, boolean own) {
    int place = 0;
    for (Command command : batch.commands()) {
      long seed = batch.seed() + place * 0x9E3779B97F4A7C15L;
      Entry entry = new Entry(firstIndex + place, batch.timeMs() + ownClockMs, seed, command);
      hash.add(machine.apply(entry).events());
      place++;
    }
    if (own) {
      wasCommitted = true;
      decided.release();
    }
    batches.add(batch);
  }

  @Override
  public void caughtUp() {
    caughtUp.incrementAndGet();
  }

  @Override
  public void failed(Log.Batch batch, boolean definite) {
    wasCommitted = false;
    decided.release();
  }

  @Override
  public synchronized void run(Runnable work) {
    work.run();
  }

  @Override
  public EventHash hash() {
    return hash;
  }

  @Override
  public Machine machine() {
    return machine;
  }

  @Override
  public void close() {
    log.close();
  }
}
