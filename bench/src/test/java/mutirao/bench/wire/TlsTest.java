package mutirao.bench.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generator's own TLS against the JDK's sockets. */
class TlsTest {
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

  @TempDir Path directory;
  private TestCertificate certificate;
  private SSLServerSocket listening;

  @BeforeEach
  void listen() throws Exception {
    certificate = TestCertificate.of("ip:127.0.0.1", directory);
    listening =
        (SSLServerSocket)
            certificate.server().getServerSocketFactory().createServerSocket(0, 10, HERE);
    Thread.ofVirtual().start(this::echo);
  }

  @AfterEach
  void close() throws IOException {
    listening.close();
  }

  /** Sends back what comes, connection after connection. */
  private void echo() {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        socket.getInputStream().transferTo(socket.getOutputStream());
      } catch (IOException e) {
        // A handshake that failed, as some of these tests want it; or the end of the test.
      }
    }
  }

  private static final class Client implements Role {
    private final ByteBuffer collected;
    private boolean opened;
    private String end = "";

    Client(int size) {
      collected = ByteBuffer.allocate(size);
    }

    @Override
    public void opened(Connection connection) {
      opened = true;
    }

    /** Leaves a remainder of most reads. */
    @Override
    public int received(Connection connection, byte[] bytes, int from, int to) {
      int whole = (to - from) / 10 * 10;
      collected.put(bytes, from, whole);
      return from + whole;
    }

    @Override
    public void closed(Connection connection, String reason) {
      end = reason;
    }
  }

  private Door door(SSLContext trusting) {
    return new Door(new InetSocketAddress(HERE, listening.getLocalPort()), trusting);
  }

  @Test
  void carriesMoreThanASocketTakesAtOnce() throws Exception {
    byte[] sent = new byte[5_000_000];
    new Random(11).nextBytes(sent);
    try (Loop loop = new Loop()) {
      Client client = new Client(sent.length);
      Connection connection = loop.connect(door(certificate.client()), client);
      LoopTest.turnUntil(loop, () -> client.opened);
      connection.write(sent);
      LoopTest.turnUntil(loop, () -> !client.collected.hasRemaining());
      assertArrayEquals(sent, client.collected.array());
      assertEquals(0, connection.pendingBytes());
    }
  }

  @Test
  void whatIsWrittenThroughIsEncryptedAsWell() throws Exception {
    try (Loop loop = new Loop()) {
      Client client = new Client(10);
      Connection connection = loop.connect(door(certificate.client()), client);
      LoopTest.turnUntil(loop, () -> client.opened);
      connection.writeThrough(ByteBuffer.wrap(new byte[10]));
      LoopTest.turnUntil(loop, () -> !client.collected.hasRemaining());
    }
  }

  @Test
  void noConnectionStandsBeforeItIsKnownWhoTheServerIs() throws Exception {
    SSLContext others = TestCertificate.of("ip:127.0.0.1", sub("others")).client();
    try (Loop loop = new Loop()) {
      Client client = new Client(10);
      Connection connection = loop.connect(door(others), client);
      LoopTest.turnUntil(loop, connection::isClosed);
      assertFalse(client.opened);
      assertTrue(client.end.contains("SSLHandshakeException"), client.end);
    }
  }

  @Test
  void aServerOfAnotherNameIsNotSpokenTo() throws Exception {
    listening.close();
    certificate = TestCertificate.of("dns:elsewhere.example", sub("elsewhere"));
    listening =
        (SSLServerSocket)
            certificate.server().getServerSocketFactory().createServerSocket(0, 10, HERE);
    Thread.ofVirtual().start(this::echo);
    try (Loop loop = new Loop()) {
      Client client = new Client(10);
      Connection connection = loop.connect(door(certificate.client()), client);
      LoopTest.turnUntil(loop, connection::isClosed);
      assertFalse(client.opened);
      assertTrue(client.end.contains("127.0.0.1"), client.end);
    }
  }

  private Path sub(String name) throws IOException {
    return java.nio.file.Files.createDirectory(directory.resolve(name));
  }

  @Test
  void tellsThatNobodyListens() throws Exception {
    // Held, so that nobody else gets the port, by a socket that does not listen.
    try (Socket held = new Socket();
        Loop loop = new Loop()) {
      held.bind(new InetSocketAddress(HERE, 0));
      Door nobody =
          new Door(new InetSocketAddress(HERE, held.getLocalPort()), certificate.client());
      Client client = new Client(10);
      Connection connection = loop.connect(nobody, client);
      LoopTest.turnUntil(loop, connection::isClosed);
      assertTrue(client.end.contains("refused"), client.end);
    }
  }
}
