package mutirao.sim.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import mutirao.sim.world.Sometimes;
import mutirao.sim.world.World;

/** Lets things go wrong with the servers of a group, and come right again. */
final class GroupMischief {
  /** By how much clocks are turned. */
  static final long TURN_MS = 3_600_000;

  private static final long LEAST_MS = 20;
  private static final long MOST_MS = 2500;
  private static final int MOST_SEATS = 5;
  private static final long ASK_AGAIN_MS = 200;

  private final Group group;
  private final World world;
  private final GroupFaults faults;
  private int names = 3;
  private boolean changing;

  GroupMischief(Group group) {
    this.group = group;
    this.world = group.world();
    this.faults = group.faults();
  }

  void begin() {
    world.after(GroupFaults.LOOK_EVERY_MS, "mischief among servers", this::mischief);
  }

  private void mischief() {
    if (world.healed()) {
      return;
    }
    if (world.perMille(faults.crashPerMille())) {
      crash(somebody());
    }
    if (world.perMille(faults.powerPerMille())) {
      powerCut();
    }
    if (world.perMille(faults.pausePerMille())) {
      pause(somebody());
    }
    if (world.perMille(faults.cutPerMille()) && !group.cuts().any()) {
      cut();
    }
    if (world.perMille(faults.clockPerMille())) {
      turn(somebody());
    }
    if (world.perMille(faults.changePerMille()) && !changing) {
      change();
    }
    begin();
  }

  /** Most mischief is done to whoever leads. */
  private Seat somebody() {
    Seat leader = group.leader();
    return leader != null && world.percent(60)
        ? leader
        : world.oneOf(List.copyOf(group.seats().values()));
  }

  private void crash(Seat seat) {
    seat.crash(world.percent(50));
    world.after(world.between(LEAST_MS, MOST_MS), seat.name() + " is started", seat::start);
  }

  private void powerCut() {
    world.note("group", "nobody has power");
    world.tally().met(Sometimes.POWER_CUT_OF_ALL);
    for (Seat seat : group.seats().values()) {
      seat.crash(true);
      world.after(world.between(LEAST_MS, MOST_MS), seat.name() + " is started", seat::start);
    }
  }

  private void pause(Seat seat) {
    if (seat.host().up() && !seat.host().paused()) {
      world.note(seat.name(), "stands still");
      seat.host().pause();
      world.after(world.between(LEAST_MS, MOST_MS), seat.name() + " goes on", seat.host()::goOn);
    }
  }

  private void cut() {
    List<Seat> others = new ArrayList<>(group.seats().values());
    Seat one = somebody();
    others.remove(one);
    Seat other = world.oneOf(others);
    switch (world.below(4)) {
      case 0 -> {
        world.note(one.name(), "is cut off");
        others.forEach(seat -> group.cuts().bothWays(one.name(), seat.name()));
      }
      case 1 -> {
        world.note(one.name(), "is not heard");
        others.forEach(seat -> group.cuts().oneWay(one.name(), seat.name()));
      }
      case 2 -> {
        world.note(one.name(), "does not hear");
        others.forEach(seat -> group.cuts().oneWay(seat.name(), one.name()));
      }
      default -> {
        world.note(one.name(), "and " + other.name() + " do not hear each other");
        group.cuts().bothWays(one.name(), other.name());
      }
    }
    world.after(world.between(LEAST_MS, 2 * MOST_MS), "the cut is mended", group.cuts()::heal);
  }

  private void turn(Seat seat) {
    long byMs = world.percent(50) ? TURN_MS : -TURN_MS;
    world.note(seat.name(), "has its clock turned by " + byMs);
    seat.host().turnClock(byMs);
    boolean runs = group.truth().tasks().workers().stream().anyMatch(worker -> worker.busy() > 0);
    if (runs) {
      world.tally().met(Sometimes.CLOCK_JUMP_WHILE_A_TASK_RAN);
    }
  }

  // ---- membership

  private void change() {
    Set<String> members = group.members();
    if (members.size() < 3) {
      return;
    }
    changing = true;
    if (members.size() == 3 && group.seats().size() < MOST_SEATS) {
      String name = "n" + ++names;
      world.note(name, "is to be added");
      group.newSeat(name).start();
      bringAbout(name, true);
    } else if (members.size() > 3) {
      String name = world.oneOf(members.stream().sorted().toList());
      world.note(name, "is to be removed");
      bringAbout(name, false);
    } else {
      changing = false;
    }
  }

  /** Asks whoever leads, again and again, until it is so. */
  private void bringAbout(String name, boolean member) {
    Seat leader = group.leader();
    if (leader != null && isSo(leader, name, member)) {
      world.note(name, member ? "is a member" : "is no member any more");
      world.tally().met(member ? Sometimes.MEMBER_ADDED : Sometimes.MEMBER_REMOVED);
      if (!member) {
        leave(name);
      }
      changing = false;
      return;
    }
    GroupLog log = leader == null ? null : leader.log();
    if (log != null) {
      log.node().change(name, member);
    }
    world.after(ASK_AGAIN_MS, "asks for a change", () -> bringAbout(name, member));
  }

  private boolean isSo(Seat leader, String name, boolean member) {
    return leader.disk().membersAt(group.chronicle().size()).contains(name) == member
        && leader.disk().members().contains(name) == member;
  }

  private void leave(String name) {
    Seat seat = group.seats().get(name);
    if (seat != null) {
      seat.leave();
    }
  }
}
