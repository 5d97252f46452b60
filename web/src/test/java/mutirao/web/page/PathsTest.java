package mutirao.web.page;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import mutirao.server.Server;
import mutirao.server.ServerConfig;
import mutirao.web.WebConfig;
import mutirao.web.WebEdge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Made-up paths, as no library would write them (SEC-19). */
class PathsTest {
  private static final int PATIENCE_MS = 20_000;

  private Server server;
  private WebEdge web;

  @BeforeEach
  void start() throws Exception {
    server = Server.start(ServerConfig.DEFAULT.withAddress("127.0.0.1", 0));
    web = WebEdge.start(server.inside(), WebConfig.of("127.0.0.1", 0, server.address().getPort()));
  }

  @AfterEach
  void stop() {
    web.close();
    server.close();
  }

  private String get(String path) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), web.address().getPort())) {
      socket.setSoTimeout(PATIENCE_MS);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @Test
  void sec19NoPathLeadsOutOfThePage() throws IOException {
    for (String path :
        new String[] {
          "/../../../../etc/passwd",
          "/%2e%2e%2f%2e%2e%2fetc/passwd",
          "/..%5c..%5cetc/passwd",
          "/%252e%252e/etc/passwd",
          "//etc/passwd",
          "/index.html%00.js",
          "/libraries/../../mutirao/web/WebEdge.class",
          "/mutirao/web/WebEdge.class",
          "/join/operations/..%2f..%2fetc%2fpasswd"
        }) {
      String answer = get(path);
      boolean none = answer.startsWith("HTTP/1.1 400") || answer.startsWith("HTTP/1.1 404");
      // The page itself finds its way by paths, and is what any name of no file leads to.
      assertTrue(none || answer.contains("<noscript>"), path + ": " + answer);
      assertFalse(answer.contains("root:") || answer.contains("LineNumberTable"), path);
    }
    assertTrue(get("/").startsWith("HTTP/1.1 200"));
  }
}
