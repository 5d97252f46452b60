package mutirao.sim.group;

import java.util.HashSet;
import java.util.Set;
import mutirao.sim.world.Host;
import mutirao.sim.world.Sometimes;
import mutirao.sim.world.World;
import org.jspecify.annotations.Nullable;

/**
 * One server's part in keeping the log: who leads, and what a majority has. Raft as in the paper
 * (Ongaro and Ousterhout, In Search of an Understandable Consensus Algorithm); what a leader does
 * more is in {@link Lead}.
 */
final class Node {
  private static final long ELECTION_MIN_MS = 300;
  static final long ELECTION_MAX_MS = 600;

  /** Whom it serves: applies what is committed, and is told who leads. */
  interface Owner {
    void apply(Rec rec, long index);

    void installed(Rec.Snapshot snapshot);

    void leadsNow();

    void ledBy(String leader);
  }

  private final Group group;
  private final World world;
  private final Host host;
  private final Disk disk;
  private final Owner owner;
  private final Set<String> votes = new HashSet<>();
  private @Nullable Lead lead;
  private boolean candidate;
  private @Nullable String leader;
  private long commit;
  private long applied;
  private long electionAtMs;
  private boolean ready;
  private boolean applying;

  Node(Group group, Host host, Disk disk, Owner owner) {
    this.group = group;
    this.world = group.world();
    this.host = host;
    this.disk = disk;
    this.owner = owner;
  }

  /** Begins, with everything up to {@code index} in effect. */
  void start(long index) {
    applied = index;
    commit = index;
    resetElection();
    lookAtElection();
  }

  private String self() {
    return host.name();
  }

  boolean believesToLead() {
    return lead != null;
  }

  /** Whether it leads and everything of before is in effect here. */
  boolean ready() {
    return ready;
  }

  @Nullable String leader() {
    return leader;
  }

  long applied() {
    return applied;
  }

  Set<String> members() {
    return disk.members();
  }

  /** Those heard lately, where this one leads. */
  @Nullable Set<String> heard(long withinMs) {
    return lead == null || !ready ? null : lead.heard(withinMs);
  }

  // ---- elections

  private void resetElection() {
    electionAtMs = world.nowMs() + world.between(ELECTION_MIN_MS, ELECTION_MAX_MS);
  }

  private void lookAtElection() {
    if (lead == null && world.nowMs() >= electionAtMs) {
      resetElection();
      if (members().contains(self())) {
        campaign();
      }
    }
    long inMs = Math.max(1, electionAtMs - world.nowMs());
    world.after(
        lead != null ? ELECTION_MAX_MS : inMs,
        self() + " looks for a leader",
        host.here(this::lookAtElection));
  }

  private void campaign() {
    candidate = true;
    leader = null;
    disk.term++;
    disk.votedFor = self();
    world.note(self(), "wants to lead term " + disk.term);
    votes.clear();
    votes.add(self());
    long last = disk.lastIndex();
    tellAll(new Rpc.AskVote(disk.term, self(), last, disk.termAt(last)));
    countVotes();
  }

  private void tellAll(Rpc rpc) {
    for (String member : members()) {
      if (!member.equals(self())) {
        group.tell(self(), member, rpc);
      }
    }
  }

  private void countVotes() {
    if (candidate && isMajority(votes)) {
      candidate = false;
      leader = self();
      Lead won = new Lead(group, host, disk, this);
      lead = won;
      group.nowLeads(this, disk);
      won.begin();
    }
  }

  boolean isMajority(Set<String> some) {
    Set<String> members = members();
    return 2 * members.stream().filter(some::contains).count() > members.size();
  }

  private void follow(long term) {
    if (term > disk.term) {
      disk.term = term;
      disk.votedFor = null;
      leader = null;
    }
    if (lead != null) {
      lead.end();
      lead = null;
      ready = false;
      resetElection();
    }
    candidate = false;
  }

  /** It is not heard by a majority and leads no more. */
  void giveUp() {
    world.note(self(), "leads nobody");
    follow(disk.term);
    leader = null;
  }

  private void hearLeader(String from) {
    resetElection();
    if (!from.equals(leader)) {
      leader = from;
      owner.ledBy(from);
    }
  }

  // ---- what it keeps

  /** Takes a record into the log, where it leads; it may be lost still. */
  void append(Rec rec) {
    if (lead != null) {
      lead.append(rec);
    }
  }

  long term() {
    return disk.term;
  }

  /** Asks how far everybody is. */
  void read(Lead.Answer answer) {
    if (lead != null && ready) {
      lead.read(answer);
    } else {
      answer.upTo(-1);
    }
  }

  /** Lets a server become a member, or be one no more; perhaps, and some time later. */
  void change(String name, boolean member) {
    if (lead != null && ready) {
      lead.change(name, member);
    }
  }

