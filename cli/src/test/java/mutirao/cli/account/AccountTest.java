package mutirao.cli.account;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mutirao.cli.fixture.CliRun;
import mutirao.cli.fixture.Seat;
import mutirao.cli.terminal.Exit;
import mutirao.testkit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a server that is open to one in which everybody says who they are. */
class AccountTest {
  private static final String PASSWORD = "obras-2026";
  private static final String ENTER = "\r";

  private static CliRun admin(TestServer server) {
    return CliRun.at(server).with("MUTIRAO_USER", "ana").with("MUTIRAO_PASSWORD", PASSWORD);
  }

  private static void makeAdmin(TestServer server) throws Exception {
    CliRun made = CliRun.at(server).run(PASSWORD + "\n", "user", "add", "ana", "--role", "admin");
    assertEquals("ana may log in now (admin).\n", made.out(), made.err());
    assertEquals(Exit.DONE, made.exit());
  }

  @Test
  void theFirstAdminEndsTheTimeWithoutLogins() throws Exception {
    try (TestServer server = TestServer.start()) {
      CliRun nobody = CliRun.at(server).run("", "user");
      assertEquals("There are no users: nobody has to log in.\n", nobody.err());
      makeAdmin(server);

      CliRun stranger = CliRun.at(server).run("oi\n", "chat", "ana");
      assertEquals(Exit.UNAUTHORIZED, stranger.exit());
      assertTrue(stranger.err().contains("wants a token"), stranger.err());
      CliRun wrong =
          CliRun.at(server).with("MUTIRAO_PASSWORD", "obras-2025").run("", "user", "--user", "ana");
      assertEquals(Exit.UNAUTHORIZED, wrong.exit());
      CliRun missing = CliRun.at(server).run("", "user", "--user", "ana");
      assertTrue(missing.err().contains("MUTIRAO_PASSWORD is not set"), missing.err());
      assertEquals(Exit.FAILED, missing.exit());

      CliRun ana = admin(server).run("oi\n", "chat", "ana");
      assertTrue(ana.out().contains("ana: oi"), ana.out() + ana.err());
      CliRun list = admin(server).run("", "user", "list", "--json");
      assertEquals(
          "{\"user\":\"ana\",\"account_role\":\"admin\",\"operations\":[],\"password\":true,"
              + "\"tokens\":0}\n",
          list.out());
    }
  }

  @Test
  void aTokenLetsAWorkerInUntilItIsRevoked() throws Exception {
    try (TestServer server = TestServer.start()) {
      makeAdmin(server);
      assertEquals(
          Exit.DONE,
          admin(server).run("", "user", "add", "wim", "--role", "worker", "--no-password").exit());
      CliRun made =
          admin(server)
              .run(
                  "",
                  "token",
                  "create",
                  "wim",
                  "--operations",
                  "sum,max",
                  "--label",
                  "torno",
                  "--expires",
                  "never");
      String token = made.out().strip();
      assertTrue(token.matches("mut_[0-9a-f]{64}"), token + made.err());
      assertTrue(made.err().contains("shown this once"), made.err());

      CliRun list = admin(server).run("", "token");
      assertTrue(list.out().contains("sum,max"), list.out());
      assertTrue(list.out().contains("for ever"), list.out());
      assertFalse(list.out().contains(token), "a list shows no token");
      CliRun chats = CliRun.at(server).with("MUTIRAO_TOKEN", token).run("oi\n", "chat", "wim");
      assertEquals(Exit.UNAUTHORIZED, chats.exit(), chats.err());
      CliRun tooMuch = CliRun.at(server).with("MUTIRAO_TOKEN", token).run("", "worker");
      assertEquals(Exit.UNAUTHORIZED, tooMuch.exit(), tooMuch.err());

      CliRun worker =
          CliRun.at(server).with("MUTIRAO_TOKEN", token).start("worker", "--operations", "sum,max");
      worker.awaitOut("wim-");
      String id = list.out().split(" ", 2)[0];
      CliRun revoked = admin(server).run("", "token", "revoke", id);
      assertEquals(Exit.DONE, revoked.exit(), revoked.err());
      assertEquals(Exit.UNAUTHORIZED, worker.exit(), worker.err());

      CliRun audit = admin(server).run("", "audit");
      long changes = audit.out().lines().filter(line -> !line.contains("login_failed")).count();
      assertEquals(4, changes, audit.out());
      assertTrue(audit.out().contains("login_failed"), audit.out());
      assertTrue(audit.out().contains("revoke_token"), audit.out());
      assertFalse(audit.out().contains(PASSWORD), audit.out());
    }
  }

