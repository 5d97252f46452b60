package mutirao.cli.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoException;
import mutirao.client.tls.TlsOptions;
import mutirao.server.ServerConfig;
import mutirao.server.tls.EdgeChoice;
import mutirao.server.tls.TlsChoice;
import mutirao.server.tls.TlsException;
import mutirao.testkit.TestServer;
import mutirao.testkit.WireClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS between clients and a server; SEC-09 is what is refused, and by whom. */
class TlsTest {
  private static final String REGISTER =
      "{\"type\":\"register\",\"name\":\"ana\",\"presence\":false}\n";

  @TempDir private Path folder;
  private Lab lab;

  @BeforeEach
  void makeAuthority() throws IOException {
    lab = Lab.in(folder.resolve("lab")).server("n1").client("ana");
  }

  private static TestServer start(TlsChoice tls) {
    return TestServer.start(ServerConfig.DEFAULT.withEdge(EdgeChoice.DEFAULT.withTls(tls)));
  }

  private static MutiraoClient connect(TestServer server, TlsOptions tls) {
    return MutiraoClient.connect(options(server, tls).build());
  }

  private static ClientOptions.Builder options(TestServer server, TlsOptions tls) {
    return server.options("ana").tls(tls);
  }

  private static String refused(TestServer server, TlsOptions tls) {
    MutiraoException failure =
        assertThrows(MutiraoException.class, () -> connect(server, tls).close());
    assertTrue(failure.definite());
    return failure.code();
  }

  @Test
  void clientsAndWorkersTalkThroughIt() throws Exception {
    try (TestServer server = start(lab.choice("n1"));
        MutiraoClient ana = connect(server, lab.trust());
        var _ =
            mutirao.client.MutiraoWorker.of(server.options("Worker-1").tls(lab.trust()).build())
                .operations(Map.of("length", task -> task.text("text").length()))
                .start()) {
      // Longer than many records of TLS.
      String text = "á".repeat(100_000);
      assertEquals(100_000L, ana.call("length", Map.of("text", text)));
    }
  }

  @Test
  void aClientChecksWhoTheServerIsAndSaysWhatIsWrong() throws Exception {
    Lab others = Lab.in(folder.resolve("others")).server("n1");
    lab.expired("old").server("elsewhere", "elsewhere.test");
    try (TestServer server = start(lab.choice("n1"))) {
      assertEquals(MutiraoException.TLS_UNTRUSTED, refused(server, others.trust()));
      assertEquals(MutiraoException.TLS_UNTRUSTED, refused(server, TlsOptions.ofTheSystem()));
    }
    try (TestServer server = start(lab.choice("old"))) {
      assertEquals(MutiraoException.TLS_EXPIRED, refused(server, lab.trust()));
    }
    try (TestServer server = start(lab.choice("elsewhere"))) {
      assertEquals(MutiraoException.TLS_WRONG_HOST, refused(server, lab.trust()));
    }
    try (TestServer plain = TestServer.start()) {
      assertEquals(MutiraoException.TLS_FAILED, refused(plain, lab.trust()));
    }
    // A client's certificate makes nobody a server.
    try (TestServer server = start(lab.choice("ana"))) {
      assertEquals(MutiraoException.TLS_UNTRUSTED, refused(server, lab.trust()));
    }
  }

  @Test
  void aServerThatWantsCertificatesTakesThoseOfItsAuthorityAlone() throws Exception {
    Lab others = Lab.in(folder.resolve("others")).client("ana");
    TlsOptions foreign = lab.trust().showing(others.file("ana.pem"), others.file("ana-key.pem"));
    try (TestServer server =
        start(lab.choice("n1", TlsChoice.Clients.REQUIRED, TlsChoice.Version.TLS_1_3))) {
      connect(server, lab.as("ana")).close();
      assertEquals(MutiraoException.TLS_REFUSED, refused(server, lab.trust()));
      assertEquals(MutiraoException.TLS_REFUSED, refused(server, foreign));
    }
    try (TestServer server = start(lab.choice("n1"))) {
      connect(server, lab.as("ana")).close();
      connect(server, lab.trust()).close();
      lab.expiredClient("bia");
      assertEquals(MutiraoException.TLS_REFUSED, refused(server, lab.as("bia")));
    }
  }

  @Test
  void whoSpeaksPlainlyIsToldOnceAndLetGo() {
    try (TestServer server = start(lab.choice("n1"));
        WireClient plain = server.wire()) {
      plain.sendRaw((REGISTER + REGISTER).getBytes(UTF_8));
      String line = String.valueOf(plain.receive());
      assertTrue(line.startsWith("{\"type\":\"error\",\"code\":\"malformed\""), line);
      assertTrue(line.contains("TLS"), line);
      assertEquals(null, plain.receive());
    }
  }

  @Test
  void sec09OldVersionsAreRefusedUnlessTheyAreAllowed() throws Exception {
    try (TestServer server = start(lab.choice("n1"))) {
      try (SSLSocket old = lab.bare(server.address().getPort(), "TLSv1.2", null)) {
        SSLException failure = assertThrows(SSLException.class, old::startHandshake);
        assertTrue(failure.getMessage().contains("protocol_version"), failure.getMessage());
      }
      try (SSLSocket newest = lab.bare(server.address().getPort(), "TLSv1.3", null)) {
        newest.startHandshake();
      }
    }
    try (TestServer server =
            start(lab.choice("n1", TlsChoice.Clients.OPTIONAL, TlsChoice.Version.TLS_1_2));
        SSLSocket old = lab.bare(server.address().getPort(), "TLSv1.2", null)) {
      old.startHandshake();
      String suite = old.getSession().getCipherSuite();
      assertTrue(suite.startsWith("TLS_ECDHE_") && !suite.contains("CBC"), suite);
    }
  }

