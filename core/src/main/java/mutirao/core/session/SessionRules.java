package mutirao.core.session;

import java.util.List;
import java.util.Objects;
import mutirao.core.Command;
import mutirao.core.Event;
import mutirao.core.Limits;
import mutirao.core.Origin;
import mutirao.core.Refusal;
import mutirao.core.Reply;
import mutirao.core.Step;
import mutirao.core.account.AccountRules;
import mutirao.core.account.Grant;
import mutirao.core.room.RecentKeys;
import mutirao.core.room.RoomRules;
import mutirao.core.room.Rooms;
import mutirao.core.task.Task;
import mutirao.core.task.TaskRules;
import mutirao.core.time.Deadline;
import org.jspecify.annotations.Nullable;

/** Who may be there, under which name, and for how long after the connection broke. */
public final class SessionRules {

  /** The answer to a command of a session that has ended meanwhile. */
  public static final Refusal GONE = new Refusal(Refusal.Code.NOT_REGISTERED, null, null, 0);

  private static final int FIRST_MADE_UP_NUMBER = 1000;
  private static final int MADE_UP_NUMBERS = 9000;

  private SessionRules() {}

  /** Opens a session. A name whose holder is connected is taken; a broken holder gives way. */
  public static Reply open(Step step, Command.OpenSession open) {
    Sessions sessions = step.state().sessions();
    if (sessions.bySecretHash(open.secretHash()) != null) {
      // Secrets are drawn anew for each registration: this one was in the log before.
      return new Refusal(Refusal.Code.INVALID, null, "resume", 0);
    }
    Refusal refusal = AccountRules.refusal(step, open);
    if (refusal != null) {
      return refusal;
    }
    String name = open.name() == null ? freeName(step, open) : open.name();
    Session holder = sessions.byNameKey(Names.key(name));
    if (holder != null && holder.connected()) {
      return new Refusal(Refusal.Code.NAME_TAKEN, name, "name", 0);
    }
    int operations = step.state().tasks().operations() + open.operations().size();
    if ((holder == null && sessions.size() >= Limits.MAX_SESSIONS)
        || operations > Limits.MAX_OPERATIONS) {
      return new Refusal(Refusal.Code.OVERLOADED, name, null, Limits.OVERLOADED_RETRY_MS);
    }
    if (holder != null) {
      end(step, holder, Event.CloseReason.NAME_TAKEN_OVER);
    }
    long id = step.index();
    step.emit(
        new Event.SessionOpened(
            id,
            open.origin(),
            name,
            open.role(),
            open.operations(),
            open.slots(),
            open.confirm(),
            open.presence(),
            open.secretHash(),
            open.login()));
    step.emit(new Event.RoomJoined(id, Rooms.LOBBY));
    TaskRules.welcome(step, id);
    return new Reply.Opened(id, false);
  }

  /**
   * Takes a session up again, even from a connection that does not know yet that it is dead. The
   * secret alone is not enough where there are users.
   */
  public static Reply resume(Step step, Command.ResumeSession resume) {
    Session session = step.state().sessions().bySecretHash(resume.secretHash());
    if (session == null || !Objects.equals(session.login(), resume.login())) {
      return new Refusal(Refusal.Code.UNKNOWN_SESSION, null, "resume", 0);
    }
    // A repeat from where it is served already changes nothing.
    if (!resume.origin().equals(session.origin())) {
      step.emit(new Event.SessionResumed(session.id(), resume.origin(), session.origin()));
      TaskRules.welcome(step, session.id());
    }
    return new Reply.Opened(session.id(), true);
  }

  /** A connection broke. */
  public static Reply detach(Step step, Command.DetachSession detach) {
    Session session = step.state().sessions().byId(detach.session());
    if (session != null && detach.origin().equals(session.origin())) {
      step.emit(new Event.SessionDetached(session.id(), detach.origin(), windowEndMs(step)));
    }
    return Reply.DONE;
  }

  /** A server no longer serves those it served: each may come back within the resume window. */
  public static Reply loseNode(Step step, Command.LoseNode lose) {
    long untilMs = windowEndMs(step);
    for (Session session : step.state().sessions().all()) {
      Origin origin = session.origin();
      if (origin != null
          && origin.node().equals(lose.node())
          && origin.connection() < lose.beforeConnection()) {
        step.emit(new Event.SessionDetached(session.id(), origin, untilMs));
      }
    }
    return Reply.DONE;
  }

