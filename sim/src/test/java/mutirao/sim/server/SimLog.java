package mutirao.sim.server;

import java.util.ArrayList;
import java.util.List;
import mutirao.core.Entry;
import mutirao.core.log.Log;
import mutirao.sim.world.BrokenPromise;
import mutirao.sim.world.Faults;
import mutirao.sim.world.Sometimes;
import mutirao.sim.world.Witness;
import mutirao.sim.world.World;
import org.jspecify.annotations.Nullable;

/**
 * A log that takes its time, and sometimes fails. A batch is safe some virtual milliseconds after
 * it was handed in (where there is no delay at all: at once, on the caller's stack, as in memory);
 * it may certainly not get there, or nobody can tell, and then it may still turn up later. What got
 * there is kept, so that it can be looked up and replayed.
 */
public final class SimLog implements Log {

  private static final long SEED_STEP = 0x9E3779B97F4A7C15L;

  private final World world;
  private final Faults faults;
  private final List<Entry> entries = new ArrayList<>();
  private Witness witness = _ -> {};
  private Runnable afterwards = () -> {};
  private @Nullable Listener listener;
  private @Nullable Batch lost;
  private boolean busy;
  private long settledAtMs;

  /** An empty log. */
  public SimLog(World world, Faults faults) {
    this.world = world;
    this.faults = faults;
  }

  /** Lets {@code newWitness} see every entry, and {@code work} run after each delivery. */
  public void watchedBy(Witness newWitness, Runnable work) {
    witness = newWitness;
    afterwards = work;
  }

  /** Everything that is safe, in order; index 1 first. */
  public List<Entry> entries() {
    return entries;
  }

  /** True while a batch is on its way. */
  public boolean busy() {
    return busy;
  }

  @Override
  public void start(Listener toTell) {
    listener = toTell;
  }

  @Override
  public void append(Batch batch) {
    if (busy || batch.commands().isEmpty()) {
      throw new BrokenPromise("one batch at a time, and never an empty one: " + batch.id());
    }
    busy = true;
    if (batch.commands().size() > 1) {
      world.tally().met(Sometimes.BATCH_OF_SEVERAL);
    }
    if (settledAtMs == world.nowMs()) {
      world.tally().met(Sometimes.PROPOSED_WHILE_A_BATCH_WAS_IN_FLIGHT);
    }
    if (faults.logDelayMaxMs() == 0) {
      settle(batch);
    } else {
      long delayMs = world.between(0, faults.logDelayMaxMs());
      world.after(
          delayMs,
          "log: batch " + batch.id(),
          () -> {
            settledAtMs = world.nowMs();
            settle(batch);
          });
    }
  }

  private void settle(Batch batch) {
    boolean fails = !world.healed() && world.percent(faults.logFailsPercent());
    boolean unknown = !world.healed() && !fails && world.percent(faults.logUnknownPercent());
    turnUp();
    busy = false;
    if (fails) {
      world.tally().met(Sometimes.BATCH_FAILED);
      world.note("log", "batch " + batch.id() + " failed");
      listener().failed(batch, true);
    } else if (unknown) {
      world.tally().met(Sometimes.BATCH_WITH_UNKNOWN_OUTCOME);
      world.note("log", "batch " + batch.id() + " has an unknown outcome");
      if (world.percent(50)) {
        lost = batch;
      }
      listener().failed(batch, false);
    } else {
      listener().committed(keep(batch), batch, true);
    }
    afterwards.run();
  }

  /** A batch nobody knew about turns out to be in the log, before all that came after it. */
  private void turnUp() {
    Batch found = lost;
    if (found != null) {
      lost = null;
      world.tally().met(Sometimes.BATCH_COMMITTED_AFTER_UNKNOWN_OUTCOME);
      world.note("log", "batch " + found.id() + " is there after all");
      listener().committed(keep(found), found, false);
    }
  }

  private long keep(Batch batch) {
    long firstIndex = entries.size() + 1L;
    for (int place = 0; place < batch.commands().size(); place++) {
      Entry entry =
          new Entry(
              firstIndex + place,
              batch.timeMs(),
              batch.seed() + place * SEED_STEP,
              batch.commands().get(place));
      entries.add(entry);
      witness.committed(entry);
    }
    return firstIndex;
  }

  private Listener listener() {
    Listener told = listener;
    if (told == null) {
      throw new BrokenPromise("the log was not started");
    }
    return told;
  }

  @Override
  public void close() {
    listener = null;
  }
}
