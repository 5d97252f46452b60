package mutirao.sim.oracle;

import static mutirao.sim.world.BrokenPromise.unless;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import mutirao.core.Invariants;
import mutirao.core.State;
import mutirao.core.session.Session;
import mutirao.core.task.Worker;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.ServerFrame;
import mutirao.server.ServerConfig;
import mutirao.server.gateway.words.TaskIds;
import mutirao.sim.server.Servers;
import mutirao.sim.world.Sometimes;
import mutirao.sim.world.Tally;
import mutirao.sim.world.Witness;
import mutirao.sim.world.World;
import org.jspecify.annotations.Nullable;

/**
 * The obvious model beside the machine: what everybody asked, what everybody was told, and whether
 * the two go together with each other, with the log and with the machine's state. It knows no rule
 * of the machine that is not written in the documents.
 */
public final class Oracle {
  private static final int ROOMY_BYTES = 24_000;

  private final World world;
  private final ServerConfig config;
  private final Servers servers;
  private final Truth truth;
  private final Talk talk;
  private final Jobs jobs;
  private final List<Conversation> conversations = new ArrayList<>();
  private final Map<String, KnownSession> sessions = new LinkedHashMap<>();
  private final Map<String, Long> firstMs = new LinkedHashMap<>();
  private final Map<String, Long> sinceMs = new LinkedHashMap<>();
  private final long slackMs;
  private Set<String> connected = Set.of();
  private long indexSeen;

  /**
   * An oracle for one world.
   *
   * @param slackMs how long the log may take until it has what it was given
   */
  public Oracle(World world, ServerConfig config, Servers servers, long slackMs) {
    this.world = world;
    this.config = config;
    this.servers = servers;
    this.truth = new Truth(servers);
    this.talk = new Talk(world);
    this.jobs = new Jobs(world, servers);
    this.slackMs = slackMs;
  }

  /** Hears what gets into the log. */
  public Witness witness() {
    return jobs.facts();
  }

  int maxUnsentBytes() {
    return config.maxUnsentBytes();
  }

  long nowMs() {
    return world.nowMs();
  }

  long step() {
    return world.steps();
  }

  /** The servers' time: of several it need not be the world's. */
  public long serversMs() {
    return servers.several() ? truth.state().nowMs() : world.nowMs();
  }

  /** Everything said between people. */
  public Talk talk() {
    return talk;
  }

  /** The machine's state. */
  public Truth truth() {
    return truth;
  }

  /** Every task. */
  public Jobs jobs() {
    return jobs;
  }

  /** The rare situations. */
  public Tally tally() {
    return world.tally();
  }

  /** A conversation that begins on connection {@code number}; see {@link Conversation}. */
  public Conversation listen(int number, boolean rambling) {
    Conversation conversation = new Conversation(this, number, rambling);
    conversations.add(conversation);
    return conversation;
  }

  /** The session of this id, which the server has spoken of. */
  public KnownSession session(String id) {
    return Objects.requireNonNull(sessions.get(id));
  }

  // ---- what the server says

  void said(Conversation on, ServerFrame frame, @Nullable ClientFrame asked) {
    KnownSession self = on.session();
    Facts facts = jobs.facts();
    if (frame.ref() != null) {
      jobs.wentOn(on);
    }
    switch (frame) {
      case ServerFrame.Registered f -> registered(on, f, asked);
      case ServerFrame.Error f -> error(f, asked);
      case ServerFrame.Broadcast f -> {
        facts.mustHold(Facts.post(f.message()), f);
        talk.placed(f.room(), f.message(), f.seq(), f.sender());
      }
      case ServerFrame.Direct f -> {
        facts.mustHold(Facts.direct(f.message()), f);
        talk.handed(f);
        if (self != null && f.timestamp() < sinceMs.getOrDefault(self.id(), 0L)) {
          tally().met(Sometimes.DIRECT_TO_A_BROKEN_SESSION_DELIVERED_ON_RESUME);
        }
      }
      case ServerFrame.Delivered f -> delivered(facts, f, asked);
      case ServerFrame.History f -> talk.page(f);
      case ServerFrame.Joined f
          when f.seq() > 0 && f.members().size() == 1 && !f.room().equals("lobby") ->
          tally().met(Sometimes.LEFT_ROOM_ENTERED_AGAIN);
      case ServerFrame.WorkerList f ->
          f.workers().forEach(w -> unless(w.busy() <= w.slots(), "nobody is overloaded:", w));
      case ServerFrame.Gap _ -> tally().met(Sometimes.GAP_ON_RESUME);
      case ServerFrame.Bye f when f.ref() != null && self != null ->
          facts.mustHold(Facts.close(self.id()), f);
      case ServerFrame.Bye f ->
          unless(!"ended".equals(f.reason()), "nobody else ends a session in use:", on, f);
      case ServerFrame.ClientList _,
          ServerFrame.SystemEvent _,
          ServerFrame.Pong _,
          ServerFrame.Ping _ -> {}
      default -> ofSession(on, Objects.requireNonNull(self), frame, asked);
    }
  }

