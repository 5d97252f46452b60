package mutirao.cli.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import mutirao.cli.fixture.CliRun;
import mutirao.cli.terminal.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS as people who type commands meet it. */
class TlsCommandsTest {
  private static final String LISTENING = "listening on ";

  @TempDir private Path folder;

  private static CliRun serverOf(Lab lab, String... more) {
    String[] all = new String[more.length + 8];
    String[] first = {
      "server",
      "--memory",
      "--port",
      "0",
      "--tls-cert",
      lab.file("n1.pem").toString(),
      "--tls-key",
      lab.file("n1-key.pem").toString()
    };
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return CliRun.at("127.0.0.1:1").start(all);
  }

  private static String address(CliRun server) throws Exception {
    server.awaitOut(LISTENING).awaitOut("\n");
    return server.out().strip().substring(LISTENING.length());
  }

  @Test
  void aServerAndItsClientsByOptionsAndByEnvironment() throws Exception {
    Lab lab = Lab.in(folder.resolve("lab")).server("n1").client("ana");
    String authorities = lab.authorities().toString();
    CliRun server = serverOf(lab, "--tls-ca", authorities, "--tls-client", "required");
    String address = address(server);
    CliRun submitted =
        CliRun.at(address)
            .run(
                "",
                "submit",
                "x",
                "--no-wait",
                "--tls-ca",
                authorities,
                "--tls-cert",
                lab.file("ana.pem").toString(),
                "--tls-key",
                lab.file("ana-key.pem").toString());
    assertEquals("", submitted.err());
    assertEquals(Exit.DONE, submitted.exit());
    CliRun chat =
        CliRun.at(address)
            .with("MUTIRAO_TLS_CA", authorities)
            .with("MUTIRAO_TLS_CERT", lab.file("ana.pem").toString())
            .with("MUTIRAO_TLS_KEY", lab.file("ana-key.pem").toString())
            .run("oi\n/quit\n", "chat", "ana");
    assertTrue(chat.out().contains("ana: oi"), chat.out());
    assertEquals(Exit.DONE, chat.exit());
    CliRun nobody = CliRun.at(address).run("", "submit", "x", "--no-wait", "--tls-ca", authorities);
    assertTrue(nobody.err().contains("wants a certificate"), nobody.err());
    assertEquals(Exit.UNREACHABLE, nobody.exit());
    CliRun plain = CliRun.at(address).run("", "submit", "x", "--no-wait");
    assertTrue(plain.err().contains("--tls"), plain.err());
    assertEquals(Exit.FAILED, plain.exit());
    server.signal();
    assertEquals(Exit.DONE, server.exit());
  }

  @Test
  void whoIsNotTrustedIsNamedInTheLanguageOfTheUser() throws Exception {
    Lab lab = Lab.in(folder.resolve("lab")).server("n1");
    Lab others = Lab.in(folder.resolve("others"));
    CliRun server = serverOf(lab);
    CliRun run =
        CliRun.at(address(server))
            .run(
                "", "tasks", "ana", "--lang", "pt-BR", "--tls-ca", others.authorities().toString());
    assertTrue(run.err().contains("não foi assinado por ninguém em quem você confia"), run.err());
    assertEquals(Exit.UNREACHABLE, run.exit());
    server.signal();
    server.exit();
  }

  @Test
  void whatDoesNotFitTogetherIsWrongUsage() throws Exception {
    Lab lab = Lab.in(folder.resolve("lab")).server("n1");
    String certificate = lab.file("n1.pem").toString();
    assertUsage("go together", "server", "--memory", "--tls-cert", certificate);
    assertUsage("need tls-cert", "server", "--memory", "--tls-ca", certificate);
    assertUsage("no value for --tls-min", "server", "--memory", "--tls-min", "1.1");
    assertUsage("go together", "submit", "x", "--tls-cert", certificate);
    assertUsage("there is no file", "submit", "x", "--tls-ca", folder.resolve("gone").toString());
    assertUsage(
        "needs tls-ca",
        "server",
        "--data",
        folder.resolve("data").toString(),
        "--node",
        "n1",
        "--cluster",
        "n1=127.0.0.1:1",
        "--tls-cert",
        certificate,
        "--tls-key",
        lab.file("n1-key.pem").toString());
    CliRun server =
        CliRun.at("nowhere")
            .run(
                "",
                "server",
                "--memory",
                "--tls-cert",
                certificate,
                "--tls-key",
                lab.file("ca-key.pem").toString());
    assertTrue(server.err().contains("No TLS with these files"), server.err());
    assertEquals(Exit.FAILED, server.exit());
  }

  private static void assertUsage(String explanation, String... arguments) throws Exception {
    CliRun run = CliRun.at("127.0.0.1:1").run("", arguments);
    assertTrue(run.err().contains(explanation), run.err());
    assertEquals(Exit.USAGE, run.exit());
  }
}