  /** Gives all broken sessions the full resume window again. */
  public static void keepBroken(Step step) {
    long untilMs = windowEndMs(step);
    for (Session session : step.state().sessions().all()) {
      if (!session.connected()) {
        step.emit(new Event.SessionKept(session.id(), untilMs));
      }
    }
  }

  /** Ends the sessions of those who may not be there any more. */
  public static void endNotAdmitted(Step step) {
    for (Session session : List.copyOf(step.state().sessions().all())) {
      if (!step.state().accounts().admits(session.login(), step.nowMs())) {
        end(step, session, Event.CloseReason.NOT_ADMITTED);
      }
    }
  }

  private static long windowEndMs(Step step) {
    return Deadline.after(step.nowMs(), step.state().settings().resumeWindowMs());
  }

  /** Somebody leaves for good, unless the session is served through another connection now. */
  public static Reply close(Step step, Command.CloseSession close) {
    Session session = step.state().sessions().byId(close.session());
    if (session != null && close.origin().equals(session.origin())) {
      end(step, session, Event.CloseReason.QUIT);
    }
    return Reply.DONE;
  }

  /** Nobody took a broken session up again in time; or more results wait for a connected one. */
  public static void due(Step step, Session session) {
    if (session.connected()) {
      TaskRules.handOver(step, session);
    } else {
      end(step, session, Event.CloseReason.WINDOW_OVER);
    }
  }

  /** Puts a direct into its receiver's inbox. */
  public static Reply sendDirect(Step step, Command.SendDirect send) {
    Sessions sessions = step.state().sessions();
    Session sender = sessions.byId(send.session());
    if (sender == null) {
      return GONE;
    }
    RecentKeys keys = step.state().recentKeys();
    String senderKey = send.key() == null ? null : Names.scoped(sender.nameKey(), send.key());
    Long known = senderKey == null ? null : keys.seqOf(senderKey);
    if (known != null) {
      return new Reply.Posted(known, true);
    }
    Session target = sessions.byNameKey(Names.key(send.target()));
    if (target == null) {
      return new Refusal(Refusal.Code.UNKNOWN_TARGET, send.target(), "target", 0);
    }
    boolean noRoomForKey = senderKey != null && keys.full();
    if (noRoomForKey || target.inboxFull(send.text().length, sessions.inboxBytes())) {
      return new Refusal(
          Refusal.Code.OVERLOADED, send.target(), "target", Limits.OVERLOADED_RETRY_MS);
    }
    long seq = target.lastDirectSeq() + 1;
    step.emit(
        new Event.DirectSent(
            target.id(), sender.name(), send.text(), seq, senderKey, step.nowMs()));
    return new Reply.Posted(seq, false);
  }

  private static void end(Step step, Session session, Event.CloseReason reason) {
    List<Task> lost = TaskRules.runningOn(step, session);
    @Nullable Origin origin = session.origin();
    RoomRules.leaveAll(step, session);
    step.emit(
        new Event.SessionClosed(session.id(), session.name(), session.role(), origin, reason));
    TaskRules.giveBack(step, lost);
  }

  private static String freeName(Step step, Command.OpenSession open) {
    String prefix = prefix(step, open);
    Sessions sessions = step.state().sessions();
    long start = Long.remainderUnsigned(step.chance(0), MADE_UP_NUMBERS);
    // Numbers grow longer only where all short ones are taken.
    for (long i = 0; ; i++) {
      long number = i < MADE_UP_NUMBERS ? (start + i) % MADE_UP_NUMBERS : i;
      String name = prefix + (FIRST_MADE_UP_NUMBER + number);
      if (sessions.byNameKey(Names.key(name)) == null) {
        return name;
      }
    }
  }

  private static String prefix(Step step, Command.OpenSession open) {
    Grant grant = step.state().accounts().grant(open.login(), step.nowMs());
    if (grant != null) {
      return grant.user() + "-";
    }
    return switch (open.role()) {
      case WORKER -> "Worker-";
      case TASK_CLIENT -> "TaskClient-";
      case CLIENT, OBSERVER -> "Client-";
    };
  }
}
