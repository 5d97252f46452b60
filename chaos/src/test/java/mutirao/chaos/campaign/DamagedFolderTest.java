package mutirao.chaos.campaign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import mutirao.chaos.fault.ServerProcess;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.TaskRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A folder that rotted while its server was down: refused with words, and left as it is. */
@Tag("long")
@Timeout(180)
class DamagedFolderTest {
  private static final int FILL_BYTES = 20_000;
  private static final int TASKS = 30;

  @TempDir private Path folder = Path.of("");
  private final List<String> tasks = new ArrayList<>();
  private ServerProcess server;

  @BeforeEach
  void liveUntilThereAreTwoSnapshots() throws Exception {
    server = Servers.onDisk(folder, "--snapshot-every", "64KiB");
    try (MutiraoClient client = connect(server.start())) {
      while (files("snapshot.").size() < 2) {
        for (int i = 0; i < TASKS; i++) {
          TaskRequest task = TaskRequest.of("later").params("x".repeat(FILL_BYTES));
          tasks.add(client.submit(task).id());
        }
      }
    }
    server.kill();
  }

  @AfterEach
  void end() throws Exception {
    server.close();
  }

  private static MutiraoClient connect(String address) {
    return MutiraoClient.connect(ClientOptions.to(address).name("ana").build());
  }

  @Test
  void aFlippedBitOfTheLogIsRefused() throws Exception {
    Path segment = files("log_").getLast();
    byte[] whole = Files.readAllBytes(segment);
    byte[] flipped = whole.clone();
    flipped[1000] ^= 4;
    refuses(segment, flipped, "is damaged after entry");
    startsWith(segment, whole);
  }

  @Test
  void aCutLogIsRefused() throws Exception {
    Path segment = files("log_").getLast();
    byte[] whole = Files.readAllBytes(segment);
    refuses(segment, Arrays.copyOf(whole, FILL_BYTES), "had been acknowledged");
    startsWith(segment, whole);
  }

  @Test
  void aDamagedSnapshotIsReplacedByAnOlderOneAndTwoAreRefused() throws Exception {
    List<Path> snapshots = files("snapshot.");
    Path older = snapshots.getFirst();
    byte[] whole = Files.readAllBytes(older);
    for (Path snapshot : snapshots) {
      byte[] flipped = Files.readAllBytes(snapshot);
      flipped[flipped.length / 2] ^= 1;
      Files.write(snapshot, flipped);
    }
    refuses(older, Files.readAllBytes(older), "no snapshot");
    startsWith(older, whole);
  }

  private void refuses(Path file, byte[] content, String words) throws IOException {
    Files.write(file, content);
    IOException e = assertThrows(IOException.class, server::start);
    assertTrue(e.getMessage().contains("ended with 1;"), e.getMessage());
    assertTrue(e.getMessage().contains(words), e.getMessage());
    assertTrue(e.getMessage().contains("restore it from a backup"), e.getMessage());
    assertArrayEquals(content, Files.readAllBytes(file));
  }

  private void startsWith(Path file, byte[] content) throws Exception {
    Files.write(file, content);
    try (MutiraoClient client = connect(server.start())) {
      for (String task : tasks) {
        assertEquals("queued", client.query(task).await().state());
      }
    }
  }

  /** Files of the log, by what their names begin with, oldest first. */
  private List<Path> files(String beginning) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(beginning))
          .filter(file -> !file.toString().endsWith(".md5"))
          .filter(file -> !file.toString().endsWith(".tmp"))
          .sorted(Comparator.comparingLong(DamagedFolderTest::number))
          .toList();
    }
  }

  private static long number(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(
        name.substring(Math.max(name.lastIndexOf('_'), name.lastIndexOf('.')) + 1));
  }
}
