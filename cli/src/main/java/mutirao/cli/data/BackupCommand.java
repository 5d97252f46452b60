package mutirao.cli.data;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Callable;
import mutirao.cli.ConnectionOptions;
import mutirao.cli.terminal.Exit;
import mutirao.cli.terminal.Host;
import mutirao.cli.terminal.Output;
import mutirao.client.MutiraoClient;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;
import mutirao.server.backup.BackupFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code mutirao backup}: all that a running server keeps, in a folder here. */
@Command(name = "backup", mixinStandardHelpOptions = true, sortOptions = false)
public final class BackupCommand implements Callable<Integer> {
  /** A large state takes its time to be written before the first part comes. */
  private static final Duration PART_WITHIN = Duration.ofMinutes(10);

  @Mixin private final ConnectionOptions connection;

  @Parameters(index = "0", paramLabel = "DIR", descriptionKey = "DIR")
  private Path folder = Path.of("");

  private final Output output;

  /** The command, in a terminal. */
  public BackupCommand(Host host) {
    this.output = new Output(host);
    this.connection = new ConnectionOptions(host);
  }

  @Override
  public Integer call() {
    try (BackupFolder backup = BackupFolder.create(folder);
        MutiraoClient client =
            MutiraoClient.connect(
                connection
                    .client()
                    .role(Role.TASK_CLIENT)
                    .presence(false)
                    .requestTimeout(PART_WITHIN)
                    .build())) {
      ServerFrame.BackupPart part = client.backup().await();
      long end = append(backup, part);
      while (end < part.size()) {
        part = client.backup(end).await();
        end = append(backup, part);
      }
      backup.finish(part.node(), part.position(), part.timestamp());
      output.say("backup.made", folder.toString(), Long.toString(part.position()), part.node());
      return Exit.DONE;
    } catch (IOException e) {
      output.complain("backup.failed", String.valueOf(e.getMessage()));
      return Exit.FAILED;
    }
  }

  /** Returns where the next part begins. */
  private static long append(BackupFolder backup, ServerFrame.BackupPart part) throws IOException {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(part.data());
    } catch (IllegalArgumentException e) {
      throw new IOException("the server sent what is no Base64", e);
    }
    if (bytes.length == 0) {
      throw new IOException("the server sent an empty part");
    }
    backup.append(bytes);
    return part.offset() + bytes.length;
  }
}
