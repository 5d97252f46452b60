package mutirao.server.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import mutirao.core.Machine;
import mutirao.core.log.MemoryLog;
import mutirao.server.Chance;
import mutirao.server.Clock;
import mutirao.server.ServerConfig;
import mutirao.server.tcp.Loop;
import mutirao.server.tcp.TcpEdge;
import mutirao.server.tls.Credentials;
import mutirao.server.tls.TlsChoice;
import mutirao.tls.Managers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gateway learns of who a connection is by its certificate. */
class CertificateNameTest {
  private static final ServerConfig CONFIG = ServerConfig.DEFAULT.withAddress("127.0.0.1", 0);
  private static final char[] PASSWORD = "not a secret".toCharArray();

  @TempDir private Path folder;

  /** A certificate that is its own authority, by the JDK's own tool. */
  private void make(String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process made =
        new ProcessBuilder(
                tool.toString(),
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name + ",O=Obras",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    made.getInputStream().readAllBytes();
    assertEquals(0, made.waitFor());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    pem(name + ".pem", "CERTIFICATE", keys.getCertificate("own").getEncoded());
    pem(name + "-key.pem", "PRIVATE KEY", keys.getKey("own", PASSWORD).getEncoded());
  }

  private void pem(String file, String label, byte[] encoded) throws IOException {
    String text = Base64.getMimeEncoder().encodeToString(encoded);
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
  }

  private SSLSocket connect(TcpEdge tcp, @Nullable String as)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        as == null
            ? null
            : new KeyManager[] {
              Managers.keys(folder.resolve(as + ".pem"), folder.resolve(as + "-key.pem"))
            },
        new TrustManager[] {Managers.trust(folder.resolve("server.pem"))},
        null);
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", tcp.address().getPort());
    socket.getOutputStream().write("{\"type\":\"ping\"}\n".getBytes(US_ASCII));
    // The answer: by then the handshake is over on both sides.
    socket.getInputStream().read();
    return socket;
  }

  @Test
  void itIsTheCommonNameOfTheClientsCertificate() throws Exception {
    make("server");
    make("ana");
    Clock clock = Clock.system();
    TlsChoice choice =
        TlsChoice.of(
            folder.resolve("server.pem"),
            folder.resolve("server-key.pem"),
            folder.resolve("ana.pem"));
    Credentials credentials = Credentials.load(choice, clock::nowMs);
    Gateway gateway =
        new Gateway(
            CONFIG, new MemoryLog(), new Machine(CONFIG.settings()), clock, Chance.secure());
    CompletableFuture<Throwable> fault = new CompletableFuture<>();
    try (Loop loop = new Loop(gateway, clock, fault::complete);
        TcpEdge tcp =
            TcpEdge.listen(
                loop,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                CONFIG,
                credentials::context)) {
      try (SSLSocket _ = connect(tcp, "ana")) {
        assertEquals("ana", nameOfTheLastPeer(loop, gateway));
      }
      try (SSLSocket _ = connect(tcp, null)) {
        assertEquals(null, nameOfTheLastPeer(loop, gateway));
      }
    }
    assertEquals(false, fault.isDone());
  }

  private static @Nullable String nameOfTheLastPeer(Loop loop, Gateway gateway) {
    CompletableFuture<@Nullable String> name = new CompletableFuture<>();
    loop.submit(
            () -> {
              Peer last = null;
              for (Peer peer : gateway.peers()) {
                last = peer;
              }
              name.complete(last == null ? "nobody" : last.transport().certificateName());
            })
        .syncUninterruptibly();
    return name.join();
  }
}
