package mutirao.server.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static mutirao.server.security.SafeServer.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import mutirao.protocol.Limits;
import mutirao.server.ServerConfig;
import mutirao.server.story.wire.TcpClient;
import mutirao.server.story.wire.Wire;
import org.junit.jupiter.api.Test;

/** Bytes that are no frames, or too much of one: SEC-10, SEC-11, SEC-12 and SEC-16. */
class HostileFramesTest {
  private static final int MANY = 100_000;

  @Test
  void sec10WhatServersSayToOneAnotherMeansNothingAtThePortForClients()
      throws InterruptedException {
    byte[] vote = ByteBuffer.allocate(64).putInt(60).putLong(1L << 62).putLong(1L << 62).array();
    try (SafeServer server = new SafeServer()) {
      long before = server.position();
      for (byte[] bytes :
          new byte[][] {
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(UTF_8),
            vote,
            "{\"type\":\"append_entries\",\"term\":4611686018427387904}\n".getBytes(UTF_8)
          }) {
        try (TcpClient stranger = server.connect()) {
          stranger.send(bytes);
          stranger.endInput();
          String said = stranger.next();
          assertTrue(said.startsWith("{\"type\":\"error\""), said);
        }
      }
      assertEquals(before + 1, server.position());
    }
  }

  @Test
  void sec11OneByteTooMuchEndsTheConnectionOfAStrangerAndOfAUser() throws InterruptedException {
    int most = 16 * 1024;
    ServerConfig small = SafeServer.CONFIG.withBounds(most, 1 << 20, 100);
    try (SafeServer server = new SafeServer(small).with("bruno", "member")) {
      assertTooLarge(server.connect(), Limits.MAX_FRAME_BYTES_UNREGISTERED);
      assertTooLarge(server.as("bruno"), most);
      server.assertHealthy();
    }
  }

  private static void assertTooLarge(TcpClient client, int most) {
    try (client) {
      String empty = "{\"type\":\"ping\",\"x\":\"\"}";
      client.say(empty.replace("\"\"", "\"" + "x".repeat(most - empty.length()) + "\""));
      assertTrue(client.next().startsWith("{\"type\":\"pong\""), "exactly so much");
      client.say(empty.replace("\"\"", "\"" + "x".repeat(most - empty.length() + 1) + "\""));
      assertTrue(client.next().contains("\"too_large\""), "one byte more");
      assertEquals(Wire.CLOSED, client.next());
    }
  }

  private static Map<String, String> lines() {
    Map<String, String> lines = new LinkedHashMap<>();
    String deep = "{\"a\":".repeat(Limits.MAX_DEPTH + 1) + "1" + "}".repeat(Limits.MAX_DEPTH + 1);
    lines.put("too deep", deep);
    lines.put("deeper than any stack", "{\"a\":" + "[".repeat(400_000));
    lines.put("a number of many digits", "{\"type\":\"ping\",\"x\":" + "9".repeat(500_000) + "}");
    lines.put("a key twice", "{\"type\":\"ping\",\"type\":\"ping\"}");
    lines.put("half a character", "{\"type\":\"ping\",\"x\":\"\\ud800\"}");
    lines.put("bad UTF-8", "{\"type\":\"ping\",\"x\":\"\u00c3(\"}");
    lines.put("overlong UTF-8", "{\"type\":\"ping\",\"x\":\"\u00c0\u00af\"}");
    lines.put("a byte order mark", "\u00ef\u00bb\u00bf{\"type\":\"ping\"}");
    lines.put("not a number", "{\"type\":\"ping\",\"x\":NaN}");
    lines.put("a raw control character", "{\"type\":\"ping\",\"x\":\"\u0001\"}");
    lines.put("no object", "[{\"type\":\"ping\"}]");
    lines.put("another language", "{'type':'ping'}");
    return lines;
  }

  @Test
  void sec12WhatIsNoFrameIsMalformedAndCostsNothingElse() throws InterruptedException {
    try (SafeServer server = new SafeServer().with("bruno", "member");
        TcpClient bruno = server.as("bruno")) {
      lines()
          .forEach(
              (what, line) -> {
                bruno.send((line + "\n").getBytes(ISO_8859_1));
                String said = bruno.next();
                assertTrue(said.contains("\"code\":\"malformed\""), what + ": " + said);
                bruno.say("\n{\"type\":\"ping\"}");
                expect(bruno, "pong");
              });
      server.assertHealthy();
    }
  }

  /**
   * Found by fuzzing: what was read of a list that is wrong in its middle was read on elsewhere.
   */
  @Test
  void sec12AListThatIsWrongInItsMiddleHarmsNothingBehindIt() throws InterruptedException {
    try (SafeServer server = new SafeServer().with("bruno", "member");
        TcpClient bruno = server.as("bruno")) {
      for (String lists :
          new String[] {
            "\"operations\":[1],\"seen\":{\"lobby\":1}",
            "\"operations\":[\"x\",[]],\"seen\":{\"lobby\":1}",
            "\"operations\":[\"x\"],\"seen\":{\"lobby\":\"1\",\"obras\":2}"
          }) {
        for (int i = 0; i < 3; i++) {
          try (TcpClient stranger = server.connect()) {
            stranger.say("{\"type\":\"register\"," + lists + "}");
            String said = stranger.next();
            assertTrue(said.contains("\"code\":\"invalid\""), said);
          }
          bruno.say("{\"type\":\"ping\"}");
          assertTrue(bruno.next().startsWith("{\"type\":\"pong\""));
        }
      }
      server.assertHealthy();
    }
  }

  /** Made to fall into one bucket of a hash table; and a good frame all the same. */
  @Test
  void sec12ManyKeysOfOneHashCodeAreRead() throws InterruptedException {
    StringBuilder frame = new StringBuilder("{\"type\":\"ping\"");
    for (int i = 0; i < 1 << 14; i++) {
      frame.append(",\"");
      for (int bit = 0; bit < 14; bit++) {
        frame.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      frame.append("\":1");
    }
    try (SafeServer server = new SafeServer().with("bruno", "member");
        TcpClient bruno = server.as("bruno")) {
      assertTrue(frame.length() < Limits.MAX_FRAME_BYTES && frame.length() > MANY);
      bruno.say(frame + "}");
      assertTrue(bruno.next().startsWith("{\"type\":\"pong\""));
      server.assertHealthy();
    }
  }

  /** A page in somebody's browser sends what it likes to any port of this machine. */
  @Test
  void sec16AFormOfABrowserDoesNothing() throws InterruptedException {
    String body =
        "{\"type\":\"register\",\"name\":\"eva\"}\n{\"type\":\"broadcast\",\"message\":\"oi\"}\n";
    try (SafeServer server = new SafeServer()) {
      for (String method : new String[] {"POST", "GET", "PUT", "OPTIONS"}) {
        try (TcpClient browser = server.connect()) {
          browser.send(
              (method + " / HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n\r\n" + body)
                  .getBytes(UTF_8));
          String said = browser.next();
          assertTrue(said.contains("\"code\":\"malformed\""), said);
          assertEquals(Wire.CLOSED, browser.next());
        }
      }
      assertFalse(server.audit().contains("eva"));
    }
  }
}
