package mutirao.cli.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import mutirao.cli.fixture.CliRun;
import mutirao.cli.terminal.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users are known to every server at once, and gone from every server at once (SEC-20). */
class SeveralServersTest {
  private static final String PASSWORD = "obras-2026";

  @TempDir private Path folder;

  private CliRun start(String node, String cluster) {
    return CliRun.at("127.0.0.1:1")
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
  }

  private static String address(CliRun server) throws Exception {
    server.awaitOut("listening on ").awaitOut("\n");
    return server.out().strip().substring("listening on ".length());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static CliRun admin(String address) {
    return CliRun.at(address).with("MUTIRAO_USER", "ana").with("MUTIRAO_PASSWORD", PASSWORD);
  }

  @Test
  void whatOneServerIsToldHoldsOnTheOther() throws Exception {
    String cluster = "n1=127.0.0.1:%d,n2=127.0.0.1:%d".formatted(freePort(), freePort());
    CliRun one = start("n1", cluster);
    CliRun two = start("n2", cluster);
    String first = address(one);
    String second = address(two);

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

    one.signal();
    two.signal();
    assertEquals(Exit.DONE, one.exit());
    assertEquals(Exit.DONE, two.exit());
  }
}
