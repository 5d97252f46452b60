package mutirao.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher lets the JVM note for faster starts never costs a start a word. */
@Tag("long")
@Timeout(120)
class LauncherTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final String WITHOUT = "false\n";
  private static final String WITH = "true\n";

  /** Stands for the program: tells whether it was started with notes. */
  private static final String PROGRAM =
      """
      package mutirao.cli;
      public class Rehearsal {
        public static void main(String[] arguments) {
          System.out.println(ProcessHandle.current().info().commandLine().orElse("")
              .contains("AOTCache="));
        }
      }
      """;

  @TempDir private Path root;
  private Path target;
  private Path jar;
  private Path notes;
  private WatchService changes;

  @BeforeEach
  void projectOfOneClass() throws Exception {
    target = Files.createDirectories(root.resolve("cli").resolve("target"));
    jar = target.resolve("mutirao.jar");
    notes = target.resolve("mutirao.aot");
    Files.createDirectory(root.resolve(".mvn"));
    Files.copy(PROJECT.resolve("mutirao"), root.resolve("mutirao"));
    Path jdk = Path.of(".mvn", "find-jdk.sh");
    Files.copy(PROJECT.resolve(jdk), root.resolve(jdk));
    Path pom = Files.writeString(root.resolve("pom.xml"), "");
    Files.setLastModifiedTime(pom, FileTime.from(Instant.EPOCH));
    writeJar();
    changes = target.getFileSystem().newWatchService();
    target.register(
        changes, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
  }

  @AfterEach
  void watchNoMore() throws IOException {
    changes.close();
  }

  private void writeJar() throws IOException {
    Path source = Files.writeString(root.resolve("Rehearsal.java"), PROGRAM);
    ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, "-d", target.toString(), source.toString());
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "mutirao.cli.Rehearsal");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.putNextEntry(new JarEntry("mutirao/cli/Rehearsal.class"));
      out.write(Files.readAllBytes(target.resolve("mutirao/cli/Rehearsal.class")));
    }
  }

  @Test
  void notesAreTakenBehindTheFirstStartAndUsedFromThenOn() throws Exception {
    assertEquals(WITHOUT, run());
    awaitNotes();
    assertEquals(WITH, run());
  }

  @Test
  void damagedNotesAreNoConcernOfAnybodys() throws Exception {
    run();
    awaitNotes();
    byte[] whole = Files.readAllBytes(notes);
    Files.write(notes, List.of("not what the JVM expects"));
    assertEquals(WITH, run());
    Files.write(notes, Arrays.copyOf(whole, whole.length / 2));
    assertEquals(WITH, run());
  }

  @Test
  void anotherJarGetsNotesOfItsOwn() throws Exception {
    run();
    awaitNotes();
    String first = Files.readString(key());
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(60)));
    assertEquals(WITHOUT, run());
    awaitNotesOtherThan(first);
    assertEquals(WITH, run());
  }

  @Test
  void whileSomebodyElseTakesNotesItStartsWithout() throws Exception {
    Path holder = Path.of(Long.toString(ProcessHandle.current().pid()));
    Files.createSymbolicLink(target.resolve("mutirao.aot.lock"), holder);
    assertEquals(WITHOUT, run());
    assertEquals(WITHOUT, run());
  }

  @Test
  void whatAKilledRehearsalLeftIsClearedAway() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.createSymbolicLink(
        target.resolve("mutirao.aot.lock"), Path.of(Long.toString(gone.pid())));
    Path left = Files.writeString(target.resolve("mutirao.aot.new." + gone.pid()), "half");
    assertEquals(WITHOUT, run());
    awaitNotes();
    assertFalse(Files.exists(left));
  }

  @Test
  void whoChoosesTheirOwnNotesIsLeftAlone() throws Exception {
    run();
    awaitNotes();
    assertEquals(WITHOUT, run("-Xshare:auto"));
  }

  private Path key() {
    return target.resolve("mutirao.aot.key");
  }

  private void awaitNotes() throws IOException, InterruptedException {
    awaitNotesOtherThan("");
  }

  private void awaitNotesOtherThan(String old) throws IOException, InterruptedException {
    while (!Files.exists(key()) || List.of("", old).contains(Files.readString(key()))) {
      WatchKey change = changes.take();
      change.pollEvents();
      change.reset();
    }
  }

  /** What it prints; on standard error nothing may appear. */
  private String run(String... options) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(root.resolve("mutirao").toString(), "server");
    builder.environment().put("MUTIRAO_JAVA_OPTS", String.join(" ", options));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.redirectErrorStream(true);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }
}
