package mutirao.cli.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import mutirao.cli.terminal.Exit;
import mutirao.cli.terminal.Host;
import mutirao.cli.terminal.Output;
import mutirao.server.ServerConfig;
import mutirao.server.backup.About;
import mutirao.server.backup.BackupFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mutirao restore}: a data folder from a backup. */
@Command(name = "restore", mixinStandardHelpOptions = true, sortOptions = false)
public final class RestoreCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", descriptionKey = "DIR")
  private Path backup = Path.of("");

  @Option(names = "--data", paramLabel = "FOLDER", required = true)
  private Path data = Path.of("");

  @Option(names = "--node", paramLabel = "NAME")
  private String node = ServerConfig.DEFAULT.node();

  private final Output output;

  /** The command, in a terminal. */
  public RestoreCommand(Host host) {
    this.output = new Output(host);
  }

  @Override
  public Integer call() {
    try {
      About about = BackupFolder.restore(backup, data, node);
      output.say(
          "restore.done", data.toString(), Long.toString(about.position()), about.node(), node);
      return Exit.DONE;
    } catch (IOException e) {
      output.complain("restore.failed", String.valueOf(e.getMessage()));
      return Exit.FAILED;
    }
  }
}
