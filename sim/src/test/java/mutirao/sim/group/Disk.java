package mutirao.sim.group;

import static mutirao.sim.world.BrokenPromise.unless;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import mutirao.sim.world.World;
import org.jspecify.annotations.Nullable;

/**
 * What a server has on disk: its vote, a snapshot, and the log behind that. Entries that were
 * written are only safe from a power cut once they were forced there; a cut keeps as many of the
 * others as it likes, the last of them perhaps torn.
 */
final class Disk {
  private final List<Rec> log = new ArrayList<>();
  private final Set<String> firstMembers;
  private long base;
  private long baseTerm;
  private long forced;
  private long cuts;
  private @Nullable Set<String> members;
  long term;
  @Nullable String votedFor;
  Rec.@Nullable Snapshot snapshot;

  /** An empty disk of a server of this group; of none: it waits to be added. */
  Disk(Set<String> firstMembers) {
    this.firstMembers = firstMembers;
  }

  long lastIndex() {
    return base + log.size();
  }

  /** The last entry that is only in the snapshot. */
  long base() {
    return base;
  }

  /** Everything up to here stays, whatever happens. */
  long forced() {
    return forced;
  }

  /** Changes whenever something was cut off: what was begun before must not count. */
  long cuts() {
    return cuts;
  }

  boolean has(long index) {
    return index > base && index <= lastIndex();
  }

  Rec at(long index) {
    return log.get((int) (index - base - 1));
  }

  long termAt(long index) {
    return index == base ? baseTerm : at(index).term();
  }

  /** Whether it has the entry of this term there for sure. */
  boolean keeps(long index, long ofTerm) {
    return index <= base || (index <= forced && termAt(index) == ofTerm);
  }

  List<Rec> after(long index, int most) {
    int from = (int) (index - base);
    return List.copyOf(log.subList(from, (int) Math.min(log.size(), (long) from + most)));
  }

  void append(Rec rec) {
    log.add(rec);
    if (rec instanceof Rec.OfMembers of) {
      members = of.members();
    }
  }

  void force(long upTo) {
    forced = Math.max(forced, Math.min(upTo, lastIndex()));
  }

  void cutFrom(long index) {
    cuts++;
    members = null;
    log.subList((int) (index - base - 1), log.size()).clear();
    forced = Math.min(forced, index - 1);
  }

  /** Writes a snapshot, and deletes the log up to some place in it. */
  void save(Rec.Snapshot taken, long deleteUpTo) {
    if (snapshot == null || snapshot.index() < taken.index()) {
      snapshot = taken;
      long upTo = Math.min(deleteUpTo, taken.index());
      if (upTo > base) {
        long termThere = termAt(upTo);
        log.subList(0, (int) (upTo - base)).clear();
        base = upTo;
        baseTerm = termThere;
      }
    }
  }

  /** Takes a snapshot from elsewhere; what follows it here is kept where it belongs to it. */
  void install(Rec.Snapshot from) {
    boolean goesOn = has(from.index()) && termAt(from.index()) == from.term();
    List<Rec> rest = goesOn ? after(from.index(), Integer.MAX_VALUE) : List.of();
    cuts++;
    members = null;
    log.clear();
    log.addAll(rest);
    base = from.index();
    baseTerm = from.term();
    snapshot = from;
    forced = goesOn ? Math.max(base, forced) : base;
  }

  /** The members as the newest entry about them says. */
  Set<String> members() {
    Set<String> known = members;
    if (known == null) {
      known = membersAt(lastIndex());
      members = known;
    }
    return known;
  }

  /** The members as of an entry. */
  Set<String> membersAt(long index) {
    for (long i = Math.min(index, lastIndex()); i > base; i--) {
      if (at(i) instanceof Rec.OfMembers of) {
        return of.members();
      }
    }
    return snapshot == null ? firstMembers : snapshot.members();
  }

  /** The power is cut; true where the last entry was torn. */
  boolean losePower(World world) {
    long kept = forced + (lastIndex() > forced ? world.between(0, lastIndex() - forced) : 0);
    boolean torn = kept > forced && world.percent(50);
    long whole = torn ? kept - 1 : kept;
    unless(whole >= forced, "what was forced to the disk is there:", whole, forced);
    if (whole < lastIndex()) {
      cutFrom(whole + 1);
    }
    forced = lastIndex();
    return torn;
  }
}
