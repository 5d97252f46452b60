package mutirao.server.gateway;

import java.util.function.BiFunction;
import java.util.function.Consumer;
import mutirao.core.Command;
import mutirao.core.Refusal;
import mutirao.core.Reply;
import mutirao.core.State;
import mutirao.core.account.AccountRole;
import mutirao.core.session.Session;
import mutirao.core.task.Task;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Problem;
import mutirao.server.access.Permissions;
import mutirao.server.access.Principal;
import org.jspecify.annotations.Nullable;

/**
 * What the server's own edges ask and order for somebody they serve, where the wire has no frame
 * for it: with the same permissions, in the same line, from the same state. Called by the gateway's
 * thread.
 */
public final class Desk {

  /** What came of it. */
  public sealed interface Answer<T> {

    /** This. */
    record Given<T>(T value) implements Answer<T> {}

    /**
     * Nothing, for this reason.
     *
     * @param retryAfterMs when to try again; 0: nobody knows
     */
    record Refused<T>(Problem problem, long retryAfterMs) implements Answer<T> {}
  }

  /**
   * Who asks.
   *
   * @param session its session's number
   */
  public record Asker(long session, Principal principal) {

    /**
     * Whether everybody's tasks are its business: an admin's are, and on a server without users
     * there is nobody from whom to keep them.
     */
    public boolean seesAll() {
      return principal.role() == AccountRole.ADMIN;
    }

    /**
     * The task with this number; null where there is none, or it is somebody else's, which is as
     * unknown as none: ids can be guessed.
     */
    public @Nullable Task task(State state, long id) {
      Task task = state.tasks().byId(id);
      return task == null || !owns(state, task) ? null : task;
    }

    /** Whether it may see and end this task. */
    public boolean owns(State state, Task task) {
      Session asker = state.sessions().byId(session);
      return seesAll()
          || (asker != null && state.accounts().owns(asker, task.submitterKey(), state.nowMs()));
    }
  }

  private final Gateway gateway;

  Desk(Gateway gateway) {
    this.gateway = gateway;
  }

  /** Reads the state when all that {@code peer} asked before has taken effect. */
  public <T> void read(
      Peer peer,
      Permissions.Action action,
      BiFunction<State, Asker, T> reading,
      Consumer<Answer<T>> then) {
    Problem problem = refusal(peer, action);
    if (problem != null) {
      then.accept(new Answer.Refused<>(problem, 0));
      return;
    }
    Asker asker = new Asker(peer.session(), peer.principal());
    boolean taken =
        gateway.read(
            peer,
            state -> then.accept(new Answer.Given<>(reading.apply(state, asker))),
            reply -> {
              if (reply instanceof Refusal refusal) {
                then.accept(refused(refusal));
              }
            });
    if (!taken) {
      then.accept(new Answer.Refused<>(Problem.of(null, ErrorCode.OVERLOADED, "overloaded"), 0));
    }
  }

  /** Has a command put into the log. */
  public void propose(
      Peer peer, Permissions.Action action, Command command, Consumer<Answer<Reply>> then) {
    Problem problem = refusal(peer, action);
    if (problem != null) {
      then.accept(new Answer.Refused<>(problem, 0));
      return;
    }
    boolean taken =
        gateway.propose(
            command,
            peer,
            null,
            reply ->
                then.accept(
                    reply instanceof Refusal refusal
                        ? refused(refusal)
                        : new Answer.Given<>(reply)));
    if (!taken) {
      then.accept(refused(Refusals.LINE_FULL));
    }
  }

  private static @Nullable Problem refusal(Peer peer, Permissions.Action action) {
    return peer.registered()
        ? Permissions.refusal(peer.principal(), action)
        : Problem.of(null, ErrorCode.NOT_REGISTERED, "not_registered");
  }

  private static <T> Answer<T> refused(Refusal refusal) {
    return new Answer.Refused<>(Refusals.problem(refusal, null), refusal.retryAfterMs());
  }
}
