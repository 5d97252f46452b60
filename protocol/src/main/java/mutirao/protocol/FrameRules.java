package mutirao.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Who may send what, and when: the role × stage × frame table of docs/protocol.md as code. An
 * exhaustive switch, so that a new frame does not compile without a row.
 */
public final class FrameRules {

  /** Who may send a frame. */
  public enum Sender {
    /** Anybody, also before registering. */
    ANYBODY,
    /** Anybody who registered. */
    REGISTERED,
    /** Anybody who registered as more than an observer. */
    PARTICIPANT,
    /** Workers. */
    WORKER
  }

  private FrameRules() {}

  /** Who may send this frame. */
  public static Sender sender(ClientFrame frame) {
    // The busiest first: a type switch asks in the order in which it is written.
    return switch (frame) {
      case ClientFrame.Submit _,
          ClientFrame.Broadcast _,
          ClientFrame.Direct _,
          ClientFrame.Cancel _,
          ClientFrame.Account _,
          ClientFrame.Backup _ ->
          Sender.PARTICIPANT;
      case ClientFrame.Done _, ClientFrame.Failed _, ClientFrame.Progress _, ClientFrame.Drain _ ->
          Sender.WORKER;
      case ClientFrame.Register _, ClientFrame.Ping _, ClientFrame.Pong _, ClientFrame.Quit _ ->
          Sender.ANYBODY;
      case ClientFrame.Cluster cluster ->
          cluster.action() == ClientFrame.ClusterAction.STATUS
              ? Sender.REGISTERED
              : Sender.PARTICIPANT;
      case ClientFrame.Status _,
          ClientFrame.Join _,
          ClientFrame.Leave _,
          ClientFrame.History _,
          ClientFrame.Search _,
          ClientFrame.Query _,
          ClientFrame.Workers _,
          ClientFrame.Tasks _ ->
          Sender.REGISTERED;
    };
  }

  /**
   * Why a peer with this role (null: not registered) may not send this frame; null where it may.
   */
  public static @Nullable Problem refusal(@Nullable Role role, ClientFrame frame) {
    Sender sender = sender(frame);
    if (sender == Sender.ANYBODY) {
      return null;
    }
    if (role == null) {
      return Problem.of(frame.ref(), ErrorCode.NOT_REGISTERED, "not_registered");
    }
    boolean may =
        switch (sender) {
          case ANYBODY, REGISTERED -> true;
          case PARTICIPANT -> role != Role.OBSERVER;
          case WORKER -> role == Role.WORKER;
        };
    return may
        ? null
        : Problem.of(frame.ref(), ErrorCode.FORBIDDEN, "forbidden", role.wireName(), frame.type());
  }
}
