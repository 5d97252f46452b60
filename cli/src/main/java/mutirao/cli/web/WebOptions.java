package mutirao.cli.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mutirao.cli.terminal.Host;
import mutirao.cli.terminal.Output;
import mutirao.cli.text.HostAndPort;
import mutirao.server.Server;
import mutirao.web.Stage;
import mutirao.web.WebConfig;
import mutirao.web.WebEdge;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the page is served, and what it offers. */
public final class WebOptions {
  /** Parsed by scripts, so it is the same in every language. */
  private static final String WEB_ON = "web on ";

  @Option(names = "--web-port", paramLabel = "PORT")
  private @Nullable Integer port;

  @Option(names = "--no-web")
  private boolean none;

  @Option(names = "--browser-workers")
  private boolean join;

  @Option(names = "--browser-operations", paramLabel = "DIR")
  private @Nullable Path operations;

  private final Output output;

  /** Options of a server that speaks to {@code host}. */
  public WebOptions(Host host) {
    this.output = new Output(host);
  }

  /** The key and argument of what is wrong with them; null: nothing. */
  public String @Nullable [] problem() {
    if (none && (port != null || join || operations != null)) {
      return new String[] {"server.web.none"};
    }
    if (operations != null && !Files.isDirectory(operations)) {
      return new String[] {"server.web.operations", operations.toString()};
    }
    return null;
  }

  /**
   * Starts the web edge of a server; null where there is to be none. Where nobody asked for a port
   * and the usual one is somebody else's, the server goes on without.
   *
   * @throws IOException where the port that was asked for is not to be had
   */
  public @Nullable WebEdge start(Server server, String bind, @Nullable Stage stage)
      throws IOException {
    if (none) {
      return null;
    }
    int wanted = port == null ? WebConfig.DEFAULT_WEB_PORT : port;
    WebConfig config =
        new WebConfig(
            bind,
            wanted,
            server.address().getPort(),
            new WebConfig.Join(join || operations != null, operations),
            stage);
    try {
      return WebEdge.start(server.inside(), config);
    } catch (IOException e) {
      if (port != null) {
        throw e;
      }
      output.complain("server.web.taken", Integer.toString(wanted));
      return null;
    }
  }

  /** Says where the page is. */
  public void tell(@Nullable WebEdge web, Server server) {
    if (web != null) {
      boolean encrypted = server.inside().credentials() != null;
      output.printRaw(
          WEB_ON + (encrypted ? "https://" : "http://") + HostAndPort.of(web.address()));
    }
  }
}