  /** What only somebody registered is told. */
  private void ofSession(
      Conversation on, KnownSession self, ServerFrame frame, @Nullable ClientFrame asked) {
    Facts facts = jobs.facts();
    switch (frame) {
      case ServerFrame.Joined f -> facts.mustHold(Facts.join(self.id(), f.room()), f);
      case ServerFrame.Left f -> facts.mustHold(Facts.leave(self.id(), f.room()), f);
      case ServerFrame.Accepted f -> {
        facts.mustExist(f.task(), f);
        if (asked instanceof ClientFrame.Submit submit) {
          jobs.accepted(f, submit, self);
        }
      }
      case ServerFrame.Task f -> {
        facts.mustExist(f.task(), f);
        jobs.given(f, self, on);
      }
      case ServerFrame.Recorded f -> {
        facts.mustHold(Facts.report(f.task(), f.attempt()), f);
        jobs.recorded(f, asked, self);
      }
      case ServerFrame.Result f -> {
        if (f.state().equals("done")) {
          facts.mustHold(Facts.report(f.task(), f.attempt()), f);
        }
        jobs.result(f, self, sinceMs.getOrDefault(self.id(), 0L));
      }
      case ServerFrame.Cancelled f -> facts.mustHold(Facts.cancel(f.task()), f);
      case ServerFrame.Cancel f -> jobs.revoked(f, self);
      case ServerFrame.Draining f -> {
        facts.mustHold(Facts.drain(self.id()), f);
        self.drains();
        tally().met(Sometimes.WORKER_DRAINED);
      }
      case ServerFrame.Progress f -> jobs.progress(f, self);
      case ServerFrame.TaskState f -> jobs.view(f.task(), self, true, on.askedAtStep());
      case ServerFrame.TaskList f ->
          f.tasks().forEach(row -> jobs.view(row, self, false, on.askedAtStep()));
      default -> throw new IllegalStateException("nobody looks at " + frame);
    }
  }

  private void registered(
      Conversation on, ServerFrame.Registered told, @Nullable ClientFrame asked) {
    jobs.facts().mustExist(told.session(), told);
    if (!(asked instanceof ClientFrame.Register register)) {
      unless(false, "an answer to something nobody asked:", told);
      return;
    }
    for (Conversation other : conversations) {
      KnownSession holder = other == on ? null : other.session();
      if (holder != null && Fold.same(holder.name(), told.name())) {
        meetsNamesake(told, other, holder);
      }
    }
    KnownSession known = sessions.get(told.session());
    if (told.resumed()) {
      unless(known != null && known.name().equals(told.name()), "one resumes oneself:", told);
      // Where little fits, several servers need not agree on how much.
      boolean roomy = !servers.several() || config.maxUnsentBytes() >= ROOMY_BYTES;
      long fits = roomy ? config.maxUnsentBytes() / 4 : -1;
      jobs.resumes(on, Objects.requireNonNull(known), truth.state(), fits);
    } else {
      unless(known == null, "a session id is given once:", told);
      known = new KnownSession(told, register);
      sessions.put(told.session(), known);
      boolean asAsked = register.name() == null || register.name().equals(told.name());
      unless(asAsked, "one gets the name one asks for:", register, told);
    }
    on.isNow(Objects.requireNonNull(known));
    sinceMs.put(told.session(), world.nowMs());
    firstMs.putIfAbsent(told.session(), world.nowMs());
  }

  private void meetsNamesake(ServerFrame.Registered told, Conversation other, KnownSession holder) {
    if (!told.resumed()) {
      // A server that the others think lost may not know yet whom it serves no more.
      boolean holds =
          servers.several()
              ? truth.state().sessions().byId(TaskIds.decode(holder.id())) != null
              : other.healthy();
      unless(!holds, "a name is held by one live session:", told, other);
      if (other.brokeWithin(config.settings().resumeWindowMs())) {
        tally().met(Sometimes.NAME_TAKEN_OVER);
      }
    } else if (!other.isOver() && holder.id().equals(told.session())) {
      tally().met(Sometimes.RESUME_UNDER_A_LIVE_CONNECTION);
    }
  }

