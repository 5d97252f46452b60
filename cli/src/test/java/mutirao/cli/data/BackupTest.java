package mutirao.cli.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mutirao.cli.fixture.CliRun;
import mutirao.cli.terminal.Exit;
import mutirao.server.ServerConfig;
import mutirao.server.Storage;
import mutirao.testkit.TestServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup of a server that runs, and the server that is made from it. */
class BackupTest {
  @TempDir private Path folder;

  private TestServer server(String data) {
    return TestServer.start(
        ServerConfig.DEFAULT.withStorage(new Storage(folder.resolve(data), Storage.Sync.NONE)));
  }

  private CliRun backup(TestServer server, String to) throws Exception {
    return CliRun.at(server).run("", "backup", folder.resolve(to).toString());
  }

  private CliRun restore(String from, String data) throws Exception {
    return CliRun.at("127.0.0.1:1")
        .run(
            "",
            "restore",
            folder.resolve(from).toString(),
            "--data",
            folder.resolve(data).toString());
  }

  private static CliRun submit(TestServer server, String key) throws Exception {
    return CliRun.at(server)
        .run("", "submit", "sum", "10", "20", "--no-wait", "--name", "ana", "--key", key);
  }

  @Test
  @Tag("long")
  void everythingIsThereAfterARestore() throws Exception {
    String waiting;
    try (TestServer first = server("first")) {
      CliRun worker = CliRun.at(first).start("worker", "w");
      worker.awaitOut("w");
      CliRun done =
          CliRun.at(first).run("", "submit", "sum", "10", "20", "--name", "ana", "--key", "done");
      assertEquals("30\n", done.out(), done.err());
      worker.signal();
      worker.exit();
      waiting = submit(first, "waiting").out();
      CliRun.at(first).run("before\n", "chat", "bruno");

      CliRun backup = backup(first, "backup");
      assertEquals(Exit.DONE, backup.exit(), backup.err());
      assertTrue(backup.out().contains(folder.resolve("backup").toString()), backup.out());
      CliRun.at(first).run("after\n", "chat", "bruno");
    }
    CliRun restore = restore("backup", "second");
    assertEquals(Exit.DONE, restore.exit(), restore.err());
    assertTrue(restore.out().contains("mutirao server --data "), restore.out());
    try (TestServer second = server("second")) {
      CliRun known =
          CliRun.at(second).run("", "submit", "sum", "10", "20", "--name", "ana", "--key", "done");
      assertEquals("30\n", known.out(), known.err());
      assertEquals(waiting, submit(second, "waiting").out());
      CliRun bruno = CliRun.at(second).run("/history\n", "chat", "bruno");
      assertTrue(bruno.out().contains("before"), bruno.out());
      assertFalse(bruno.out().contains("after"), bruno.out());
    }
  }

  @Test
  void aServerThatKeepsNothingSaysSo() throws Exception {
    try (TestServer server = TestServer.start()) {
      CliRun backup = backup(server, "backup");

      assertEquals(Exit.FAILED, backup.exit());
      assertTrue(backup.err().contains("--memory"), backup.err());
      assertFalse(Files.exists(folder.resolve("backup")));
    }
  }

  @Test
  void nothingIsOverwritten() throws Exception {
    try (TestServer server = server("data")) {
      assertEquals(Exit.DONE, backup(server, "backup").exit());
      byte[] before = Files.readAllBytes(folder.resolve("backup/state"));

      CliRun again = backup(server, "backup");
      assertEquals(Exit.FAILED, again.exit());
      assertTrue(again.err().contains("is not empty"), again.err());
      assertEquals(List.of("mutirao-backup", "state"), names("backup"));
      assertEquals(before.length, Files.size(folder.resolve("backup/state")));

      CliRun inUse = restore("backup", "data");
      assertEquals(Exit.FAILED, inUse.exit());
      assertTrue(inUse.err().contains("is not empty"), inUse.err());
    }
  }

  @Test
  void aBackupThatIsNotWholeIsNotRestored() throws Exception {
    try (TestServer server = server("data")) {
      assertEquals(Exit.DONE, backup(server, "backup").exit());
    }
    Path state = folder.resolve("backup/state");
    byte[] bytes = Files.readAllBytes(state);
    bytes[bytes.length / 2] ^= 1;
    Files.write(state, bytes);
    assertRefused("is missing or damaged");

    Files.delete(state);
    assertRefused("is missing or damaged");

    Path about = folder.resolve("backup/mutirao-backup");
    Files.writeString(about, Files.readString(about, UTF_8).replace("version 1", "version 2"));
    assertRefused("another version");

    Files.delete(about);
    assertRefused("no finished backup");
  }

  private void assertRefused(String why) throws Exception {
    CliRun restore = restore("backup", "new");
    assertEquals(Exit.FAILED, restore.exit());
    assertTrue(restore.err().startsWith("Nothing was restored: "), restore.err());
    assertTrue(restore.err().contains(why), restore.err());
    assertFalse(Files.exists(folder.resolve("new")), "nothing was touched");
  }

  private List<String> names(String in) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(in))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
