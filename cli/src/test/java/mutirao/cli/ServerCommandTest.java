package mutirao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mutirao.cli.fixture.CliRun;
import mutirao.cli.terminal.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCommandTest {
  private static final String LISTENING = "listening on ";

  private static CliRun server(String... arguments) {
    List<String> all = new ArrayList<>(List.of("server", "--port", "0"));
    all.addAll(List.of(arguments));
    return CliRun.at("127.0.0.1:1").start(all.toArray(String[]::new));
  }

  private static String address(CliRun server) throws Exception {
    return server.awaitLine(LISTENING);
  }

  @Test
  void servesUntilItIsToldToStopAndSaysGoodbye() throws Exception {
    CliRun server = server("--memory");
    String address = address(server);
    assertTrue(address.matches("127\\.0\\.0\\.1:\\d+"), address);
    assertEquals(LISTENING + address + "\n", server.out());
    assertEquals("", server.err());
    CliRun ana = CliRun.at(address).start("chat", "ana");
    ana.type("oi").awaitOut("ana: oi");
    server.signal();
    assertEquals(Exit.DONE, server.exit());
    ana.awaitErr("Connection lost; trying again…").endInput();
    ana.exit();
  }

  @Test
  void saysWhereEverythingIsKept(@TempDir Path folder) throws Exception {
    CliRun server = server("--lang", "pt-BR", "--data", folder.resolve("d").toString());
    address(server);
    assertEquals("Tudo é guardado em " + folder.resolve("d") + ".\n", server.err());
    server.signal();
    assertEquals(Exit.DONE, server.exit());
  }

  @Test
  void aFolderThatIsSomethingElseIsAClearError(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("thesis.txt"), "years of work");
    CliRun server =
        CliRun.at("127.0.0.1:1").run("", "server", "--port", "0", "--data", folder.toString());
    assertTrue(server.err().contains("Cannot keep anything: "), server.err());
    assertTrue(server.err().contains("holds no data of this program"), server.err());
    assertEquals(Exit.FAILED, server.exit());
  }

  @Test
  void servesThePageWhereItSays() throws Exception {
    CliRun server = server("--memory", "--web-port", "0");
    address(server);
    String web = server.awaitLine("web on ");
    assertEquals("{\"live\":true}", get(web + "/health/live").body());
    server.signal();
    assertEquals(Exit.DONE, server.exit());
  }

  @Test
  void aTakenWebPortIsAClearErrorWhereItWasAskedFor() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      CliRun server =
          CliRun.at("127.0.0.1:1").run("", "server", "--memory", "--port", "0", "--web-port", port);
      assertTrue(server.err().contains("The page cannot be served on 127.0.0.1: "), server.err());
      assertEquals(Exit.FAILED, server.exit());
    }
  }

  @Test
  void noWebGoesWithNothingOfTheWeb() throws Exception {
    CliRun server =
        CliRun.at("127.0.0.1:1").run("", "server", "--memory", "--no-web", "--browser-workers");
    assertTrue(server.err().contains("--no-web goes with no other option"), server.err());
    assertEquals(Exit.USAGE, server.exit());
  }

  private static HttpResponse<String> get(String address) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(address)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void aTakenPortIsAClearError() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      CliRun server = CliRun.at("127.0.0.1:1").run("", "server", "--memory", "--port", port);
      assertTrue(
          server.err().startsWith("Cannot listen on 127.0.0.1:" + port + ": "), server.err());
      assertEquals("", server.out());
      assertEquals(Exit.FAILED, server.exit());
    }
  }

  @Test
  void aTakenPortForServersIsAClearError(@TempDir Path folder) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String self = "n1=127.0.0.1:" + taken.getLocalPort();
      String data = folder.resolve("d").toString();
      CliRun server =
          CliRun.at("127.0.0.1:1")
              .run("", "server", "--port", "0", "--node", "n1", "--cluster", self, "--data", data);
      assertTrue(server.err().contains(Integer.toString(taken.getLocalPort())), server.err());
      assertEquals("", server.out());
      assertEquals(Exit.FAILED, server.exit());
    }
  }

  @Test
  void aWrongGroupToJoinIsNoticedBeforeAnythingIsStarted(@TempDir Path folder) throws Exception {
    Path data = folder.resolve("d");
    CliRun server =
        CliRun.at("127.0.0.1:1")
            .run(
                "",
                "server",
                "--port",
                "0",
                "--node",
                "n4",
                "--cluster",
                "n4=127.0.0.1:1",
                "--join",
                "nonsense:port",
                "--data",
                data.toString());
    assertTrue(server.err().contains("nonsense:port"), server.err());
    assertEquals(Exit.USAGE, server.exit());
    assertFalse(Files.exists(data));
  }

  /** An address of RFC 5737 that no machine has: it warns, and then cannot listen there. */
  @Test
  void warnsLoudlyWhereOthersCouldReachIt() throws Exception {
    CliRun server =
        CliRun.at("127.0.0.1:1")
            .run("", "server", "--memory", "--bind", "192.0.2.1", "--port", "0", "--insecure");
    assertTrue(server.err().contains("WARNING: whoever reaches 192.0.2.1"), server.err());
    assertEquals(Exit.FAILED, server.exit());
  }

  @Test
  void limitsAreHandedOn() throws Exception {
    CliRun server = server("--memory", "--max-frame", "2KiB", "--resume-window", "1s");
    CliRun run =
        CliRun.at(address(server)).run("x".repeat(3000), "submit", "count_chars", "--params", "-");
    assertEquals("this is larger than one frame may be; nothing was sent\n", run.err());
    assertEquals(Exit.FAILED, run.exit());
    server.signal();
    assertEquals(Exit.DONE, server.exit());
  }

  @Test
  void wrongUsageIsExplained() throws Exception {
    assertUsage("port must be between 0 and 65535", "--port", "70000");
    assertUsage("'maybe' is no value for --sync", "--sync", "maybe");
    assertUsage("exclude each other", "--memory", "--data", "x");
    assertUsage("'lots' is no value for --max-frame", "--max-frame", "lots");
    assertUsage("max-frame must be between", "--max-frame", "1");
  }

  private static void assertUsage(String explanation, String... arguments) throws Exception {
    String[] all = new String[arguments.length + 1];
    all[0] = "server";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    CliRun server = CliRun.at("127.0.0.1:1").run("", all);
    assertTrue(server.err().contains(explanation), server.err());
    assertEquals(Exit.USAGE, server.exit());
  }
}
