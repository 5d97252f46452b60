package mutirao.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import mutirao.server.Chance;
import mutirao.server.Clock;
import mutirao.server.Server;
import mutirao.server.ServerConfig;
import mutirao.server.tcp.Addresses;
import mutirao.server.tls.EdgeChoice;
import mutirao.web.kit.Await;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one may hold of the web port. */
class DoorTest {
  private static final ServerConfig CONFIG = ServerConfig.DEFAULT.withAddress("127.0.0.1", 0);
  private static final int PATIENCE_MS = 30_000;
  private static final int PACE_MS = 10;
  private static final int HARDLY_EVER_MS = 3_600_000;

  private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();

  private interface Attempt {
    void on(int port) throws IOException;
  }

  private void at(ServerConfig config, Addresses addresses, Attempt attempt) throws Exception {
    try (Server server = Server.start(config, Clock.system(), Chance.secure(), fault::set);
        WebEdge web =
            WebEdge.start(
                server.inside(),
                WebConfig.of("127.0.0.1", 0, server.address().getPort()),
                addresses)) {
      attempt.on(web.address().getPort());
    }
    assertEquals(null, fault.get());
  }

  private static ServerConfig patient(long firstRequestMs, long requestMs) {
    return CONFIG
        .withTimes(HARDLY_EVER_MS, firstRequestMs)
        .withEdge(new EdgeChoice(1000, requestMs, null));
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MS);
    return socket;
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  /** Whether a connection is served, and stays. */
  private static boolean isServed(Socket socket) {
    try {
      say(socket, "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
      String answer = new String(socket.getInputStream().readNBytes(12), ISO_8859_1);
      return answer.equals("HTTP/1.1 200");
    } catch (IOException e) {
      return false;
    }
  }

  /** The server hangs up; how does not matter. */
  private static void assertEnds(Socket socket) throws IOException {
    try {
      assertEquals(-1, socket.getInputStream().read());
    } catch (SocketTimeoutException e) {
      throw new AssertionError("it is still there", e);
    } catch (IOException e) {
      // Cut, with something unread.
    }
  }

  /** Sends a byte now and then, until the server has had enough. */
  private static void assertCutOff(Socket socket) throws IOException {
    socket.setSoTimeout(PACE_MS);
    for (int i = 0; i < PATIENCE_MS / PACE_MS; i++) {
      try {
        say(socket, "a");
        if (socket.getInputStream().read() < 0) {
          return;
        }
      } catch (SocketTimeoutException e) {
        // Still there.
      } catch (IOException e) {
        return;
      }
    }
    throw new AssertionError("it may go on for ever");
  }

  @Test
  void sec14AnAddressHasItsBoundAndWhoLeavesMakesRoom() throws Exception {
    at(
        CONFIG,
        new Addresses(3, _ -> false),
        port -> {
          List<Socket> few = new ArrayList<>();
          for (int i = 0; i < 3; i++) {
            few.add(connect(port));
            assertTrue(isServed(few.getLast()));
          }
          try (Socket more = connect(port)) {
            assertEnds(more);
          }
          few.removeLast().close();
          Await.until(
              () -> {
                try (Socket next = connect(port)) {
                  return isServed(next);
                } catch (IOException e) {
                  return false;
                }
              },
              served -> served);
          for (Socket socket : few) {
            socket.close();
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET / HTTP/1.1\r\nHost: loc"})
  void sec13WhoAsksNothingIsLetGo(String said) throws Exception {
    at(
        patient(100, HARDLY_EVER_MS),
        new Addresses(1000),
        port -> {
          try (Socket socket = connect(port)) {
            say(socket, said);
            assertEnds(socket);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: localhost\r\nX: ",
        "POST /api/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n",
      })
  void sec13ARequestThatTakesTooLongEndsTheConnection(String slowly) throws Exception {
    at(
        patient(1000, 50),
        new Addresses(1000),
        port -> {
          try (Socket socket = connect(port)) {
            assertTrue(isServed(socket));
            say(socket, slowly);
            assertCutOff(socket);
          }
        });
  }

  @Test
  void whoWaitsForAnAnswerMayWait() throws Exception {
    at(
        patient(1000, 20),
        new Addresses(1000),
        port -> {
          try (Socket socket = connect(port)) {
            String body = "{\"operation\":\"x\"}";
            say(
                socket,
                "POST /api/tasks?wait=2s HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body);
            String answer = new String(socket.getInputStream().readNBytes(12), ISO_8859_1);
            assertEquals("HTTP/1.1 202", answer);
          }
        });
  }
}