  /** Lets {@code then} run once all it has is on disk for sure, unless something comes between. */
  void force(Runnable then) {
    long upTo = disk.lastIndex();
    long cuts = disk.cuts();
    long term = disk.term;
    if (disk.forced() >= upTo) {
      then.run();
      return;
    }
    world.after(
        group.faults().forceMs(world),
        self() + " has it on disk",
        host.here(
            () -> {
              if (disk.cuts() == cuts) {
                disk.force(upTo);
                if (disk.term == term) {
                  then.run();
                }
              }
            }));
  }

  long commit() {
    return commit;
  }

  void commitUpTo(long index) {
    commit = Math.max(commit, index);
    group.chronicle().claims(disk, commit, group::majorityKeeps);
    applySoon();
  }

  // ---- what everybody hears

  void hears(Rpc rpc) {
    if (rpc.term() > disk.term) {
      follow(rpc.term());
    }
    switch (rpc) {
      case Rpc.AskVote ask -> vote(ask);
      case Rpc.Vote vote -> {
        if (vote.term() == disk.term && vote.granted()) {
          votes.add(vote.from());
          countVotes();
        }
      }
      case Rpc.Append append -> takeIn(append);
      case Rpc.Install install -> takeIn(install);
      case Rpc.Appended appended -> {
        if (lead != null && appended.term() == disk.term) {
          lead.answered(appended);
        }
      }
    }
  }

  private void vote(Rpc.AskVote ask) {
    long last = disk.lastIndex();
    long lastTerm = disk.termAt(last);
    boolean knowsEnough =
        ask.lastTerm() > lastTerm || (ask.lastTerm() == lastTerm && ask.lastIndex() >= last);
    boolean free = disk.votedFor == null || disk.votedFor.equals(ask.from());
    boolean granted = ask.term() == disk.term && knowsEnough && free;
    if (granted) {
      disk.votedFor = ask.from();
      resetElection();
    }
    group.tell(self(), ask.from(), new Rpc.Vote(disk.term, self(), granted));
  }

  private void takeIn(Rpc.Append append) {
    String from = append.from();
    if (append.term() < disk.term) {
      answer(from, false, disk.lastIndex(), append.round());
      return;
    }
    follow(append.term());
    hearLeader(from);
    long prev = append.prevIndex();
    boolean fits =
        prev <= disk.base() || (disk.has(prev) && disk.termAt(prev) == append.prevTerm());
    if (!fits) {
      answer(from, false, Math.min(prev - 1, disk.lastIndex()), append.round());
      return;
    }
    long index = prev;
    for (Rec rec : append.entries()) {
      index++;
      boolean known = index <= disk.base() || (disk.has(index) && same(index, rec));
      if (!known) {
        overwrite(index);
        disk.append(rec);
      }
    }
    long upTo = index;
    boolean tooEarly = group.flaw() == Flaw.UNCOMMITTED_TAIL_APPLIED;
    commitUpTo(tooEarly ? upTo : Math.min(append.commit(), upTo));
    force(() -> answer(from, true, upTo, append.round()));
  }

  private boolean same(long index, Rec rec) {
    return disk.termAt(index) == rec.term();
  }

  private void overwrite(long index) {
    if (disk.has(index)) {
      world.note(self(), "cuts its log off from " + index);
      world.tally().met(Sometimes.TAIL_OVERWRITTEN);
      group.chronicle().mayBeCut(self(), disk, index);
      disk.cutFrom(index);
    }
  }

  private void takeIn(Rpc.Install install) {
    String from = install.from();
    if (install.term() < disk.term) {
      answer(from, false, disk.lastIndex(), install.round());
      return;
    }
    follow(install.term());
    hearLeader(from);
    Rec.Snapshot snapshot = install.snapshot();
    if (snapshot.index() > commit) {
      world.note(self(), "goes on from a snapshot of " + snapshot.index());
      world.tally().met(Sometimes.SNAPSHOT_INSTALLED);
      disk.install(snapshot);
      commit = snapshot.index();
      applied = commit;
      owner.installed(snapshot);
    }
    answer(from, true, snapshot.index(), install.round());
  }

  private void answer(String to, boolean fits, long upTo, long toRound) {
    group.tell(self(), to, new Rpc.Appended(disk.term, self(), fits, upTo, toRound));
  }

  // ---- what takes effect

  private void applySoon() {
    if (!applying && applied < commit && disk.has(applied + 1)) {
      applying = true;
      world.after(group.faults().applyMs(world), self() + " applies", host.here(this::applyNext));
    }
  }

  private void applyNext() {
    applying = false;
    // A snapshot may have come meanwhile.
    if (applied < commit && disk.has(applied + 1)) {
      applied++;
      Rec rec = disk.at(applied);
      owner.apply(rec, applied);
      if (lead != null && applied == lead.first()) {
        ready = true;
        owner.leadsNow();
      }
    }
    applySoon();
  }

  /** Nothing it knows of is on its way. */
  boolean quiet() {
    return applied == disk.lastIndex() && commit == applied;
  }

  @Override
  public String toString() {
    return self() + (lead == null ? " in term " : " as leader of term ") + disk.term;
  }
}
