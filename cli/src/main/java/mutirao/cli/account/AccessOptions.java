package mutirao.cli.account;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mutirao.cli.terminal.Host;
import mutirao.cli.terminal.Output;
import mutirao.protocol.Limits;
import mutirao.protocol.Names;
import mutirao.server.Server;
import mutirao.server.ServerConfig;
import mutirao.server.access.AccessChoice;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom a server lets in, and how it comes by its first admin. */
public final class AccessOptions {
  private static final String PASSWORD_VARIABLE = "MUTIRAO_ADMIN_PASSWORD";

  /** 120 random bits. */
  private static final int MADE_UP_BYTES = 15;

  /** A server for itself takes a moment; several need most of them to be there. */
  private static final long WAIT_MS = 5000;

  @Option(names = "--admin", paramLabel = "NAME")
  private @Nullable String admin;

  @Option(names = "--insecure")
  private boolean insecure;

  private final Host host;
  private final Output output;

  /** Options of a server run in {@code host}. */
  public AccessOptions(Host host) {
    this.host = host;
    this.output = new Output(host);
  }

  /** What is wrong with them; null: nothing. */
  public @Nullable String problem() {
    if (admin == null) {
      return null;
    }
    String given = host.environment().getOrDefault(PASSWORD_VARIABLE, "");
    if (Names.normalizeUser(admin) == null) {
      return host.texts().get("server.admin.name", admin);
    }
    return given.isEmpty() || Limits.allowsPassword(given)
        ? null
        : host.texts().get("server.admin.password", PASSWORD_VARIABLE);
  }

  /** Who has to log in to a server that listens there. */
  public AccessChoice choice(String bind) {
    if (insecure) {
      return AccessChoice.ANYBODY;
    }
    return ServerConfig.isLoopback(bind) ? AccessChoice.LOGIN_ONCE_USERS : AccessChoice.LOGIN;
  }

  /** Says aloud what is unsafe. */
  public void warn(String bind) {
    if (insecure) {
      output.complain("server.open", bind);
    }
  }

  /**
   * Makes the first admin, if one is wanted and there are no users.
   *
   * @param alone whether the server knows all there is to know; one of several learns it later
   * @return false where nobody could ever log in: such a server is not to be started
   */
  public boolean prepare(Server server, String bind, boolean alone) throws InterruptedException {
    if (admin != null) {
      makeAdmin(server, admin);
      return true;
    }
    if (choice(bind) != AccessChoice.LOGIN || server.hasUsers()) {
      return true;
    }
    output.complain(alone ? "server.no.users" : "server.no.users.yet", bind);
    output.complain("server.no.users.hint", bind);
    return !alone;
  }

  private void makeAdmin(Server server, String name) throws InterruptedException {
    String given = host.environment().getOrDefault(PASSWORD_VARIABLE, "");
    String password = given.isEmpty() ? madeUp() : given;
    CompletableFuture<Void> told =
        server
            .makeFirstAdmin(name, password)
            .thenAccept(
                made -> {
                  if (!made) {
                    output.complain("server.admin.not.needed", name);
                  } else if (given.isEmpty()) {
                    output.complain("server.admin.made.up", name, password);
                  } else {
                    output.complain("server.admin.made", name);
                  }
                });
    try {
      told.get(WAIT_MS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException later) {
      output.complain("server.admin.later", name);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static String madeUp() {
    byte[] bytes = new byte[MADE_UP_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
