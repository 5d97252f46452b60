package mutirao.cli.tasks;

import java.util.List;
import mutirao.cli.session.ConnectionNotices;
import mutirao.cli.session.Failures;
import mutirao.cli.terminal.Terminal;
import mutirao.cli.text.Line;
import mutirao.cli.text.Tone;
import mutirao.client.ChatMessage;
import mutirao.client.ClientListener;
import mutirao.client.MutiraoException;
import mutirao.client.TaskResult;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;

/** Prints what arrives without having been asked for. Called on the client's thread for events. */
final class TaskEvents implements ClientListener {
  private final Terminal terminal;
  private final ConnectionNotices notices;

  /** Told that workers came or went. */
  private volatile Runnable onWorkers = () -> {};

  TaskEvents(Terminal terminal) {
    this.terminal = terminal;
    this.notices = new ConnectionNotices(terminal.texts(), terminal::printError);
  }

  ConnectionNotices notices() {
    return notices;
  }

  /** Calls {@code action} whenever the workers are others than before. */
  void onWorkers(Runnable action) {
    onWorkers = action;
  }

  @Override
  public void onDirect(ChatMessage message) {
    terminal.print(
        Line.of(Tone.NAME, message.sender())
            .plus(Tone.FAINT, " → " + terminal.texts().get("you") + ": ")
            .plus(message.text()));
  }

  @Override
  public void onSystem(ServerFrame.SystemEvent event) {
    if (event.role() == Role.WORKER && List.of("joined", "left").contains(event.event())) {
      onWorkers.run();
      if (terminal.interactive()) {
        terminal.print(Line.of(Tone.FAINT, "· " + event.message()));
      }
    }
  }

  @Override
  public void onClients(ServerFrame.ClientList clients) {
    onWorkers.run();
  }

  @Override
  public void onLateResult(TaskResult result) {
    terminal.print(
        Line.of(Tone.FAINT, terminal.texts().get("task.earlier") + " ")
            .plus(Results.ended(terminal.texts(), result)));
  }

  @Override
  public void onConnection(Connection change) {
    notices.changed(change);
    if (notices.endedBy() != null) {
      terminal.stop();
    }
  }

  @Override
  public void onServerError(MutiraoException error) {
    terminal.printError(Line.of(Tone.BAD, Failures.describe(terminal.texts(), error)));
  }

  @Override
  public void onDropped(int events) {
    terminal.complain("dropped", events);
  }
}
