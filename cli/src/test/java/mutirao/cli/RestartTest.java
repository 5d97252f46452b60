package mutirao.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mutirao.cli.terminal.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real servers, killed as by {@code kill -9} and started again over the same folder. */
class RestartTest {
  private static final Pattern TASK = Pattern.compile("\"task\":\"([^\"]+)\"");
  private static final Pattern SECRET = Pattern.compile("\"resume\":\"([^\"]+)\"");

  @TempDir private Path folder;

  /** The second time also what was written behind what had survived the first. */
  @Test
  void whatWasAcknowledgedIsThereAfterKillNine() throws Exception {
    List<String> tasks = new ArrayList<>();
    for (int starts = 0; starts < 3; starts++) {
      try (Running server = new Running();
          Line ana = new Line(server.address)) {
        ana.register("ana");
        assertAllIsThere(ana, tasks);
        for (int i = 0; i < 40; i++) {
          int said = tasks.size();
          ana.send(
              "{\"type\":\"submit\",\"ref\":%d,\"operation\":\"sum\",\"params\":[]}".formatted(i));
          tasks.add(found(TASK, ana.await("\"accepted\"")));
          ana.send("{\"type\":\"broadcast\",\"ref\":%d,\"message\":\"n%d\"}".formatted(i, said));
          ana.await("\"message\":\"n" + said + "\"");
        }
        server.process.destroyForcibly().waitFor();
      }
    }
  }

  /** Each task, and the message that was sent with it. */
  private static void assertAllIsThere(Line ana, List<String> tasks) throws IOException {
    for (String task : tasks) {
      ana.send("{\"type\":\"query\",\"task\":\"%s\"}".formatted(task));
      String state = ana.await("\"task_state\"");
      assertTrue(state.contains("\"state\":\"queued\""), state);
    }
    ana.send("{\"type\":\"history\",\"room\":\"lobby\",\"limit\":1000}");
    String history = ana.await("\"history\"");
    ana.send("{\"type\":\"search\",\"words\":\"n*\",\"limit\":1000}");
    String found = ana.await("\"found\"");
    for (int i = 0; i < tasks.size(); i++) {
      assertTrue(history.contains("\"message\":\"n" + i + "\""), "n" + i + " is gone");
      assertTrue(found.contains("\"message\":\"n" + i + "\""), "n" + i + " is not found");
    }
    assertTrue(found.endsWith("\"gaps\":[]}"), found);
  }

  @Test
  void aSessionIsTakenUpAgainAfterARestart() throws Exception {
    String secret;
    try (Running server = new Running();
        Line ana = new Line(server.address)) {
      secret = found(SECRET, ana.register("ana"));
      server.process.destroy();
      assertEquals(Exit.DONE, server.process.waitFor());
    }
    try (Running server = new Running();
        Line bruno = new Line(server.address);
        Line ana = new Line(server.address)) {
      bruno.register("bruno");
      bruno.send("{\"type\":\"direct\",\"ref\":1,\"target\":\"ana\",\"message\":\"still there?\"}");
      bruno.await("\"delivered\"");
      ana.send("{\"type\":\"register\",\"resume\":\"%s\",\"seen\":{}}".formatted(secret));
      ana.await("still there?");
    }
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertTrue(matcher.find(), text);
    return matcher.group(1);
  }

  private final class Running implements AutoCloseable {
    private final Process process;
    private final String address;

    Running() throws IOException {
      process = ProcessTest.start("server", "--no-web", "--port", "0", "--data", folder.toString());
      BufferedReader out = process.inputReader(UTF_8);
      String line = out.readLine();
      assertTrue(
          line != null && line.startsWith("listening on "),
          () -> line + " " + new String(errors(), UTF_8));
      address = line.substring("listening on ".length());
    }

    private byte[] errors() {
      try {
        return process.getErrorStream().readAllBytes();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private static final class Line implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;
    private final Socket socket;
    private final BufferedReader in;

    Line(String address) throws IOException {
      int colon = address.lastIndexOf(':');
      socket =
          new Socket(
              InetAddress.getLoopbackAddress(), Integer.parseInt(address.substring(colon + 1)));
      socket.setSoTimeout(PATIENCE_MS);
      in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    String register(String name) throws IOException {
      send("{\"type\":\"register\",\"name\":\"%s\",\"presence\":false}".formatted(name));
      return await("\"registered\"");
    }

    void send(String frame) throws IOException {
      socket.getOutputStream().write((frame + "\n").getBytes(UTF_8));
    }

    String await(String text) throws IOException {
      String line = in.readLine();
      while (line != null && !line.contains(text)) {
        assertTrue(!line.contains("\"type\":\"error\""), line);
        line = in.readLine();
      }
      assertTrue(line != null, "the line ended before " + text);
      return line;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
