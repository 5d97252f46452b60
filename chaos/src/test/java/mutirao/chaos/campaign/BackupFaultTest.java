package mutirao.chaos.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mutirao.chaos.fault.DiskImage;
import mutirao.chaos.fault.ServerProcess;
import mutirao.chaos.fault.Tools;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.TaskRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups of more than one part, and what comes between. Needs root, loop devices and strace. */
@Tag("long")
@Timeout(180)
class BackupFaultTest {
  private static final int FILL_BYTES = 20_000;
  private static final int TASKS = 400;

  /** So much is sent at once, by the server's own choice. */
  private static final long PART_BYTES = 256 * 1024;

  /** Leaves room for the log of all tasks, and not for that much again. */
  private static final String FILL =
      "[ -e filler ] || fallocate -l $(($(stat -f -c '%f * %S' .) - 14000000)) filler";

  @TempDir private Path folder = Path.of("");
  private final List<String> tasks = new ArrayList<>();

  private static MutiraoClient connect(ServerProcess server) {
    return MutiraoClient.connect(ClientOptions.to(server.address()).name("ana").build());
  }

  private void fill(ServerProcess server) throws Exception {
    server.start();
    try (MutiraoClient client = connect(server)) {
      for (int i = 0; i < TASKS; i++) {
        tasks.add(client.submit(TaskRequest.of("later").params(i + "x".repeat(FILL_BYTES))).id());
      }
    }
  }

  private static void assertHasAll(ServerProcess server, List<String> all) throws Exception {
    try (MutiraoClient client = connect(server)) {
      for (String task : all) {
        assertEquals("queued", client.query(task).await().state());
      }
    }
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    return Tools.run(command.toArray(String[]::new));
  }

  private static List<String> mutirao(String... arguments) {
    List<String> command = Servers.program();
    command.addAll(List.of(arguments));
    return command;
  }

  private static List<String> backup(ServerProcess server, Path to) {
    return mutirao("backup", to.toString(), "--server", server.address());
  }

  private List<String> restore(Path from) {
    return mutirao("restore", from.toString(), "--data", folder.resolve("second").toString());
  }

  private static void assertFails(List<String> command, String... words) {
    IOException e = assertThrows(IOException.class, () -> run(command));
    for (String word : words) {
      assertTrue(e.getMessage().contains(word), e.getMessage());
    }
  }

  @Test
  void aBackupInManyPartsHasEverything() throws Exception {
    Path backup = folder.resolve("backup");
    try (ServerProcess server = Servers.onDisk(folder)) {
      fill(server);
      run(backup(server, backup));
    }
    assertTrue(Files.size(backup.resolve("state")) > 10 * PART_BYTES);
    run(restore(backup));
    try (ServerProcess second = Servers.on(folder.resolve("second"), folder)) {
      second.start();
      assertHasAll(second, tasks);
    }
  }

  @Test
  void aBackupForWhichThereIsNoSpaceIsNone() throws Exception {
    try (ServerProcess server = Servers.onDisk(folder)) {
      fill(server);
      DiskImage small = DiskImage.make(folder, 6);
      Path backup = small.root().resolve("backup");

      assertFails(
          small.under(":", backup(server, backup)),
          "ended with 1:",
          "No backup was made: ",
          "No space left on device");
      assertFails(
          small.under(":", restore(backup)),
          "ended with 1:",
          "Nothing was restored: ",
          "holds no finished backup");
      assertHasAll(server, tasks);
    }
  }

  @Test
  void aServerWithoutSpaceForABackupSaysSoAndGoesOn() throws Exception {
    DiskImage disk = DiskImage.make(folder, 64);
    try (ServerProcess server = Servers.onDisk(disk, FILL, folder, "--no-archive")) {
      fill(server);
      Path backup = folder.resolve("backup");

      assertFails(
          backup(server, backup), "ended with 1:", "there is no backup: No space left on device");
      assertFalse(Files.exists(backup));
      try (MutiraoClient client = connect(server)) {
        tasks.add(client.submit(TaskRequest.of("later").params("after")).id());
      }
      assertHasAll(server, tasks);
    }
  }

  @Test
  void aBackupThatWasKilledIsNotRestored() throws Exception {
    Path backup = folder.resolve("backup");
    try (ServerProcess server = Servers.onDisk(folder)) {
      fill(server);
      List<String> killed =
          new ArrayList<>(
              List.of(
                  "strace",
                  "-f",
                  "-o",
                  "/dev/null",
                  "-P",
                  backup.resolve("state.new").toString(),
                  "-e",
                  "trace=write,pwrite64",
                  "-e",
                  "inject=write,pwrite64:signal=KILL:when=5"));
      killed.addAll(backup(server, backup));
      assertThrows(IOException.class, () -> run(killed));
    }
    assertTrue(Files.size(backup.resolve("state.new")) >= PART_BYTES, "something was written");
    assertFails(restore(backup), "Nothing was restored: ", "holds no finished backup");
    assertFalse(Files.exists(folder.resolve("second")));
  }
}
