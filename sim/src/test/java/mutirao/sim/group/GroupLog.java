package mutirao.sim.group;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import mutirao.core.Machine;
import mutirao.core.log.Log;
import mutirao.raft.Producers;
import mutirao.raft.codec.Snapshot;
import mutirao.raft.codec.Windows;
import mutirao.raft.group.LogTime;
import mutirao.server.Clock;
import mutirao.sim.world.Host;
import mutirao.sim.world.World;
import org.jspecify.annotations.Nullable;

/**
 * One server's replicated log, as {@code mutirao.raft.RatisLog} is one: a batch is sent to whoever
 * leads, again and again for some seconds, counts once, and has the leader's time. Time, repeats
 * and the bytes of snapshots are the product's own.
 */
public final class GroupLog implements Log, Node.Owner {
  private static final long RETRY_AFTER_MS = 20;
  private static final long GIVE_UP_AFTER_MS = 5000;
  private static final long HEARD_MS = 3000;

  /** A batch that was handed in and has not been decided. */
  private static final class Flight {
    final Batch batch;
    int attempts;
    boolean sent;

    Flight(Batch batch) {
      this.batch = batch;
    }

    boolean reads() {
      return batch.commands().isEmpty();
    }
  }

  private final Group group;
  private final World world;
  private final Host host;
  private final Disk disk;
  private final Machine machine;
  private final Clock clock;
  private final Node node;
  private final LogTime time;
  private final Producers producers = new Producers();
  private final long producer;
  private Runnable afterwards = () -> {};
  private @Nullable Listener listener;
  private @Nullable Flight inFlight;
  private boolean closed;
  private long lastIndex;
  private long sinceSnapshot;

  /** A log that is not started. */
  GroupLog(Group group, Host host, Disk disk, Machine machine) {
    this.group = group;
    this.world = group.world();
    this.host = host;
    this.disk = disk;
    this.machine = machine;
    this.clock = host.clock();
    this.time = new LogTime(clock::nowMs);
    this.node = new Node(group, host, disk, this);
    this.producer = world.between(Long.MIN_VALUE, Long.MAX_VALUE - 1);
  }

  /** Lets {@code work} run after everything that the listener is told. */
  void afterwards(Runnable work) {
    afterwards = work;
  }

  Node node() {
    return node;
  }

  /** Whether a batch is on its way. */
  boolean busy() {
    return inFlight != null;
  }

  @Override
  public void start(Listener toTell) {
    if (listener != null || closed) {
      throw new IllegalStateException("started already, or closed");
    }
    listener = toTell;
    Rec.Snapshot snapshot = disk.snapshot;
    if (snapshot != null) {
      restore(snapshot);
    }
    node.start(snapshot == null ? 0 : snapshot.index());
  }

  @Override
  public void append(Batch batch) {
    if (listener == null || closed) {
      throw new IllegalStateException("not started, or closed");
    }
    if (inFlight != null) {
      throw new IllegalStateException("a batch is on its way already");
    }
    Flight flight = new Flight(batch);
    inFlight = flight;
    attempt(flight);
    after(GIVE_UP_AFTER_MS, "gives up", () -> giveUp(flight));
  }

  private void giveUp(Flight flight) {
    if (inFlight == flight) {
      inFlight = null;
      world.note(host.name(), "gives batch " + flight.batch.id() + " up");
      tell(to -> to.failed(flight.batch, !flight.sent || flight.reads()));
    }
  }

  private void attempt(Flight flight) {
    if (inFlight != flight) {
      return;
    }
    int number = ++flight.attempts;
    Runnable failed =
        () -> {
          if (flight.attempts == number) {
            after(RETRY_AFTER_MS, "tries again", () -> again(flight, number));
          }
        };
    String leader = node.leader();
    if (leader == null || (leader.equals(host.name()) && !node.ready())) {
      failed.run();
    } else if (flight.reads()) {
      group.ask(
          host.name(), leader, "how far", there -> there.howFar(host.name(), flight, this), failed);
    } else {
      flight.sent = true;
      group.ask(
          host.name(),
          leader,
          "batch " + flight.batch.id(),
          there -> there.take(producer, flight.batch),
          failed);
    }
  }

  private void again(Flight flight, int number) {
    if (flight.attempts == number) {
      attempt(flight);
    }
  }

  // ---- what others ask, where this one leads

  /**
   * Puts a batch into the log, whether or not it is there already; false where it does not lead.
   */
  private boolean take(long from, Batch batch) {
    if (!node.ready()) {
      return false;
    }
    if (time.standsStill() && batch.beginsTerm()) {
      time.begin();
    }
    Batch stamped = new Batch(batch.id(), time.stamp(), batch.seed(), batch.commands());
    node.append(new Rec.OfBatch(node.term(), from, stamped, world.nowMs()));
    return true;
  }

