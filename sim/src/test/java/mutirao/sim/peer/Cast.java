package mutirao.sim.peer;

import java.util.ArrayList;
import java.util.List;
import mutirao.protocol.Role;
import mutirao.sim.world.World;
import org.jspecify.annotations.Nullable;

/** Who lives in a town, drawn from its world's chance. */
public final class Cast {
  private static final List<String> NAMES =
      List.of("ana", "Bruno", "João", "davi", "ELISA", "fátima", "guto", "Heloísa", "ivo", "jô");

  private final Town town;
  private final World world;
  private final List<SimPeer> peers = new ArrayList<>();
  private int named;

  private Cast(Town town) {
    this.town = town;
    this.world = town.world;
  }

  /** The people of {@code town}; in a {@code crowd} some of them say more than a room can keep. */
  public static List<SimPeer> draw(Town town, boolean crowd) {
    Cast cast = new Cast(town);
    cast.workers();
    cast.clients(crowd);
    cast.onlookers();
    cast.nuisances();
    return cast.peers;
  }

  private void workers() {
    int count = 1 + world.below(4);
    for (int i = 1; i <= count; i++) {
      String name = "Worker-" + i;
      town.workers.add(name);
      town.names.add(name);
      int slots = 1 + world.below(3);
      boolean confirm = world.percent(60);
      List<String> operations = Town.OPERATIONS.stream().filter(_ -> world.percent(70)).toList();
      List<Habit> habits = new ArrayList<>();
      habits.add(new Working(town, slots, confirm, world.percent(50)));
      if (world.percent(20)) {
        habits.add(new Chatting(town, 0));
      }
      // The first knows everything, so that nothing waits for ever.
      add(
          new Passport.Card(
              name,
              Role.WORKER,
              i == 1 || operations.isEmpty() ? Town.OPERATIONS : operations,
              slots,
              confirm,
              world.percent(70)),
          manners(),
          habits);
    }
  }

  private void clients(boolean crowd) {
    int count = 2 + world.below(5);
    for (int i = 0; i < count; i++) {
      List<Habit> habits = new ArrayList<>();
      boolean submits = i == 0 || world.percent(50);
      if (submits) {
        habits.add(new Submitting(town));
      }
      if (!submits || world.percent(50)) {
        habits.add(new Chatting(town, crowd && i < 2 ? 2 : 0));
      }
      Role role = submits && world.percent(50) ? Role.TASK_CLIENT : Role.CLIENT;
      add(card(i == 1 && world.percent(30) ? null : nextName(), role), manners(), habits);
    }
  }

  private void onlookers() {
    if (world.percent(50)) {
      add(card(nextName(), Role.OBSERVER), manners(), List.of(new Observing(town)));
    }
    if (world.percent(40)) {
      // Reads along with netcat: never answers a ping.
      Manners netcat = manners().resuming(false, false, false).alive(false, false);
      add(card(nextName(), Role.CLIENT), netcat, List.of(new Idling(town, world.percent(30))));
    }
    if (world.percent(30)) {
      // Its heart beats, but its screen is frozen most of the time.
      Manners frozen = manners().alive(true, true);
      add(card(nextName(), Role.CLIENT), frozen, List.of(new Idling(town, true)));
    }
  }

  private void nuisances() {
    if (world.percent(40)) {
      boolean worker = world.percent(50);
      Role role = worker ? Role.WORKER : Role.CLIENT;
      add(
          new Passport.Card("liar", role, List.of("lie"), 1, true, world.percent(50)),
          manners().speaking(false, false, false),
          List.of(new Lying(town, role)));
    }
    if (world.percent(40)) {
      add(
          card(world.percent(50) ? null : "rambler", Role.CLIENT),
          manners().speaking(world.percent(50), false, true),
          List.of(new Rambling(town)));
    }
    if (world.percent(40)) {
      add(
          card("script", Role.TASK_CLIENT),
          manners().resuming(false, false, false).speaking(true, true, false),
          List.of(new Submitting(town), new Chatting(town, 0)));
    }
  }

  private String nextName() {
    String name = NAMES.get(named++ % NAMES.size());
    town.names.add(name);
    return name;
  }

  private Passport.Card card(@Nullable String name, Role role) {
    return new Passport.Card(name, role, List.of(), 1, false, world.percent(80));
  }

  private Manners manners() {
    boolean resumes = world.percent(75);
    return Manners.GOOD
        .resuming(resumes, world.percent(75), world.percent(60))
        .alive(world.percent(70), world.percent(80))
        .speaking(world.percent(25), false, false)
        .pacing(world.between(30, 250), world.oneOf(List.of(20L, 300L, 2500L)));
  }

  private void add(Passport.Card card, Manners manners, List<Habit> habits) {
    peers.add(new SimPeer(town, card, manners, habits));
  }
}
