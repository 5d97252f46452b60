package mutirao.cli;

import java.util.concurrent.Callable;
import mutirao.cli.terminal.Exit;
import mutirao.cli.terminal.Host;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code mutirao completion}: the script that teaches a shell to complete this command. */
@Command(name = "completion", mixinStandardHelpOptions = true, sortOptions = false)
final class Completion implements Callable<Integer> {
  private final Host host;

  Completion(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    CommandLine root = Mutirao.commandLine(host);
    host.out().print(AutoComplete.bash(root.getCommandName(), root));
    host.out().flush();
    return Exit.DONE;
  }
}
