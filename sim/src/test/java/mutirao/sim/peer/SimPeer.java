package mutirao.sim.peer;

import java.util.List;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.sim.oracle.KnownSession;
import mutirao.sim.world.World;
import org.jspecify.annotations.Nullable;

/**
 * One person or program on the wire: connects, registers, lives by its {@link Habit habits}, loses
 * its connection and comes back. Everything it hears goes into the ear of its {@link KnownSession}.
 */
public final class SimPeer implements Wire.Owner {
  private static final int PATIENT_HEARTBEATS = 5;
  private static final long GOODBYE_MS = 2000;
  private static final int SCRIPT_ACTS = 8;
  private static final int QUIT_PER_MILLE = 5;
  private static final int MOVE_PER_MILLE = 8;

  private enum Phase {
    AWAY,
    REGISTERING,
    HERE,
    LEAVING
  }

  final Town town;
  final World world;
  private final Passport passport;
  private final List<Habit> habits;
  private Manners manners;

  private Phase phase = Phase.AWAY;
  private @Nullable Wire wire;
  private boolean stopped;
  private boolean returning;

  /** Somebody who is not there yet. */
  SimPeer(Town town, Passport.Card card, Manners manners, List<Habit> habits) {
    this.town = town;
    this.world = town.world;
    this.passport = new Passport(town, card);
    this.manners = manners;
    this.habits = habits;
  }

  // ---- its life

  /** Begins, some time soon. */
  public void start() {
    comeBackWithin(300);
    world.after(rest(), this + " acts", this::act);
    world.after(town.config.heartbeatMs(), this + " beats", this::beat);
  }

  /** Behaves from now on; who is only there to disturb goes. */
  public void settle() {
    if (manners.rambles() || manners.script()) {
      leaveForGood();
    } else {
      manners = Manners.GOOD;
      comeBackWithin(100);
    }
  }

  /** Says goodbye and does not come back. */
  public void leaveForGood() {
    stopped = true;
    if (phase == Phase.HERE) {
      quit();
    } else if (wire != null) {
      dropConnection();
    }
  }

  /** True where nobody expects it to be there. */
  public boolean stopped() {
    return stopped;
  }

  /** Its session, where it is registered and nothing it asked is unanswered. */
  public @Nullable KnownSession settledSession() {
    return phase == Phase.HERE && wire != null && wire.allAnswered() ? session() : null;
  }

  /** What it waits for; empty where it is content. */
  public String waitsFor() {
    StringBuilder text = new StringBuilder();
    if (!stopped) {
      habits.forEach(habit -> text.append(habit.waitsFor()));
      if (settledSession() == null) {
        text.append(wire == null ? " a connection" : " answers to " + wire.open());
      }
    }
    return text.isEmpty() ? "" : this + " waits for" + text;
  }

  private void act() {
    if (stopped) {
      return;
    }
    if (phase == Phase.HERE && !manners.script()) {
      if (!world.healed() && world.perMille(town.faults.crashPerMille())) {
        crash();
      } else if (!world.healed() && world.perMille(QUIT_PER_MILLE)) {
        quit();
      } else if (!world.healed() && world.perMille(MOVE_PER_MILLE) && manners.resumes()) {
        moveOver();
      } else if (world.hushed()) {
        habits.forEach(habit -> habit.finish(this));
      } else if (!habits.isEmpty()) {
        world.oneOf(habits).act(this);
      }
    }
    world.after(rest(), this + " acts", this::act);
  }

  private long rest() {
    return world.between(1, 2 * manners.restMs());
  }

  private void beat() {
    if (stopped) {
      return;
    }
    long heartbeatMs = town.config.heartbeatMs();
    Wire on = wire;
    if (on != null && manners.beats()) {
      if (on.deafMs() > PATIENT_HEARTBEATS * heartbeatMs) {
        dropConnection();
      } else if (on.quietMs() >= heartbeatMs) {
        say(new ClientFrame.Ping(on.ref()));
      }
    }
    world.after(heartbeatMs, this + " beats", this::beat);
  }

  private void comeBackWithin(long ms) {
    if (!returning && !stopped && phase == Phase.AWAY) {
      returning = true;
      world.after(world.between(0, ms), this + " comes", this::connect);
    }
  }

  /** Says goodbye; unless it leaves for good it comes back as somebody new. */
  void quit() {
    phase = Phase.LEAVING;
    say(new ClientFrame.Quit(ref()));
    Wire leaving = wire;
    world.after(
        GOODBYE_MS,
        this + " waits no longer for the goodbye",
        () -> {
          if (leaving != null && wire == leaving) {
            passport.forget();
            dropConnection();
          }
        });
  }

  /** Its program dies and forgets everything. */
  private void crash() {
    world.note(toString(), "crashes");
    habits.forEach(Habit::forgets);
    passport.forget();
    dropConnection();
  }

  /** Its network changed: it is back before the server knows that it went. */
  private void moveOver() {
    world.note(toString(), "moves to another connection");
    Wire old = wire;
    if (world.percent(15)) {
      say(new ClientFrame.Quit(ref()));
    }
    lose();
    connect();
    if (old != null) {
      if (world.percent(50)) {
        old.abandon();
      } else {
        old.vanish();
      }
    }
  }