  private boolean howFar(String from, Flight flight, GroupLog asking) {
    if (!node.ready()) {
      return false;
    }
    node.read(
        index -> {
          if (index >= 0) {
            group.ask(
                host.name(),
                from,
                "this far",
                there -> there == asking && asking.mayRead(flight, index),
                () -> {});
          }
        });
    return true;
  }

  private boolean mayRead(Flight flight, long index) {
    if (inFlight == flight) {
      if (node.applied() >= index) {
        inFlight = null;
        tell(to -> to.committed(0, flight.batch, true));
      } else {
        after(1, "is not that far", () -> mayRead(flight, index));
      }
    }
    return true;
  }

  // ---- what the node tells

  @Override
  public void apply(Rec rec, long index) {
    if (rec instanceof Rec.OfBatch of) {
      Batch batch = of.batch();
      time.saw(batch.timeMs(), isMine(of));
      if (producers.isNew(of.producer(), batch.id())) {
        take(of);
      }
    }
    takeSnapshotIfDue(index, rec.term());
  }

  private boolean isMine(Rec.OfBatch of) {
    Flight mine = inFlight;
    return mine != null && of.producer() == producer && mine.batch.id() == of.batch().id();
  }

  private void take(Rec.OfBatch of) {
    Batch batch = of.batch();
    if (group.flaw() == Flaw.TIME_FROM_THE_LOCAL_CLOCK) {
      batch = new Batch(batch.id(), clock.nowMs(), batch.seed(), batch.commands());
    }
    Batch taken = batch;
    boolean own = isMine(of);
    if (own) {
      inFlight = null;
    }
    long firstIndex = lastIndex + 1;
    lastIndex += batch.commands().size();
    sinceSnapshot += batch.commands().size();
    tell(to -> to.committed(firstIndex, taken, own));
  }

  @Override
  public void installed(Rec.Snapshot snapshot) {
    restore(snapshot);
    tell(Listener::replaced);
    Flight mine = inFlight;
    if (mine != null && !mine.reads() && producers.has(producer, mine.batch.id())) {
      inFlight = null;
      tell(to -> to.failed(mine.batch, false));
    }
  }

  @Override
  public void leadsNow() {
    time.lead();
    group.ready(clock.nowMs());
    after(
        0,
        "leads",
        () -> {
          tell(Listener::leading);
          sendAgain();
        });
  }

  @Override
  public void ledBy(String leader) {
    time.follow();
    after(0, "knows who leads", this::sendAgain);
  }

  private void sendAgain() {
    Flight flight = inFlight;
    if (flight != null) {
      attempt(flight);
    }
  }

  private void tell(Consumer<Listener> news) {
    Listener told = listener;
    if (told != null && !closed) {
      news.accept(told);
      afterwards.run();
    }
  }

  private void after(long ms, String what, Runnable work) {
    world.after(ms, host.name() + " " + what, host.here(work));
  }

  // ---- snapshots

  private void takeSnapshotIfDue(long index, long term) {
    if (sinceSnapshot < group.faults().snapshotCommands()) {
      return;
    }
    sinceSnapshot = 0;
    byte[] bytes = bytes(new Snapshot(machine.state().image(), producers.image(), Windows.NONE));
    Rec.Snapshot taken = new Rec.Snapshot(index, term, disk.membersAt(index), bytes);
    long behindMs = group.faults().forceMs(world);
    after(
        behindMs,
        "has a snapshot of " + index,
        // Once all is well nobody shall miss what only a snapshot tells.
        () -> disk.save(taken, world.healed() ? 0 : index - (world.percent(50) ? 0 : 5)));
  }

  private static byte[] bytes(Snapshot snapshot) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      snapshot.write(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void restore(Rec.Snapshot from) {
    try {
      Snapshot snapshot = Snapshot.read(new ByteArrayInputStream(from.bytes()));
      machine.restore(snapshot.image());
      boolean forgets = group.flaw() == Flaw.DEDUPE_FORGOTTEN_IN_SNAPSHOT;
      producers.restore(forgets ? List.of() : snapshot.producers());
      lastIndex = snapshot.image().lastIndex();
      sinceSnapshot = 0;
      time.saw(snapshot.image().nowMs(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- the rest of the port

  @Override
  public boolean current() {
    return false;
  }

  @Override
  public boolean leads() {
    return node.ready();
  }

  @Override
  public long timeMs(long clockMs) {
    return time.at(clockMs);
  }

  @Override
  public @Nullable Set<String> heard() {
    return node.heard(HEARD_MS);
  }

  @Override
  public void close() {
    closed = true;
  }
}
