package mutirao.sim.group;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import mutirao.sim.world.Host;
import mutirao.sim.world.World;
import org.jspecify.annotations.Nullable;

/**
 * What a server does while it leads: hands out what it has, counts who keeps it, answers who asks
 * how far everybody is, and changes one member at a time.
 */
final class Lead {
  private static final long HEARTBEAT_MS = 120;
  private static final int MOST_AT_A_TIME = 20;

  /** What is known of another server. */
  private static final class Other {
    long next;
    long kept;
    long round;
    long heardAtMs;

    Other(long next, long heardAtMs) {
      this.next = next;
      this.heardAtMs = heardAtMs;
    }
  }

  /** A question how far everybody is, open until a majority has confirmed who leads. */
  private record Read(long index, long round, Answer answer) {}

  /** Hears how far everybody is; negative: nobody can tell. */
  @FunctionalInterface
  interface Answer {
    void upTo(long index);
  }

  private final Group group;
  private final World world;
  private final Host host;
  private final Disk disk;
  private final Node node;
  private final long term;
  private final Map<String, Other> others = new HashMap<>();
  private final List<Read> reads = new ArrayList<>();
  private @Nullable String joining;
  private long first;
  private long round;
  private boolean over;

  Lead(Group group, Host host, Disk disk, Node node) {
    this.group = group;
    this.world = group.world();
    this.host = host;
    this.disk = disk;
    this.node = node;
    this.term = disk.term;
  }

  void begin() {
    disk.append(new Rec.OfTerm(term));
    first = disk.lastIndex();
    beat();
    appended();
  }

  /** The place of its first record. */
  long first() {
    return first;
  }

  void end() {
    over = true;
    List<Read> open = List.copyOf(reads);
    reads.clear();
    open.forEach(read -> read.answer().upTo(-1));
  }

  private String self() {
    return host.name();
  }

  private Other other(String name) {
    return others.computeIfAbsent(name, _ -> new Other(disk.lastIndex() + 1, world.nowMs()));
  }

  /** Those members that were heard lately, itself included. */
  Set<String> heard(long withinMs) {
    Set<String> heard = new TreeSet<>();
    for (String member : node.members()) {
      if (member.equals(self()) || world.nowMs() - other(member).heardAtMs <= withinMs) {
        heard.add(member);
      }
    }
    return heard;
  }

  /** A leader that is not heard by a majority leads no more. */
  private void beat() {
    if (over) {
      return;
    }
    if (!node.isMajority(heard(Node.ELECTION_MAX_MS))) {
      node.giveUp();
      return;
    }
    sendToAll();
    world.after(HEARTBEAT_MS, self() + " beats", host.here(this::beat));
  }

  void append(Rec rec) {
    disk.append(rec);
    appended();
  }

  private void appended() {
    if (group.flaw() == Flaw.ACK_BEFORE_COMMIT) {
      node.commitUpTo(disk.lastIndex());
    }
    sendToAll();
    node.force(this::countKept);
  }

  private void sendToAll() {
    for (String member : node.members()) {
      if (!member.equals(self())) {
        send(member);
      }
    }
    if (joining != null) {
      send(joining);
    }
  }

  private void send(String to) {
    Other other = other(to);
    long prev = Math.min(other.next - 1, disk.lastIndex());
    Rec.Snapshot snapshot = disk.snapshot;
    round++;
    if (prev < disk.base() && snapshot != null) {
      group.tell(self(), to, new Rpc.Install(term, self(), snapshot, round));
    } else {
      List<Rec> entries = disk.after(prev, MOST_AT_A_TIME);
      group.tell(
          self(),
          to,
          new Rpc.Append(term, self(), prev, disk.termAt(prev), entries, node.commit(), round));
      other.next = prev + entries.size() + 1;
    }
  }

  /** Hears what another server has. */
  void answered(Rpc.Appended told) {
    Other other = other(told.from());
    other.heardAtMs = world.nowMs();
    other.round = Math.max(other.round, told.round());
    if (told.fits()) {
      other.kept = Math.max(other.kept, told.upTo());
      other.next = Math.max(other.next, other.kept + 1);
      admitWhenUpToDate(told.from());
      countKept();
    } else if (told.upTo() + 1 < other.next) {
      other.next = Math.max(other.kept, told.upTo()) + 1;
      send(told.from());
    }
    answerReads();
  }

  private void countKept() {
    long best = node.commit();
    for (long index = Math.max(best, disk.base()) + 1; index <= disk.lastIndex(); index++) {
      Set<String> keepers = new HashSet<>();
      for (String member : node.members()) {
        boolean keeps =
            member.equals(self()) ? disk.forced() >= index : other(member).kept >= index;
        if (keeps) {
          keepers.add(member);
        }
      }
      // What an earlier leader made is only safe once something of this one is.
      if (node.isMajority(keepers) && disk.termAt(index) == term) {
        best = index;
      }
    }
    if (!over && best > node.commit()) {
      node.commitUpTo(best);
      sendToAll();
    }
  }

  // ---- how far everybody is

  void read(Answer answer) {
    reads.add(new Read(node.commit(), round, answer));
    sendToAll();
    answerReads();
  }

  private void answerReads() {
    for (Read read : List.copyOf(reads)) {
      Set<String> confirming = new HashSet<>();
      for (String member : node.members()) {
        if (member.equals(self()) || other(member).round > read.round()) {
          confirming.add(member);
        }
      }
      if (node.isMajority(confirming)) {
        reads.remove(read);
        read.answer().upTo(read.index());
      }
    }
  }

  // ---- members

  /** Brings a newcomer up to date, then makes it a member; or lets a member go. */
  void change(String name, boolean member) {
    Set<String> members = node.members();
    boolean changing = !members.equals(disk.membersAt(node.commit()));
    if (changing || joining != null || members.contains(name) == member) {
      return;
    }
    if (member) {
      joining = name;
      others.remove(name);
      send(name);
    } else {
      Set<String> rest = new TreeSet<>(members);
      rest.remove(name);
      append(new Rec.OfMembers(term, rest));
    }
  }

  private void admitWhenUpToDate(String name) {
    if (name.equals(joining) && other(name).kept >= node.commit()) {
      joining = null;
      Set<String> all = new TreeSet<>(node.members());
      all.add(name);
      append(new Rec.OfMembers(term, all));
    }
  }
}