  /** SEC-08: canaries, in all that a server keeps and says. */
  @Test
  void aPasswordAndATokenAreNowhere(@TempDir Path folder) throws Exception {
    String token;
    CliRun server =
        CliRun.at("127.0.0.1:1")
            .with("MUTIRAO_ADMIN_PASSWORD", PASSWORD)
            .start(
                "server",
                "--data",
                folder.toString(),
                "--port",
                "0",
                "--admin",
                "ana",
                "--snapshot-every",
                "64KiB");
    String address = address(server);
    CliRun made =
        CliRun.at(address)
            .with("MUTIRAO_USER", "ana")
            .with("MUTIRAO_PASSWORD", PASSWORD)
            .run("", "token", "create", "ana");
    token = made.out().strip();
    CliRun wrong =
        CliRun.at(address)
            .with("MUTIRAO_USER", "ana")
            .with("MUTIRAO_PASSWORD", "wrong-canary")
            .run("", "user");
    assertEquals(Exit.UNAUTHORIZED, wrong.exit());
    String text = '"' + "x".repeat(4000) + '"';
    for (int i = 0; i < 40; i++) {
      CliRun submit =
          CliRun.at(address)
              .with("MUTIRAO_TOKEN", token)
              .run("", "submit", "x", "--params", text, "--no-wait");
      assertEquals(Exit.DONE, submit.exit(), submit.err());
    }
    server.signal();
    assertEquals(Exit.DONE, server.exit());

    int files = 0;
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, ISO_8859_1);
        for (String canary : List.of(PASSWORD, token, "wrong-canary")) {
          assertFalse(bytes.contains(canary), file + " has " + canary);
        }
        files += bytes.contains("argon2id") ? 1 : 0;
      }
    }
    assertTrue(files > 0, "the hash is looked for where it is");
    assertFalse(server.err().contains(PASSWORD), server.err());
    assertFalse(made.err().contains(token), made.err());
  }

  @Test
  void passwordsChangeAndUsersGo() throws Exception {
    try (TestServer server = TestServer.start()) {
      makeAdmin(server);
      CliRun weak = admin(server).run("curta\n", "user", "add", "bruno");
      assertEquals(Exit.FAILED, weak.exit());
      assertTrue(weak.err().contains("from 8 to 256"), weak.err());
      assertEquals(Exit.DONE, admin(server).run("andaime-7\n", "user", "add", "bruno").exit());
      CliRun own =
          CliRun.at(server)
              .with("MUTIRAO_PASSWORD", "andaime-7")
              .run("andaime-8\n", "user", "passwd", "--user", "bruno");
      assertEquals(Exit.DONE, own.exit(), own.err());
      CliRun foreign =
          CliRun.at(server)
              .with("MUTIRAO_PASSWORD", "andaime-8")
              .run("andaime-9\n", "user", "passwd", "ana", "--user", "bruno");
      assertEquals(Exit.UNAUTHORIZED, foreign.exit(), foreign.err());
      assertEquals(Exit.DONE, admin(server).run("", "user", "remove", "bruno").exit());
      CliRun last = admin(server).run("", "user", "remove", "ana");
      assertEquals(Exit.FAILED, last.exit());
      assertTrue(last.err().contains("always be an admin"), last.err());
      assertEquals(Exit.USAGE, admin(server).run("", "user", "add").exit());
      assertEquals(Exit.USAGE, admin(server).run("", "user", "add", "eva").exit());
      assertEquals(
          Exit.USAGE, admin(server).run("", "token", "create", "ana", "--expires", "x").exit());
    }
  }

  @Test
  void aPasswordIsTypedTwiceAndNotShown() throws Exception {
    try (TestServer server = TestServer.start()) {
      Seat seat = new Seat();
      CliRun differs = CliRun.at(server).on(seat).start("user", "add", "ana", "--role", "admin");
      seat.awaitLine("New password of ana:").type(PASSWORD + ENTER);
      seat.awaitLine("Once more:").type("something else" + ENTER);
      assertEquals(Exit.FAILED, differs.exit());
      assertTrue(differs.err().contains("The two passwords differ."), differs.err());

      Seat another = new Seat();
      CliRun same = CliRun.at(server).on(another).start("user", "add", "ana", "--role", "admin");
      another.awaitLine("New password of ana:").type(PASSWORD + ENTER);
      another.awaitLine("Once more:").type(PASSWORD + ENTER);
      assertEquals(Exit.DONE, same.exit(), same.err());
      assertFalse(String.join("", another.lines()).contains(PASSWORD), "nobody sees it");
      assertEquals(Exit.DONE, admin(server).run("", "user").exit());
    }
  }

  @Test
  void onOtherAddressesNobodyStartsWithoutUsers() throws Exception {
    CliRun server =
        CliRun.at("127.0.0.1:1").run("", "server", "--memory", "--port", "0", "--bind", "0.0.0.0");
    assertEquals(Exit.USAGE, server.exit());
    assertEquals("", server.out());
    assertTrue(server.err().contains("It does not start"), server.err());
    assertTrue(server.err().contains("--bind 0.0.0.0 --admin NAME"), server.err());
  }

  @Test
  void theServerMakesItsFirstAdmin(@TempDir Path folder) throws Exception {
    String[] command = {
      "server", "--data", folder.toString(), "--port", "0", "--bind", "0.0.0.0", "--admin", "ana"
    };
    CliRun first = CliRun.at("127.0.0.1:1").with("MUTIRAO_ADMIN_PASSWORD", PASSWORD).start(command);
    String address = address(first);
    assertTrue(first.err().contains("The first admin is ana."), first.err());
    assertEquals(Exit.UNAUTHORIZED, CliRun.at(address).run("", "user").exit());
    CliRun list =
        CliRun.at(address)
            .with("MUTIRAO_USER", "ana")
            .with("MUTIRAO_PASSWORD", PASSWORD)
            .run("", "user");
    assertTrue(list.out().startsWith("ana  admin"), list.out() + list.err());
    first.signal();
    assertEquals(Exit.DONE, first.exit());

    CliRun again = CliRun.at("127.0.0.1:1").start(command);
    address(again);
    assertTrue(again.err().contains("There are users already"), again.err());
    again.signal();
    assertEquals(Exit.DONE, again.exit());
  }

  @Test
  void aPasswordIsMadeUpAndShownOnce() throws Exception {
    CliRun server =
        CliRun.at("127.0.0.1:1")
            .start("server", "--memory", "--port", "0", "--bind", "0.0.0.0", "--admin", "ana");
    String address = address(server);
    String password = server.err().replaceAll("(?s).*with the password (\\S+) .*", "$1");
    CliRun list =
        CliRun.at(address)
            .with("MUTIRAO_USER", "ana")
            .with("MUTIRAO_PASSWORD", password)
            .run("", "user");
    assertEquals(Exit.DONE, list.exit(), list.err());
    server.signal();
    assertEquals(Exit.DONE, server.exit());
  }

  @Test
  void insecureIsSaidAloud() throws Exception {
    CliRun server =
        CliRun.at("127.0.0.1:1")
            .start("server", "--memory", "--port", "0", "--bind", "0.0.0.0", "--insecure");
    String address = address(server);
    assertTrue(server.err().contains("WARNING"), server.err());
    assertEquals(Exit.DONE, CliRun.at(address).run("", "user").exit());
    server.signal();
    assertEquals(Exit.DONE, server.exit());
  }

  private static String address(CliRun server) throws Exception {
    server.awaitOut("listening on ").awaitOut("\n");
    String shown = server.out().strip().substring("listening on ".length());
    return shown.replace("0.0.0.0", "127.0.0.1");
  }
}
