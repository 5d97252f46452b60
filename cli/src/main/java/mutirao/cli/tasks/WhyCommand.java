package mutirao.cli.tasks;

import java.util.concurrent.Callable;
import mutirao.cli.ConnectionOptions;
import mutirao.cli.terminal.Exit;
import mutirao.cli.terminal.Host;
import mutirao.cli.terminal.Output;
import mutirao.cli.text.Visible;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoException;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.codec.FrameWriter;
import mutirao.protocol.view.Explanation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mutirao why}: why a task does not run, in a sentence. */
@Command(name = "why", mixinStandardHelpOptions = true, sortOptions = false)
public final class WhyCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "TASK", descriptionKey = "TASK")
  private String task = "";

  @Mixin private final ConnectionOptions connection;

  @Option(names = "--json")
  private boolean json;

  private final Output output;
  private final Host host;

  /** The command, in a terminal. */
  public WhyCommand(Host host) {
    this.host = host;
    this.output = new Output(host);
    this.connection = new ConnectionOptions(host);
  }

  @Override
  public Integer call() {
    try (MutiraoClient client =
        MutiraoClient.connect(connection.client().role(Role.TASK_CLIENT).presence(false).build())) {
      ServerFrame.TaskState state = explain(client);
      output.printRaw(json ? FrameWriter.toText(state) : sentence(state));
    }
    return Exit.DONE;
  }

  /** Anybody's where that may be, else one of one's own. */
  private ServerFrame.TaskState explain(MutiraoClient client) {
    try {
      return client.explain(task, true).await();
    } catch (MutiraoException e) {
      if (e.is(ErrorCode.FORBIDDEN)) {
        return client.explain(task, false).await();
      }
      throw e;
    }
  }

  private String sentence(ServerFrame.TaskState state) {
    ServerFrame.TaskView view = state.task();
    Explanation explanation = state.explanation();
    Explanation.@Nullable Why why = explanation == null ? null : explanation.why();
    String worker = view.worker();
    String reason =
        why != null
            ? why.message()
            : host.texts()
                .get(
                    view.state().equals("running") ? "why.runs" : "why.ended",
                    worker == null ? "-" : worker,
                    view.attempt());
    return Visible.line(view.task() + " " + view.operation() + ", " + view.state() + ": " + reason);
  }
}
