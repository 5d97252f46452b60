package mutirao.cli.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import mutirao.cli.fixture.CliRun;
import mutirao.cli.terminal.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SEC-08: secrets, and what people said, are for their owner alone. */
class SecretsTest {
  private static final String PASSWORD = "canario-2026";

  @TempDir private Path folder;

  private static String mode(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static CliRun admin(String address) {
    return CliRun.at(address).with("MUTIRAO_USER", "ana").with("MUTIRAO_PASSWORD", PASSWORD);
  }

  @Test
  void sec08DataAndBackupsAreForTheirOwnerAlone() throws Exception {
    Path data = folder.resolve("var/data");
    Path backup = folder.resolve("backup");
    CliRun server =
        CliRun.at("127.0.0.1:1")
            .with("MUTIRAO_ADMIN_PASSWORD", PASSWORD)
            .start("server", "--data", data.toString(), "--port", "0", "--admin", "ana");
    String address = address(server);
    assertEquals(Exit.DONE, admin(address).run("", "backup", backup.toString()).exit());
    server.signal();
    assertEquals(Exit.DONE, server.exit());
    assertEquals("rwx------", mode(data));
    assertEquals("rwx------", mode(backup));
    CliRun restored =
        CliRun.at("127.0.0.1:1")
            .run("", "restore", backup.toString(), "--data", folder.resolve("second").toString());
    assertEquals(Exit.DONE, restored.exit(), restored.err());
    assertEquals("rwx------", mode(folder.resolve("second")));
  }

  @Test
  void sec08NothingThatIsShownHoldsASecret() throws Exception {
    CliRun server =
        CliRun.at("127.0.0.1:1")
            .with("MUTIRAO_ADMIN_PASSWORD", PASSWORD)
            .start("server", "--memory", "--port", "0", "--admin", "ana");
    String address = address(server);
    String token = admin(address).run("", "token", "create", "ana").out().strip();
    assertTrue(token.startsWith("mut_"), token);
    CliRun wrong =
        CliRun.at(address)
            .with("MUTIRAO_USER", "errado-2026")
            .with("MUTIRAO_PASSWORD", "errado-2027")
            .run("", "user");
    assertEquals(Exit.UNAUTHORIZED, wrong.exit());
    StringBuilder shown = new StringBuilder(wrong.out()).append(wrong.err());
    for (String[] command :
        new String[][] {{"audit"}, {"audit", "--json"}, {"user", "list", "--json"}, {"token"}}) {
      CliRun run = CliRun.at(address).with("MUTIRAO_TOKEN", token).run("", command);
      assertEquals(Exit.DONE, run.exit(), run.err());
      shown.append(run.out()).append(run.err());
    }
    assertTrue(shown.toString().contains("login_failed"), shown.toString());
    Thread.getAllStackTraces().keySet().forEach(thread -> shown.append(thread.getName()));
    server.signal();
    assertEquals(Exit.DONE, server.exit());
    shown.append(server.out()).append(server.err());
    for (String secret : new String[] {PASSWORD, token, "errado-2026", "errado-2027"}) {
      assertFalse(shown.toString().contains(secret), secret + " is shown: " + shown);
    }
  }

  private static String address(CliRun server) throws Exception {
    server.awaitOut("listening on ").awaitOut("\n");
    return server.out().strip().substring("listening on ".length());
  }
}
