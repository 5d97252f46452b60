package mutirao.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import mutirao.cli.tasks.TaskSession;
import mutirao.cli.terminal.Host;
import mutirao.cli.terminal.Terminal;
import mutirao.cli.text.Converters;
import mutirao.protocol.Role;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mutirao tasks}: the task client. */
@Command(name = "tasks", mixinStandardHelpOptions = true, sortOptions = false)
final class TasksCommand implements Callable<Integer> {
  @Mixin private final ConnectionOptions connection;

  @Option(names = "--expires", paramLabel = "TIME", converter = Converters.OfDuration.class)
  private @Nullable Duration expires;

  @Parameters(arity = "0..1", paramLabel = "NAME", descriptionKey = "NAME")
  private @Nullable String name;

  private final Host host;

  TasksCommand(Host host) {
    this.host = host;
    this.connection = new ConnectionOptions(host);
  }

  @Override
  public Integer call() throws IOException {
    try (Terminal terminal = Terminal.of(host, "tasks.history", false)) {
      return TaskSession.run(connection.client().role(Role.TASK_CLIENT), name, expires, terminal);
    }
  }
}
