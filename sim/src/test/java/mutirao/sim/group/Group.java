package mutirao.sim.group;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import mutirao.core.Entry;
import mutirao.core.Machine;
import mutirao.core.Settings;
import mutirao.core.State;
import mutirao.core.log.Log;
import mutirao.server.ServerConfig;
import mutirao.sim.server.Servers;
import mutirao.sim.server.SimServer;
import mutirao.sim.world.Sometimes;
import mutirao.sim.world.Witness;
import mutirao.sim.world.World;
import org.jspecify.annotations.Nullable;

/** Several servers that keep one log: their hosts, their disks, and the network between them. */
public final class Group implements Servers {
  private static final List<String> FIRST = List.of("n1", "n2", "n3");
  private static final long REFUSED_MS = 5;
  private static final long TIMED_OUT_MS = 1000;

  private final World world;
  private final ServerConfig config;
  private final Function<Settings, Machine> machines;
  private final UnaryOperator<Log> before;
  private final Flaw flaw;
  private final GroupFaults faults;
  private final Chronicle chronicle;
  private final Cuts cuts = new Cuts();
  private final Map<String, Seat> seats = new LinkedHashMap<>();

  /**
   * Three servers that are not started.
   *
   * @param machines makes each server's machine
   * @param before what stands between a gateway and its log
   * @param flaw a bug in every log
   */
  public Group(
      World world,
      ServerConfig config,
      Function<Settings, Machine> machines,
      UnaryOperator<Log> before,
      Flaw flaw) {
    this(world, config, machines, before, flaw, GroupFaults.draw(world));
  }

  Group(
      World world,
      ServerConfig config,
      Function<Settings, Machine> machines,
      UnaryOperator<Log> before,
      Flaw flaw,
      GroupFaults faults) {
    this.world = world;
    this.config = config;
    this.machines = machines;
    this.before = before;
    this.flaw = flaw;
    this.faults = faults;
    this.chronicle = new Chronicle(world, machines.apply(config.settings()));
    world.note("group", faults.toString());
    // Not Set.of: that has another order in each run of the program.
    Set<String> first = new TreeSet<>(FIRST);
    for (String name : FIRST) {
      seats.put(name, new Seat(this, name, first));
    }
  }

  @Override
  public boolean several() {
    return true;
  }

  @Override
  public List<Entry> entries() {
    return chronicle.entries();
  }

  @Override
  public State truth() {
    return chronicle.truth();
  }

  @Override
  public void start(Witness witness, Runnable afterwards) {
    chronicle.watchedBy(witness, afterwards);
    seats.values().forEach(Seat::start);
    new GroupMischief(this).begin();
  }

  // ---- what its parts need

  World world() {
    return world;
  }

  GroupFaults faults() {
    return faults;
  }

  Flaw flaw() {
    return flaw;
  }

  Chronicle chronicle() {
    return chronicle;
  }

  Cuts cuts() {
    return cuts;
  }

  ServerConfig config() {
    return config;
  }

  Machine machine() {
    return machines.apply(config.settings());
  }

  Log before(Log log) {
    return before.apply(log);
  }

  Map<String, Seat> seats() {
    return seats;
  }

  /** A server that waits to be added. */
  Seat newSeat(String name) {
    Seat seat = new Seat(this, name, Set.of());
    seats.put(name, seat);
    return seat;
  }

  /** The members as of what is committed. */
  Set<String> members() {
    Seat leader = leader();
    return leader == null ? Set.of() : leader.disk().members();
  }

  /** Whoever leads and can be believed; null: nobody. */
  @Nullable Seat leader() {
    List<Seat> ready = new ArrayList<>();
    for (Seat seat : seats.values()) {
      if (seat.ready()) {
        ready.add(seat);
      }
    }
    ready.sort((one, other) -> Long.compare(other.disk().term, one.disk().term));
    return ready.isEmpty() ? null : ready.getFirst();
  }

  // ---- the network between them

  /** Says something to another server, which may hear it late, twice, or never. */
  void tell(String from, String to, Rpc rpc) {
    int times = !world.healed() && world.perMille(faults.twicePerMille()) ? 2 : 1;
    for (int i = 0; i < times; i++) {
      carry(from, to, rpc.getClass().getSimpleName(), seat -> seat.hears(rpc));
    }
  }

