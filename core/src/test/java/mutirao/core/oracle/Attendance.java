package mutirao.core.oracle;

import static mutirao.core.Invariants.require;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import mutirao.core.Command;
import mutirao.core.Entry;
import mutirao.core.Event;
import mutirao.core.Origin;
import mutirao.core.Refusal;
import mutirao.core.Reply;
import mutirao.core.State;
import mutirao.core.session.Names;
import mutirao.core.session.Session;
import mutirao.core.session.SessionRole;
import org.jspecify.annotations.Nullable;

/** Who is there. */
final class Attendance {

  /** Somebody, as the commands and events made them. */
  static final class Somebody {
    final Event.SessionOpened opened;
    @Nullable Origin origin;
    long endsAtMs;
    boolean draining;

    Somebody(Event.SessionOpened opened) {
      this.opened = opened;
      this.origin = opened.origin();
    }

    boolean connected() {
      return origin != null;
    }

    /** Whether it runs this operation for anybody who asks. */
    boolean canRun(String operation) {
      return opened.role() == SessionRole.WORKER && opened.operations().contains(operation);
    }
  }

  private final long windowMs;
  private final Guests guests;
  private final Map<Long, Somebody> byId = new HashMap<>();
  private final Map<String, Somebody> byName = new HashMap<>();
  private final Map<String, Somebody> bySecret = new HashMap<>();

  Attendance(long windowMs, Guests guests) {
    this.guests = guests;
    this.windowMs = windowMs;
  }

  @Nullable Somebody byId(long session) {
    return byId.get(session);
  }

  /** Whether somebody may end what was submitted under a name. */
  boolean owns(long session, String submitterKey) {
    Somebody somebody = byId.get(session);
    return somebody != null && guests.owns(somebody, submitterKey);
  }

  Collection<Somebody> all() {
    return byId.values();
  }

  @Nullable Somebody byName(String name) {
    return byName.get(Names.key(name));
  }

  void saw(Entry entry, Event event, long nowMs) {
    switch (event) {
      case Event.SessionOpened opened -> opened(entry, opened);
      case Event.SessionDetached detached -> {
        Somebody somebody = there(detached.session());
        require(
            switch (entry.command()) {
              case Command.DetachSession asked ->
                  asked.session() == detached.session() && asked.origin().equals(somebody.origin);
              case Command.LoseNode lost ->
                  somebody.origin != null
                      && lost.node().equals(somebody.origin.node())
                      && somebody.origin.connection() < lost.beforeConnection();
              default -> false;
            },
            "a connection broke that did not");
        require(detached.untilMs() == nowMs + windowMs, "the window is wrong");
        somebody.origin = null;
        somebody.endsAtMs = detached.untilMs();
      }
      case Event.SessionKept kept -> {
        Somebody somebody = there(kept.session());
        require(entry.command() instanceof Command.BeginTerm, "a window began anew by itself");
        require(somebody.origin == null, "a window began anew for somebody who is there");
        require(kept.untilMs() == nowMs + windowMs, "the window is wrong");
        somebody.endsAtMs = kept.untilMs();
      }
      case Event.SessionResumed resumed -> {
        Somebody somebody = there(resumed.session());
        require(
            entry.command() instanceof Command.ResumeSession asked
                && asked.secretHash().equals(somebody.opened.secretHash())
                && Objects.equals(asked.login(), somebody.opened.login())
                && asked.origin().equals(resumed.origin()),
            "a session was taken up with a wrong secret");
        require(
            Objects.equals(resumed.replaced(), somebody.origin), "another connection was replaced");
        somebody.origin = resumed.origin();
      }
      case Event.SessionClosed closed -> closed(entry, closed, nowMs);
      case Event.WorkerDraining draining -> there(draining.worker()).draining = true;
      default -> {}
    }
  }

  private void opened(Entry entry, Event.SessionOpened opened) {
    require(
        entry.command() instanceof Command.OpenSession asked
            && opened.session() == entry.index()
            && (asked.name() == null || asked.name().equals(opened.name()))
            && asked.role() == opened.role()
            && asked.operations().equals(opened.operations())
            && asked.slots() == opened.slots()
            && asked.secretHash().equals(opened.secretHash())
            && Objects.equals(asked.login(), opened.login()),
        "somebody is not who registered");
    Somebody somebody = new Somebody(opened);
    require(byId.put(opened.session(), somebody) == null, "an id came twice");
    require(byName.put(Names.key(opened.name()), somebody) == null, "a name is held twice");
    require(bySecret.put(opened.secretHash(), somebody) == null, "a secret opens two sessions");
  }

  private void closed(Entry entry, Event.SessionClosed closed, long nowMs) {
    Somebody somebody = there(closed.session());
    boolean right =
        switch (closed.reason()) {
          case QUIT ->
              entry.command() instanceof Command.CloseSession asked
                  && asked.session() == closed.session()
                  && asked.origin().equals(somebody.origin);
          case WINDOW_OVER -> !somebody.connected() && somebody.endsAtMs <= nowMs;
          case NAME_TAKEN_OVER ->
              !somebody.connected() && entry.command() instanceof Command.OpenSession;
          case NOT_ADMITTED -> !guests.admits(somebody.opened.login(), nowMs);
        };
    require(right, closed.name() + " was closed without a reason");
    byId.remove(closed.session());
    byName.remove(Names.key(closed.name()));
    bySecret.remove(somebody.opened.secretHash());
  }

  private Somebody there(long session) {
    Somebody somebody = byId.get(session);
    if (somebody == null) {
      throw new AssertionError("session " + session + " is not there");
    }
    return somebody;
  }

  void answered(Entry entry, Reply reply, long nowMs, State state) {
    switch (entry.command()) {
      case Command.OpenSession open -> {
        if (reply instanceof Reply.Opened opened) {
          require(opened.session() == entry.index() && !opened.resumed(), "opened another");
        } else if (reply instanceof Refusal refusal && refusal.code() == Refusal.Code.NAME_TAKEN) {
          Somebody holder = open.name() == null ? null : byName(open.name());
          require(holder != null && holder.connected(), "a free name is taken");
        } else {
          boolean foreigner =
              reply instanceof Refusal refusal && guests.refuses(open, refusal, nowMs);
          require(foreigner || bySecret.containsKey(open.secretHash()), "refused without a reason");
        }
      }
      case Command.ResumeSession resume -> {
        Somebody somebody = bySecret.get(resume.secretHash());
        if (somebody != null && !Objects.equals(somebody.opened.login(), resume.login())) {
          somebody = null;
        }
        require((reply instanceof Reply.Opened) == (somebody != null), "resumed wrongly");
        require(
            somebody == null || resume.origin().equals(somebody.origin), "resumed from elsewhere");
      }
      case Command.CloseSession close -> {
        Somebody somebody = byId.get(close.session());
        require(
            somebody == null || !close.origin().equals(somebody.origin), "who left is still there");
      }
      default -> {}
    }
    require(byId.size() == state.sessions().size(), "not the same people are there");
    for (Session session : state.sessions().all()) {
      Somebody somebody = there(session.id());
      require(
          Objects.equals(somebody.origin, session.origin())
              && session.name().equals(somebody.opened.name())
              && session.slots() <= somebody.opened.slots(),
          session.name() + " is not what the events said");
      require(
          somebody.connected() || somebody.endsAtMs > nowMs, session.name() + " stays too long");
    }
  }
}