  private void error(ServerFrame.Error error, @Nullable ClientFrame asked) {
    if (asked == null || !error.code().definite()) {
      return;
    }
    switch (asked) {
      case ClientFrame.Broadcast f -> talk.refused(f.message());
      case ClientFrame.Direct f -> talk.refused(f.message());
      case ClientFrame.Submit f -> {
        jobs.refused(f);
        if (error.code() == ErrorCode.OVERLOADED) {
          tally().met(Sometimes.OVERLOAD_REFUSAL);
        } else if (error.code() == ErrorCode.INVALID && "key".equals(error.field())) {
          tally().met(Sometimes.KEY_REUSED_FOR_OTHER_WORK);
        }
      }
      case ClientFrame.Done f when error.code() == ErrorCode.STALE_ATTEMPT ->
          jobs.refusedAsStale(f.task(), f.attempt());
      case ClientFrame.Register _ -> {
        if (error.code() == ErrorCode.NAME_TAKEN) {
          tally().met(Sometimes.NAME_TAKEN);
        }
      }
      default -> {}
    }
  }

  private void delivered(Facts facts, ServerFrame.Delivered told, @Nullable ClientFrame asked) {
    switch (asked) {
      case ClientFrame.Broadcast f -> {
        facts.mustHold(Facts.post(f.message()), told);
        unless(told.duplicate(), "a receipt for what was said before:", told);
        tally().met(Sometimes.MESSAGE_REPEATED_BY_KEY);
      }
      case ClientFrame.Direct f -> {
        facts.mustHold(Facts.direct(f.message()), told);
        talk.acknowledged(f.message());
      }
      case null, default -> unless(false, "a receipt nobody asked for:", told);
    }
  }

  void closedBecause(ServerFrame.Error error) {
    switch (error.code()) {
      case SLOW_CONSUMER -> tally().met(Sometimes.SLOW_CONSUMER_CUT);
      case TOO_LARGE -> tally().met(Sometimes.TOO_LARGE_CLOSES);
      case MALFORMED -> tally().met(Sometimes.TEN_MALFORMED_CLOSE);
      case NOT_REGISTERED -> tally().met(Sometimes.REGISTRATION_TIMED_OUT);
      case OVERLOADED -> tally().met(Sometimes.CONNECTION_REFUSED_AS_ONE_TOO_MANY);
      default -> unless(false, "a reason to close:", error);
    }
  }

  // ---- after every event

  /** Compares with the machine. */
  public void look() {
    State state = truth.state();
    if (state.lastIndex() == indexSeen) {
      return;
    }
    indexSeen = state.lastIndex();
    Invariants.check(state);
    Look look = Look.at(state, connected, tally(), slackMs);
    connected = look.now();
    jobs.look(look);
    truth.windows(tally());
    for (Worker worker : state.tasks().workers()) {
      KnownSession known = sessions.get(TaskIds.encode(worker.session().id()));
      unless(
          known == null || worker.busy() <= known.slots(),
          "a worker never holds more than its slots:",
          known,
          worker.busy());
    }
  }

  // ---- at the end

  /**
   * Nothing is under way: all that is owed must have arrived.
   *
   * @param sinceMs since when nothing went wrong any more
   * @param here the names of those who are there
   */
  public void nothingIsOwed(long sinceMs, List<String> here) {
    unless(jobs.unfinished().isEmpty(), "every accepted task ends:", jobs.unfinished());
    talk.remembered(Objects.requireNonNull(truth.state().rooms().byName("lobby")));
    List<String> untold = jobs.untold(sinceMs, here, sessions.keySet());
    unless(untold.isEmpty(), "who submits hears the end:", untold);
    for (Conversation conversation : conversations) {
      unless(
          !conversation.healthy() || conversation.unanswered().isEmpty(),
          "every question is answered:",
          conversation,
          conversation.unanswered());
    }
  }

  /** What a client that is there has heard is all there was to hear. */
  public void heardEverything(KnownSession ear) {
    Session session = truth.state().sessions().byId(TaskIds.decode(ear.id()));
    unless(session != null && session.connected(), "who is there is known to be there:", ear);
    long directs = Objects.requireNonNull(session).lastDirectSeq();
    unless(
        ear.lastDirect() == directs || ear.mayMissNewest(),
        "every direct arrives:",
        ear,
        "heard",
        ear.lastDirect(),
        "of",
        directs);
    if (!ear.mayMissDirects()) {
      talk.allHeard(ear, firstMs.getOrDefault(ear.id(), 0L));
    }
    ear.rooms()
        .forEach(
            (name, seq) -> {
              var room = truth.state().rooms().byName(name);
              unless(
                  room != null && room.lastSeq() == seq,
                  "every message arrives:",
                  ear,
                  name,
                  "heard",
                  seq,
                  "of",
                  room == null ? "no room" : room.lastSeq());
            });
  }

  /** Tasks that have not ended. */
  public List<String> unfinished() {
    return jobs.unfinished();
  }
}