  private void carry(String from, String to, String what, Consumer<Seat> arrival) {
    if (cuts.between(from, to) || (!world.healed() && world.perMille(faults.lossPerMille()))) {
      return;
    }
    Seat target = seats.get(to);
    world.after(
        world.between(0, faults.delayMaxMs()),
        from + " to " + to + ": " + what,
        () -> {
          if (target != null && !cuts.between(from, to)) {
            target.host().here(() -> arrival.accept(target)).run();
          }
        });
  }

  /**
   * Asks another server, or this one, for something; {@code failed} runs where that is turned down
   * or nobody is there. Where nothing comes of it without a word, it is asked again later all the
   * same.
   */
  void ask(String from, String to, String what, Predicate<GroupLog> wish, Runnable failed) {
    Seat asking = seats.get(from);
    Seat target = seats.get(to);
    if (asking == null || target == null) {
      return;
    }
    Runnable backHome = asking.host().here(failed);
    if (from.equals(to)) {
      world.soon(from + ": " + what, asking.host().here(() -> turnDown(target, wish, backHome)));
      return;
    }
    boolean reachable = target.host().up() && !cuts.between(from, to);
    world.after(reachable ? TIMED_OUT_MS : REFUSED_MS, from + " asks no longer", backHome);
    carry(
        from,
        to,
        what,
        seat -> turnDown(seat, wish, () -> carry(to, from, "no", _ -> backHome.run())));
  }

  private static void turnDown(Seat seat, Predicate<GroupLog> wish, Runnable failed) {
    GroupLog log = seat.log();
    if (log == null || !wish.test(log)) {
      failed.run();
    }
  }

  /** Whether a majority of {@code members} keeps an entry. */
  boolean majorityKeeps(long index, long term, Set<String> members) {
    long keep =
        members.stream()
            .filter(name -> seats.containsKey(name) && seats.get(name).disk().keeps(index, term))
            .count();
    return 2 * keep > members.size();
  }

  // ---- what is worth counting

  void nowLeads(Node node, Disk disk) {
    world.note(node.toString(), "is elected");
    if (seats.values().stream().filter(Seat::believesToLead).count() > 1) {
      world.tally().met(Sometimes.TWO_BELIEVED_TO_LEAD);
    }
    boolean tail =
        seats.values().stream().anyMatch(seat -> seat.disk().lastIndex() > chronicle.size());
    if (tail && disk.term > 1) {
      world.tally().met(Sometimes.LEADER_CHANGE_WITH_UNCOMMITTED_TAIL);
    }
  }

  /** A leader is ready; what its clock shows now may be far from the group's time. */
  void ready(long clockMs) {
    State state = truth();
    if (state.tasks().workers().stream().noneMatch(worker -> worker.busy() > 0)) {
      return;
    }
    boolean due =
        state.tasks().workers().stream()
            .flatMap(worker -> worker.running().stream())
            .anyMatch(task -> task.renewedAtMs() + task.spec().timeoutMs() <= clockMs);
    if (due) {
      world.tally().met(Sometimes.ATTEMPT_DUE_WHILE_NOBODY_LED);
    }
    if (Math.abs(clockMs - state.nowMs()) > GroupMischief.TURN_MS / 2) {
      world.tally().met(Sometimes.LEADER_WITH_ANOTHER_CLOCK);
    }
  }

  // ---- what the world asks

  @Override
  public SimServer reach() {
    List<Seat> choice = new ArrayList<>(seats.values());
    choice.removeIf(seat -> seat.server() == null || (world.healed() && !seat.host().up()));
    return world.oneOf(choice).requireServer();
  }

  @Override
  public void heal() {
    cuts.heal();
    seats.values().forEach(Seat::heal);
  }

  @Override
  public boolean calm() {
    Set<Long> last = new HashSet<>();
    int leaders = 0;
    for (Seat seat : seats.values()) {
      if (seat.gone()) {
        continue;
      }
      if (!seat.quiet()) {
        return false;
      }
      last.add(seat.disk().lastIndex());
      leaders += seat.ready() ? 1 : 0;
    }
    return last.size() == 1 && leaders == 1;
  }

  @Override
  public List<State> states() {
    return seats.values().stream()
        .filter(seat -> !seat.gone() && seat.host().up())
        .map(seat -> seat.requireServer().state())
        .toList();
  }

  @Override
  public int connectionCount() {
    return seats.values().stream()
        .filter(seat -> seat.host().up())
        .mapToInt(seat -> seat.requireServer().connectionCount())
        .sum();
  }
}
