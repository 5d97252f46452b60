package mutirao.cli.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import mutirao.cli.fixture.CliRun;
import mutirao.cli.fixture.Ports;
import mutirao.cli.terminal.Exit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users are known to every server at once, and gone from every server at once (SEC-20). */
class SeveralServersTest {
  private static final String PASSWORD = "obras-2026";
  private static final int MOST_TRIES = 20;

  @TempDir private Path folder;
  private final List<CliRun> servers = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    servers.forEach(CliRun::signal);
    for (CliRun server : servers) {
      assertEquals(Exit.DONE, server.exit());
    }
  }

  private void start(String node, String cluster) {
    CliRun server =
        CliRun.at("127.0.0.1:1")
            .with("MUTIRAO_ADMIN_PASSWORD", PASSWORD)
            .start(
                "server",
                "--port",
                "0",
                "--node",
                node,
                "--cluster",
                cluster,
                "--data",
                folder.resolve(node).toString(),
                "--admin",
                "ana");
    servers.add(server);
  }

  /** On a busy machine two servers that have just started do not agree on a leader at once. */
  private static void awaitLeader(String address) throws Exception {
    CliRun asked = admin(address).run("", "cluster");
    for (int tries = 1; tries < MOST_TRIES && asked.exit() != Exit.DONE; tries++) {
      asked = admin(address).run("", "cluster");
    }
    assertEquals(Exit.DONE, asked.exit(), asked.err());
  }

  private static String address(CliRun server) throws Exception {
    return server.awaitLine("listening on ");
  }

  private static CliRun admin(String address) {
    return CliRun.at(address).with("MUTIRAO_USER", "ana").with("MUTIRAO_PASSWORD", PASSWORD);
  }

  private void startTwo() throws Exception {
    String cluster =
        Ports.members(2).stream()
            .map(member -> member.node() + "=127.0.0.1:" + member.port())
            .collect(Collectors.joining(","));
    start("n1", cluster);
    start("n2", cluster);
  }

  @Test
  void aServerThatIsLeftAloneIsNotTakenForDead() throws Exception {
    startTwo();
    String first = address(servers.getFirst());
    awaitLeader(first);
    servers.getLast().signal();
    assertEquals(Exit.DONE, servers.getLast().exit());

    CliRun asked = admin(first).run("", "cluster");
    assertEquals(Exit.UNREACHABLE, asked.exit(), asked.err());
    assertEquals(
        "only 1 of 2 servers are in touch, and it takes 2 to confirm anything",
        asked.err().strip());
  }

  @Test
  void whatOneServerIsToldHoldsOnTheOther() throws Exception {
    startTwo();
    String first = address(servers.getFirst());
    String second = address(servers.getLast());
    awaitLeader(first);
    awaitLeader(second);

    CliRun users = admin(first).run("", "user");
    assertTrue(users.out().startsWith("ana  admin"), users.out() + users.err());
    CliRun made = admin(first).run("", "token", "create", "ana");
    String token = made.out().strip();
    CliRun chat = CliRun.at(second).with("MUTIRAO_TOKEN", token).start("chat", "ana");
    chat.type("oi").awaitOut("ana: oi");
    CliRun list = admin(second).run("", "token");
    String id = list.out().split(" ", 2)[0];
    CliRun revoked = admin(first).run("", "token", "revoke", id);
    assertEquals(Exit.DONE, revoked.exit(), revoked.err());
    assertEquals(Exit.UNAUTHORIZED, chat.exit(), chat.err());
    assertEquals(Exit.UNAUTHORIZED, CliRun.at(second).run("", "user").exit());
  }
}
