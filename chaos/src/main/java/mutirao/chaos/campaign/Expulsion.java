package mutirao.chaos.campaign;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import mutirao.chaos.fault.ServerProcess;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoException;
import mutirao.protocol.AccountRole;
import mutirao.protocol.ErrorCode;

/**
 * The leader is killed, and while the others find a new one somebody is removed, or a token
 * revoked. From the answer on nobody gets in by it, at any server, nor stays in; and neither at the
 * one that was away when it is back.
 */
final class Expulsion implements Fault {
  private static final long WITHIN_SECONDS = 30;
  private static final long TRY_EVERY_MS = 50;
  private static final int LOGINS = 2;

  private final ThreeServers servers;
  private final Users users;
  private int number;

  Expulsion(ThreeServers servers, Users users) {
    this.servers = servers;
    this.users = users;
  }

  @Override
  public void strike(ServerProcess any, long downMs) throws IOException, InterruptedException {
    Users.Login login = users.add("x" + ++number, AccountRole.MEMBER);
    boolean removed = number % LOGINS == 1;
    List<UnaryOperator<ClientOptions.Builder>> ways = new ArrayList<>(List.of(login::byToken));
    if (removed) {
      ways.add(login::byPassword);
    }
    String leader = servers.leading();
    Map<String, MutiraoClient> inside = new LinkedHashMap<>();
    try {
      for (String node : ThreeServers.NODES) {
        inside.put(node, enter(node, login.user() + "-" + node, ways.getLast()));
      }
      servers.server(leader).kill();
      if (removed) {
        users.remove(login.user());
      } else {
        users.revoke(login);
      }
      for (String node : ThreeServers.othersThan(leader)) {
        assertOutside(node, login, ways);
        awaitEnd(node, Objects.requireNonNull(inside.get(node)));
      }
      TimeUnit.MILLISECONDS.sleep(downMs);
      servers.server(leader).start();
      assertOutside(leader, login, ways);
    } finally {
      inside.values().forEach(MutiraoClient::close);
    }
    servers.awaitAll();
  }

  private MutiraoClient enter(String node, String name, UnaryOperator<ClientOptions.Builder> way) {
    return MutiraoClient.connect(
        way.apply(
                ClientOptions.to(servers.server(node).address())
                    .name(name)
                    .presence(false)
                    .connectTimeout(Duration.ofSeconds(WITHIN_SECONDS))
                    .registerTimeout(Duration.ofSeconds(WITHIN_SECONDS))
                    .reconnect(ClientOptions.Reconnect.NEVER))
            .build());
  }

  /** Tries until the server says no; that it cannot say anything is no yes. */
  private void assertOutside(
      String node, Users.Login login, List<UnaryOperator<ClientOptions.Builder>> ways)
      throws IOException, InterruptedException {
    for (UnaryOperator<ClientOptions.Builder> way : ways) {
      long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WITHIN_SECONDS);
      while (true) {
        try (MutiraoClient client = enter(node, login.user() + "-late", way)) {
          throw new IOException(client.name() + " got in at " + node + " after it was put out");
        } catch (MutiraoException e) {
          if (e.is(ErrorCode.UNAUTHORIZED)) {
            break;
          }
          if (System.nanoTime() - endNs > 0) {
            throw new IOException(node + " never said no to " + login.user(), e);
          }
        }
        TimeUnit.MILLISECONDS.sleep(TRY_EVERY_MS);
      }
    }
  }

  private static void awaitEnd(String node, MutiraoClient client)
      throws IOException, InterruptedException {
    try {
      client.closed().get(WITHIN_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IOException(client.name() + " stays in at " + node, e);
    }
  }
}
