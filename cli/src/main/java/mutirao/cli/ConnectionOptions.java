package mutirao.cli;

import java.util.Map;
import java.util.Objects;
import mutirao.cli.terminal.Host;
import mutirao.client.ClientOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which server, and with what right: the options of every command that connects. */
public final class ConnectionOptions {
  /** An address and not a name: the server listens on this one alone unless told otherwise. */
  private static final String DEFAULT_SERVER = "127.0.0.1:5050";

  private static final String SERVER_VARIABLE = "MUTIRAO_SERVER";
  private static final String TOKEN_VARIABLE = "MUTIRAO_TOKEN";

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(names = "--server", paramLabel = "HOST:PORT[,…]")
  private @Nullable String server;

  @Option(names = "--token", paramLabel = "TOKEN")
  private @Nullable String token;

  private final Host host;

  /** Where they are not given, the environment of {@code host} says it. */
  public ConnectionOptions(Host host) {
    this.host = host;
  }

  /** The servers as they were named. */
  String servers() {
    return server != null ? server : variable(SERVER_VARIABLE, DEFAULT_SERVER);
  }

  /** Options for these servers, in the user's language. */
  public ClientOptions.Builder client() {
    ClientOptions.Builder options;
    try {
      options = ClientOptions.to(servers());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          Objects.requireNonNull(command).commandLine(),
          host.texts().get("usage.server", servers()),
          e);
    }
    String secret = token != null ? token : variable(TOKEN_VARIABLE, "");
    return (secret.isEmpty() ? options : options.token(secret)).lang(host.texts().tag());
  }

  private String variable(String name, String otherwise) {
    Map<String, String> environment = host.environment();
    String value = environment.getOrDefault(name, "");
    return value.isBlank() ? otherwise : value;
  }
}
