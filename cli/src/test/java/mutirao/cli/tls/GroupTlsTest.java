package mutirao.cli.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import mutirao.cli.fixture.Ports;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoWorker;
import mutirao.protocol.ServerFrame;
import mutirao.server.ArchiveChoice;
import mutirao.server.Chance;
import mutirao.server.Clock;
import mutirao.server.Server;
import mutirao.server.ServerConfig;
import mutirao.server.Storage;
import mutirao.server.cluster.ClusterChoice;
import mutirao.server.cluster.ClusterMember;
import mutirao.server.tls.EdgeChoice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers of a group that know one another by their certificates; SEC-10 is who is not let in. */
class GroupTlsTest {
  private static final Clock CLOCK = Clock.system();
  private static final long PATIENCE_SECONDS = 60;

  @TempDir private Path folder;
  private final List<ClusterMember> members = Ports.members(3);
  private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
  private final AtomicLong aheadMs = new AtomicLong();

  private Server start(Lab lab, String node) throws Exception {
    Storage storage =
        new Storage(
            folder.resolve(node),
            Storage.Sync.NONE,
            Storage.DEFAULT_SNAPSHOT_BYTES,
            (ArchiveChoice) null,
            new ClusterChoice(members, false));
    ServerConfig config =
        ServerConfig.DEFAULT
            .withAddress("127.0.0.1", 0)
            .withNode(node)
            .withStorage(storage)
            .withEdge(EdgeChoice.DEFAULT.withTls(lab.choice(node)));
    return Server.start(config, () -> CLOCK.nowMs() + aheadMs.get(), Chance.secure(), fault::set);
  }

  private static Future<Server> atOnce(Callable<Server> starting) {
    FutureTask<Server> task = new FutureTask<>(starting);
    Thread.ofVirtual().start(task);
    return task;
  }

  private static ClientOptions.Builder to(Server server, Lab lab, String name) {
    return ClientOptions.to("127.0.0.1", server.address().getPort()).name(name).tls(lab.trust());
  }

  private static String serial(SSLSocket socket) throws Exception {
    X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
    return shown.getSerialNumber().toString();
  }

  /** Whether the port between servers begins to speak HTTP/2, as it does to whom it lets in. */
  private static boolean letsIn(Lab lab, int port, String version, @Nullable String name)
      throws Exception {
    try (SSLSocket stranger = lab.bare(port, version, name)) {
      SSLParameters parameters = stranger.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      stranger.setSSLParameters(parameters);
      stranger.startHandshake();
      // In TLS 1.3 a server looks at the certificate when its client thinks that all is done.
      return stranger.getInputStream().read() >= 0;
    } catch (SSLException | SocketException e) {
      return false;
    }
  }

  /** Servers say that they have started before they agree on a leader. */
  private static void awaitLeader(Server server) throws Exception {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    ServerFrame.ClusterState seen = null;
    while (seen == null || seen.leader() == null) {
      assertTrue(System.nanoTime() < endNs, "nobody leads");
      seen = server.inside().cluster().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Test
  void threeServersAreOneSystemOverTlsAndSec10NobodyElseGetsIn() throws Exception {
    Lab lab = Lab.in(folder.resolve("lab")).server("n1").server("n2").server("n3").client("ana");
    lab.server("next");
    // At once: whoever starts alone waits for the others.
    Future<Server> one = atOnce(() -> start(lab, "n1"));
    Future<Server> two = atOnce(() -> start(lab, "n2"));
    Future<Server> three = atOnce(() -> start(lab, "n3"));
    try (Server first = one.get();
        Server second = two.get();
        Server third = three.get()) {
      for (Server server : List.of(first, second, third)) {
        awaitLeader(server);
      }
      assertOneSystem(lab, first, second, third);
    }
    assertEquals(null, fault.get());
  }

  private void assertOneSystem(Lab lab, Server first, Server second, Server third)
      throws Exception {
    int port = members.getFirst().port();
    try (MutiraoWorker _ =
            MutiraoWorker.of(to(second, lab, "Worker-1").build()).builtInOperations().start();
        MutiraoClient ana = MutiraoClient.connect(to(first, lab, "ana").build());
        MutiraoClient bia = MutiraoClient.connect(to(third, lab, "bia").build())) {
      assertEquals("100", String.valueOf(ana.call("sum", Map.of("numbers", List.of(40, 60)))));
      assertTrue(letsIn(lab, port, "TLSv1.3", "n2"));
      assertFalse(letsIn(lab, port, "TLSv1.3", null));
      assertFalse(letsIn(lab, port, "TLSv1.3", "ana"));
      assertFalse(letsIn(lab, port, "TLSv1.2", "n2"));
      try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
        plain.setSoTimeout(20_000);
        plain.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
        assertNoHttp2(plain);
      }
      String shown = shownTo(lab, port);
      lab.replace("n1", "next");
      aheadMs.set(2000);
      assertNotEquals(shown, shownTo(lab, port), "new connections between servers get it too");
      assertEquals("7", String.valueOf(bia.call("sum", Map.of("numbers", List.of(3, 4)))));
    }
  }

  /** Settings of HTTP/2, the first frame of every server, have type 4 in their fourth byte. */
  private static void assertNoHttp2(Socket plain) throws IOException {
    byte[] answer = plain.getInputStream().readNBytes(4);
    assertTrue(answer.length < 4 || answer[3] != 4, "it spoke HTTP/2 without TLS");
  }

  private static String shownTo(Lab lab, int port) throws Exception {
    try (SSLSocket peer = lab.bare(port, "TLSv1.3", "n2")) {
      peer.startHandshake();
      return serial(peer);
    }
  }
}
