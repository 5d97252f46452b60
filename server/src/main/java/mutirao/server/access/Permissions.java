package mutirao.server.access;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import mutirao.core.account.AccountRole;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Problem;
import mutirao.protocol.RawJson;
import mutirao.protocol.Role;
import org.jspecify.annotations.Nullable;

/**
 * What a user's role allows: the table of docs/security.md as code, and the only place that is
 * asked. Whose task something is, and whose password, the machine decides. An exhaustive switch, so
 * that a new frame does not compile without an action.
 */
public final class Permissions {

  /** What frames are for. */
  public enum Action {
    /** Signs of life, and goodbye. */
    PRESENCE,
    /** Being there as anything but a worker. */
    REGISTER,
    /** Being there to run tasks. */
    REGISTER_AS_WORKER,
    /** Seeing who and which servers are there. */
    LOOK,
    /** Entering rooms and reading in them, and in the archive. */
    READ,
    /** Saying something. */
    TALK,
    /** Handing in tasks, and ending one's own. */
    SUBMIT,
    /** Seeing one's own tasks; an admin everybody's. */
    SEE_TASKS,
    /** Saying what came of the tasks one was given. */
    REPORT,
    /** Another password: one's own, an admin anybody's. */
    SET_PASSWORD,
    /** Users, tokens, servers, backups, workers and tasks of others. */
    ADMINISTER;

    /** As it stands in the table. */
    public String title() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private static final Map<AccountRole, Set<Action>> ALLOWED = new EnumMap<>(AccountRole.class);

  static {
    Set<Action> viewer =
        EnumSet.of(
            Action.PRESENCE,
            Action.REGISTER,
            Action.LOOK,
            Action.READ,
            Action.SEE_TASKS,
            Action.SET_PASSWORD);
    Set<Action> member = EnumSet.copyOf(viewer);
    member.addAll(EnumSet.of(Action.TALK, Action.SUBMIT));
    allow(AccountRole.VIEWER, viewer);
    allow(AccountRole.MEMBER, member);
    allow(
        AccountRole.WORKER,
        EnumSet.of(
            Action.PRESENCE,
            Action.REGISTER_AS_WORKER,
            Action.LOOK,
            Action.REPORT,
            Action.SET_PASSWORD));
    allow(AccountRole.ADMIN, EnumSet.allOf(Action.class));
  }

  private Permissions() {}

  private static void allow(AccountRole role, Set<Action> actions) {
    ALLOWED.put(role, Collections.unmodifiableSet(actions));
  }

  /** What a role may do. */
  public static Set<Action> of(AccountRole role) {
    return ALLOWED.getOrDefault(role, Set.of());
  }

  /** What a frame is for. */
  public static Action action(ClientFrame frame) {
    // The busiest first: a type switch asks in the order in which it is written.
    return switch (frame) {
      case ClientFrame.Submit _, ClientFrame.Cancel _ -> Action.SUBMIT;
      case ClientFrame.Done _, ClientFrame.Failed _, ClientFrame.Progress _, ClientFrame.Drain _ ->
          Action.REPORT;
      case ClientFrame.Broadcast _, ClientFrame.Direct _ -> Action.TALK;
      case ClientFrame.Register register ->
          register.role() == Role.WORKER ? Action.REGISTER_AS_WORKER : Action.REGISTER;
      case ClientFrame.Ping _, ClientFrame.Pong _, ClientFrame.Quit _ -> Action.PRESENCE;
      case ClientFrame.Status _, ClientFrame.Workers _ -> Action.LOOK;
      case ClientFrame.Join _, ClientFrame.Leave _, ClientFrame.History _ -> Action.READ;
      case ClientFrame.Search search -> search.any() ? Action.ADMINISTER : Action.READ;
      case ClientFrame.Query query -> query.any() ? Action.ADMINISTER : Action.SEE_TASKS;
      case ClientFrame.Tasks _ -> Action.SEE_TASKS;
      case ClientFrame.Cluster cluster ->
          cluster.action() == ClientFrame.ClusterAction.STATUS ? Action.LOOK : Action.ADMINISTER;
      case ClientFrame.Account account ->
          account.action() == ClientFrame.AccountAction.SET_PASSWORD
              ? Action.SET_PASSWORD
              : Action.ADMINISTER;
      case ClientFrame.Backup _ -> Action.ADMINISTER;
    };
  }

  /** Why this may not be; null: it may. */
  public static @Nullable Problem refusal(Principal principal, ClientFrame frame) {
    return refusal(principal, action(frame), frame.ref());
  }

  /** The same for what comes without a frame. */
  public static @Nullable Problem refusal(Principal principal, Action action) {
    return refusal(principal, action, null);
  }

  private static @Nullable Problem refusal(
      Principal principal, Action action, @Nullable RawJson ref) {
    return of(principal.role()).contains(action)
        ? null
        : Problem.of(
            ref,
            ErrorCode.FORBIDDEN,
            "forbidden.account",
            principal.user(),
            Administration.wireName(principal.role()));
  }
}
