package mutirao.web.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import mutirao.web.kit.Edge;
import mutirao.web.kit.Raw;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SEC-11: a body that does not come as its head says is the caller's fault. Told as one of the
 * server's it would be a line and a trace in the log, as often as a stranger likes.
 */
class BrokenBodiesTest {
  private static final int PATIENCE_MS = 30_000;

  private final Edge edge = Edge.withAdmin();

  @AfterEach
  void close() throws Exception {
    edge.close();
  }

  /** Says it, and then nothing more. */
  private String said(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), edge.webPort())) {
      socket.setSoTimeout(PATIENCE_MS);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 500\r\n\r\n{\"username\":",
        "Transfer-Encoding: chunked\r\n\r\n10\r\n{\"user",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}",
        "Transfer-Encoding: chunked\r\n\r\n2\r\n{}no newline",
      })
  void sec11ABrokenBodyIsNoFaultOfTheServers(String rest) throws IOException {
    String answer = said("POST /api/session HTTP/1.1\r\nHost: localhost\r\n" + rest);
    assertEquals(400, Raw.status(answer), answer);
    assertTrue(answer.contains("\"code\":\"malformed\""), answer);
  }
}