  @Test
  void sec13WhoSaysNothingOrStopsInTheHandshakeIsLetGo() {
    try (TestServer server = start(lab.choice("n1"));
        WireClient silent = server.wire();
        WireClient stuck = server.wire();
        MutiraoClient healthy = connect(server, lab.trust())) {
      // The head of a record of 512 bytes, of which none follows.
      stuck.sendRaw(new byte[] {22, 3, 1, 2, 0});
      healthy.broadcast("estou bem").await();
      server.advance(Duration.ofSeconds(11));
      silent.awaitClose();
      stuck.awaitClose();
      healthy.broadcast("ainda").await();
    }
  }

  @Test
  void aScriptThatEndsItsSideStillGetsAllAnswers() throws Exception {
    try (TestServer server = start(lab.choice("n1"));
        SSLSocket script = lab.bare(server.address().getPort(), "TLSv1.3", null)) {
      OutputStream out = script.getOutputStream();
      out.write((REGISTER + "{\"type\":\"ping\"}\n".repeat(100)).getBytes(UTF_8));
      out.flush();
      script.shutdownOutput();
      BufferedReader in = new BufferedReader(new InputStreamReader(script.getInputStream(), UTF_8));
      assertTrue(in.readLine().startsWith("{\"type\":\"registered\""));
      for (int i = 0; i < 100; i++) {
        assertTrue(in.readLine().startsWith("{\"type\":\"pong\""));
      }
      // An orderly end of TLS, or this throws.
      assertEquals(null, in.readLine());
    }
  }

  @Test
  void manyWhoHearTheSameHearItUnharmed() throws Exception {
    try (TestServer server = start(lab.choice("n1"));
        MutiraoClient ana = connect(server, lab.trust());
        SSLSocket one = lab.bare(server.address().getPort(), "TLSv1.3", null);
        SSLSocket other = lab.bare(server.address().getPort(), "TLSv1.3", null)) {
      BufferedReader[] in = {registered(one, "bia"), registered(other, "caio")};
      for (int i = 0; i < 200; i++) {
        ana.broadcast("m" + i + "x".repeat(i % 50));
      }
      ana.broadcast("last").await();
      for (BufferedReader reader : in) {
        for (int i = 0; i < 200; i++) {
          String line = reader.readLine();
          String text = "\"message\":\"m" + i + "x".repeat(i % 50) + "\"";
          assertTrue(line.startsWith("{\"type\":\"broadcast\"") && line.contains(text), line);
        }
      }
    }
  }

  private static BufferedReader registered(SSLSocket socket, String name) throws IOException {
    socket.getOutputStream().write(REGISTER.replace("ana", name).getBytes(UTF_8));
    BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    assertTrue(in.readLine().startsWith("{\"type\":\"registered\""));
    return in;
  }

  @Test
  void certificatesAreReplacedWhileTheServerRuns() throws Exception {
    lab.server("n2");
    try (TestServer server = start(lab.choice("n1"));
        MutiraoClient ana = connect(server, lab.trust())) {
      String before = shown(server);
      lab.replace("n1", "n2");
      server.advance(Duration.ofSeconds(2));
      String after = shown(server);
      assertTrue(!after.equals(before), after);
      // What cannot be used changes nothing: no certificate, then one with another's key.
      lab.write("n1.pem", "-----BEGIN NONSENSE".getBytes(UTF_8));
      server.advance(Duration.ofSeconds(2));
      assertEquals(after, shown(server));
      lab.write("n1.pem", Files.readAllBytes(lab.file("ana.pem")));
      server.advance(Duration.ofSeconds(2));
      assertEquals(after, shown(server));
      lab.server("n3").replace("n1", "n3");
      server.advance(Duration.ofSeconds(2));
      assertTrue(!shown(server).equals(after));
      // Who was there before is there still.
      ana.broadcast("oi").await();
    }
  }

  /** The serial number of the certificate that a new connection is shown. */
  private String shown(TestServer server) throws Exception {
    try (SSLSocket socket = lab.bare(server.address().getPort(), "TLSv1.3", null)) {
      socket.startHandshake();
      return ((java.security.cert.X509Certificate) socket.getSession().getPeerCertificates()[0])
          .getSerialNumber()
          .toString();
    }
  }

  @Test
  void aServerDoesNotStartWithFilesThatCannotBeUsed() throws Exception {
    lab.server("n2");
    TlsChoice mixed = TlsChoice.of(lab.file("n1.pem"), lab.file("n2-key.pem"), null);
    TlsException failure = assertThrows(TlsException.class, () -> start(mixed).close());
    assertTrue(failure.getMessage().contains("is not the key of"), failure.getMessage());
    TlsChoice gone = TlsChoice.of(lab.file("gone.pem"), lab.file("n2-key.pem"), null);
    failure = assertThrows(TlsException.class, () -> start(gone).close());
    assertTrue(failure.getMessage().contains("there is no file"), failure.getMessage());
  }
}