  private void dropConnection() {
    Wire old = wire;
    if (old != null) {
      lose();
      old.abandon();
      comeBackWithin(awayMs());
    }
  }

  private long awayMs() {
    return world.percent(70) ? Math.min(200, manners.awayMs()) : manners.awayMs();
  }

  private void lose() {
    Wire old = wire;
    if (phase == Phase.REGISTERING && old != null) {
      // It may have been resumed unheard, and what it asked besides may take effect.
      old.open().forEach(passport::asks);
    }
    phase = Phase.AWAY;
    wire = null;
    if (old != null) {
      old.forget();
      habits.forEach(habit -> habit.loses(this, old.open()));
    }
  }

  @Override
  public void disconnected() {
    if (phase == Phase.LEAVING) {
      passport.forget();
    }
    lose();
    comeBackWithin(awayMs());
  }

  // ---- its registration

  private void connect() {
    returning = false;
    if (stopped || phase != Phase.AWAY) {
      return;
    }
    Wire opened = new Wire(town, this, manners.rambles());
    wire = opened;
    phase = Phase.REGISTERING;
    opened.atOnce(
        () -> {
          register(opened);
          if (manners.eager() && !habits.isEmpty()) {
            int acts = manners.script() ? SCRIPT_ACTS : 1 + world.below(2);
            for (int i = 0; i < acts; i++) {
              world.oneOf(habits).act(this);
            }
          }
        });
    if (manners.script()) {
      opened.finish();
    }
  }

  private void register(Wire on) {
    say(passport.request(on.ref(), manners));
  }

  private void registered(ServerFrame.Registered told, @Nullable ClientFrame asked) {
    passport.registered(told, asked, wire == null ? List.of() : wire.open());
    phase = Phase.HERE;
    habits.forEach(habit -> habit.arrives(this, told.resumed()));
  }

  private void notRegistered(ErrorCode why) {
    Wire on = wire;
    boolean mayRename = !world.healed() && passport.mayRename();
    if (why == ErrorCode.NAME_TAKEN && mayRename && world.percent(20)) {
      // Under another name it is somebody else, who has said nothing yet.
      passport.rename();
      habits.forEach(Habit::forgets);
    }
    world.after(
        world.between(50, 400),
        this + " tries again",
        () -> {
          if (on != null && wire == on && phase == Phase.REGISTERING) {
            register(on);
          }
        });
  }

  // ---- what it hears and says

  @Override
  public void hears(ServerFrame frame, @Nullable ClientFrame asked) {
    KnownSession ear = phase == Phase.REGISTERING ? null : session();
    if (ear != null) {
      ear.hears(frame);
    }
    switch (frame) {
      case ServerFrame.Registered told -> registered(told, asked);
      case ServerFrame.Ping _ when manners.pongs() -> say(new ClientFrame.Pong(null));
      case ServerFrame.Direct direct -> town.oracle.talk().heard(direct);
      case ServerFrame.Result result -> town.oracle.jobs().heardEnding(result.task());
      case ServerFrame.Error error when asked instanceof ClientFrame.Register ->
          notRegistered(error.code());
      case ServerFrame.Error error -> passport.refused(error.code(), asked);
      default -> {}
    }
    habits.forEach(habit -> habit.hears(this, frame, asked));
  }

  /** The name it has or wants; a placeholder where the server is to make one. */
  String name() {
    return passport.name();
  }

  /** Its session, also while it is broken; null before the first. */
  @Nullable KnownSession session() {
    return passport.session();
  }

  /** Whether it knows itself registered. */
  boolean here() {
    return phase == Phase.HERE;
  }

  /** A ref it has not used yet on this connection. */
  RawJson ref() {
    return wire == null ? RawJson.of("0") : wire.ref();
  }

  /** A ref, or none: who wants no answer needs none. */
  @Nullable RawJson refOrNone() {
    return world.percent(85) ? ref() : null;
  }

  /** Sends a frame. */
  void say(ClientFrame frame) {
    say(frame, List.of());
  }

  /** Sends a frame that only one of {@code expected} may answer. */
  void say(ClientFrame frame, List<ErrorCode> expected) {
    if (wire != null) {
      asks(frame);
      wire.say(frame, expected);
    }
  }

  /** Sends {@code line}, which means what {@code frame} means. */
  void sayAs(ClientFrame frame, List<ErrorCode> expected, byte[] line) {
    if (wire != null) {
      asks(frame);
      wire.sayAs(frame, expected, line);
    }
  }

  private void asks(ClientFrame frame) {
    // What is asked together with a registration is asked by whom that makes.
    if (phase != Phase.REGISTERING) {
      passport.asks(frame);
    }
  }

  /** Sends bytes that mean nothing. */
  void sayRubbish(byte[] bytes) {
    if (wire != null) {
      wire.sayBytes(bytes);
    }
  }

  /** Stops reading for a while. */
  void stopReading(long forMs) {
    if (wire != null) {
      wire.stopReading(forMs);
    }
  }

  @Override
  public String toString() {
    return name();
  }
}
