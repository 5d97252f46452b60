package mutirao.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import mutirao.cli.account.PasswordInput;
import mutirao.cli.terminal.Host;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.Reply;
import mutirao.client.tls.TlsOptions;
import mutirao.protocol.Role;
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
  private static final String USER_VARIABLE = "MUTIRAO_USER";
  private static final String PASSWORD_VARIABLE = "MUTIRAO_PASSWORD";
  private static final String TLS_VARIABLE = "MUTIRAO_TLS";

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(names = "--server", paramLabel = "HOST:PORT[,…]")
  private @Nullable String server;

  @Option(names = "--token", paramLabel = "TOKEN")
  private @Nullable String token;

  @Option(names = "--user", paramLabel = "NAME")
  private @Nullable String user;

  @Option(names = "--tls")
  private boolean tls;

  @Option(names = "--tls-ca", paramLabel = "FILE")
  private @Nullable Path tlsAuthorities;

  @Option(names = "--tls-cert", paramLabel = "FILE")
  private @Nullable Path tlsCertificate;

  @Option(names = "--tls-key", paramLabel = "FILE")
  private @Nullable Path tlsKey;

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
      throw wrong(host.texts().get("usage.server", servers()), e);
    }
    TlsOptions encrypted = tls();
    if (encrypted != null) {
      options.tls(encrypted);
    }
    return login(options).lang(host.texts().tag());
  }

  /**
   * Asks one thing, and leaves.
   *
   * @return the answer
   */
  public <T> T ask(Function<MutiraoClient, Reply<T>> question) {
    try (MutiraoClient client =
        MutiraoClient.connect(client().role(Role.TASK_CLIENT).presence(false).build())) {
      return question.apply(client).await();
    }
  }

  /** The same options with what proves who one is, as far as that is known. */
  public ClientOptions.Builder login(ClientOptions.Builder options) {
    // What is typed counts more than what is around.
    String secret = token != null ? token : user != null ? "" : variable(TOKEN_VARIABLE, "");
    if (!secret.isEmpty()) {
      options.token(secret);
    } else if (!user().isEmpty()) {
      options.login(user(), password());
    }
    return options;
  }

  /** The user's name; empty where none was given. */
  public String user() {
    return user != null ? user : variable(USER_VARIABLE, "");
  }

  private String password() {
    String known = host.environment().getOrDefault(PASSWORD_VARIABLE, "");
    try {
      String given = known.isEmpty() ? new PasswordInput(host).existing(user()) : known;
      if (given == null) {
        throw new IOException(host.texts().get("password.missing"));
      }
      return given;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Naming any file is enough to want it. */
  private @Nullable TlsOptions tls() {
    Path authorities = file(tlsAuthorities, "MUTIRAO_TLS_CA");
    Path certificate = file(tlsCertificate, "MUTIRAO_TLS_CERT");
    Path key = file(tlsKey, "MUTIRAO_TLS_KEY");
    boolean wanted = tls || !variable(TLS_VARIABLE, "").isEmpty();
    if (!wanted && authorities == null && certificate == null && key == null) {
      return null;
    }
    try {
      TlsOptions options = new TlsOptions(authorities, certificate, key);
      options.check();
      return options;
    } catch (IllegalArgumentException e) {
      throw wrong(host.texts().get("usage.tls.pair"), e);
    } catch (IOException e) {
      throw wrong(host.texts().get("usage.tls", String.valueOf(e.getMessage())), e);
    }
  }

  private @Nullable Path file(@Nullable Path option, String variable) {
    String named = variable(variable, "");
    return option != null || named.isEmpty() ? option : Path.of(named);
  }

  private ParameterException wrong(String message, Exception why) {
    return new ParameterException(Objects.requireNonNull(command).commandLine(), message, why);
  }

  private String variable(String name, String otherwise) {
    Map<String, String> environment = host.environment();
    String value = environment.getOrDefault(name, "");
    return value.isBlank() ? otherwise : value;
  }
}
