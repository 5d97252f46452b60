package mutirao.sim.group;

import static mutirao.sim.world.BrokenPromise.unless;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import mutirao.core.Command;
import mutirao.core.Entry;
import mutirao.core.Event;
import mutirao.core.Machine;
import mutirao.core.State;
import mutirao.core.log.Log;
import mutirao.protocol.ClientFrame;
import mutirao.server.gateway.history.History;
import mutirao.sim.oracle.Leases;
import mutirao.sim.world.Sometimes;
import mutirao.sim.world.Witness;
import mutirao.sim.world.World;

/**
 * What a majority has on disk, as only somebody can know who sees all disks at once; and the state
 * that it makes, in a machine of its own. Every server must do the same, entry by entry, and none
 * may be ahead.
 */
final class Chronicle {
  private static final long KEYS_KEPT_MS = 600_000;
  private static final long SEED_STEP = 0x9E3779B97F4A7C15L;
  private static final Pattern IDENTITY = Pattern.compile("\\[B@[0-9a-f]+");

  private final World world;
  private final Machine machine;
  private final List<Rec> committed = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> outcomes = new ArrayList<>();
  private final Map<Long, Long> lastBatches = new HashMap<>();
  private final Leases leases = new Leases();
  private Witness witness = _ -> {};
  private Runnable afterwards = () -> {};

  /** Nothing is committed yet; {@code machine} is empty. */
  Chronicle(World world, Machine machine) {
    this.world = world;
    this.machine = machine;
  }

  void watchedBy(Witness newWitness, Runnable work) {
    witness = newWitness;
    afterwards = work;
  }

  List<Entry> entries() {
    return entries;
  }

  State truth() {
    return machine.state();
  }

  /** How many entries of the replicated log are committed. */
  long size() {
    return committed.size();
  }

  /**
   * A server believes that everything up to a place is committed. Taken down as far as that is so:
   * whoever acts on more will be found out.
   *
   * @param holders how many disks keep the entry for sure, and how many it takes
   */
  void claims(Disk leader, long upTo, Holders holders) {
    for (long index = size() + 1; index <= upTo && leader.has(index); index++) {
      Rec rec = leader.at(index);
      if (!holders.majority(index, rec.term(), leader.members())) {
        return;
      }
      committed.add(rec);
      if (rec instanceof Rec.OfBatch batch) {
        takeEffect(batch);
        afterwards.run();
      }
    }
  }

  /** Whether enough disks keep an entry. */
  @FunctionalInterface
  interface Holders {
    boolean majority(long index, long term, Set<String> members);
  }

  private void takeEffect(Rec.OfBatch rec) {
    Log.Batch batch = rec.batch();
    if (lastBatches.getOrDefault(rec.producer(), 0L) >= batch.id()) {
      world.tally().met(Sometimes.BATCH_TWICE_IN_THE_LOG);
      return;
    }
    lastBatches.put(rec.producer(), batch.id());
    if (!entries.isEmpty() && batch.timeMs() - machine.state().nowMs() > KEYS_KEPT_MS / 2) {
      // All were away, or it heard nobody since its start: no one knows better than its clock.
      unless(batch.beginsTerm(), "time jumps with a term or not at all:", batch.timeMs());
      world.tally().met(Sometimes.TIME_BELIEVED_OF_A_CLOCK);
    }
    for (int place = 0; place < batch.commands().size(); place++) {
      Command command = batch.commands().get(place);
      Entry entry =
          new Entry(entries.size() + 1L, batch.timeMs(), batch.seed() + place * SEED_STEP, command);
      entries.add(entry);
      witness.committed(entry);
      List<Event> events = machine.apply(entry).events();
      leases.saw(events, machine.state(), rec.madeAtMs());
      outcomes.add(outcome(events, machine.state()));
    }
  }

  /** A server cuts off what it has from {@code index} on. */
  void mayBeCut(String who, Disk disk, long index) {
    for (long i = index; i <= size() && disk.has(i); i++) {
      boolean committedOne = committed.get((int) i - 1).term() == disk.termAt(i);
      unless(!committedOne, "what a majority has is never cut off:", who, i);
    }
  }

  /** What {@code who} applies is compared. */
  History watch(String who) {
    return new History() {
      @Override
      public void applied(List<Event> events, State state) {
        long index = state.lastIndex();
        unless(
            index <= entries.size(), "nothing takes effect before a majority has it:", who, index);
        String here = outcome(events, state);
        String there = outcomes.get((int) index - 1);
        unless(here.equals(there), "all servers do the same:", who, index, here, "not", there);
      }

      @Override
      public void serving(State state) {
        // A restart begins with what its snapshot holds.
      }

      @Override
      public void search(ClientFrame.Search asked, Asker asker, Consumer<Answer> then) {
        NONE.search(asked, asker, then);
      }
    };
  }

  private static String outcome(List<Event> events, State state) {
    return state.nowMs()
        + " "
        + state.deadlines().nextMs()
        + IDENTITY.matcher(events.toString()).replaceAll("bytes");
  }
}
