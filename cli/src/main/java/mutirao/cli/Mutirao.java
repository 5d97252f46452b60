package mutirao.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import mutirao.cli.account.AuditCommand;
import mutirao.cli.account.TokenCommand;
import mutirao.cli.account.UserCommand;
import mutirao.cli.data.BackupCommand;
import mutirao.cli.data.RestoreCommand;
import mutirao.cli.jvm.Compilers;
import mutirao.cli.tasks.WhyCommand;
import mutirao.cli.terminal.Exit;
import mutirao.cli.terminal.Host;
import mutirao.cli.text.Languages;
import mutirao.cli.text.Texts;
import mutirao.cli.tls.CertsCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mutirao}: the table of contents of the command line. */
@Command(
    name = "mutirao",
    mixinStandardHelpOptions = true,
    version = Mutirao.VERSION,
    sortOptions = false)
public final class Mutirao implements Callable<Integer> {
  /** Printed by {@code --version}. */
  static final String VERSION = "mutirao 1.0.0";

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--lang",
      paramLabel = "en|pt-BR",
      scope = CommandLine.ScopeType.INHERIT,
      order = 900)
  void language(String tag) {
    // It took effect before the arguments were parsed; here it is only checked.
    if (Languages.of(tag).isEmpty()) {
      throw Errors.wrong(spec, host.texts().get("usage.lang", tag));
    }
  }

  private final Host host;

  private Mutirao(Host host) {
    this.host = host;
  }

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Compilers.makeWay();
    Texts texts = new Texts(Languages.wanted(arguments, System.getenv()));
    System.exit(run(Host.ofProcess(texts), arguments));
  }

  /** Runs the command line and returns its exit code. */
  public static int run(Host host, String... arguments) {
    return commandLine(host).execute(arguments);
  }

  /** All commands. */
  static CommandLine commandLine(Host host) {
    CommandLine root = new CommandLine(new Mutirao(host));
    List<Object> commands =
        List.of(
            new Demo(host),
            new ServerCommand(host),
            new Chat(host),
            new WorkerCommand(host),
            new TasksCommand(host),
            new Submit(host),
            new WhyCommand(host),
            new HistoryCommand(host),
            new ClusterCommand(host),
            new UserCommand(host),
            new TokenCommand(host),
            new AuditCommand(host),
            new BackupCommand(host),
            new RestoreCommand(host),
            new CertsCommand(host),
            new Completion(host));
    commands.forEach(root::addSubcommand);
    Errors errors = new Errors(host);
    root.setOut(new PrintWriter(host.out(), true, host.charset()));
    root.setErr(new PrintWriter(host.err(), true, host.charset()));
    root.setColorScheme(CommandLine.Help.defaultColorScheme(host.colours() ? Ansi.ON : Ansi.OFF));
    root.setParameterExceptionHandler((failure, _) -> errors.usage(failure));
    root.setExecutionExceptionHandler((failure, command, _) -> errors.failure(failure, command));
    root.setResourceBundle(host.texts().help());
    root.getSubcommands().values().forEach(c -> c.setResourceBundle(host.texts().help()));
    return root;
  }

  /** No command was named. */
  @Override
  public Integer call() {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    command.usage(command.getErr());
    return Exit.USAGE;
  }
}
