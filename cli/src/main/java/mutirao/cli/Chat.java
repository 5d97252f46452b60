package mutirao.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import mutirao.cli.chat.ChatSession;
import mutirao.cli.terminal.Host;
import mutirao.cli.terminal.Terminal;
import mutirao.protocol.Role;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code mutirao chat}: the chat client. */
@Command(name = "chat", mixinStandardHelpOptions = true, sortOptions = false)
final class Chat implements Callable<Integer> {
  @Mixin private final ConnectionOptions connection;

  @Parameters(arity = "0..1", paramLabel = "NAME", descriptionKey = "NAME")
  private @Nullable String name;

  private final Host host;

  Chat(Host host) {
    this.host = host;
    this.connection = new ConnectionOptions(host);
  }

  @Override
  public Integer call() throws IOException {
    try (Terminal terminal = Terminal.of(host, "chat.history", true)) {
      return ChatSession.run(connection.client().role(Role.CLIENT), name, terminal);
    }
  }
}
