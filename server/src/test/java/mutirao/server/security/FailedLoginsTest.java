package mutirao.server.security;

import static mutirao.server.security.SafeServer.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import mutirao.server.story.wire.TcpClient;
import org.junit.jupiter.api.Test;

/** What strangers try is on record, and never more of it than an admin can read. */
class FailedLoginsTest {
  private static final Pattern DEED =
      Pattern.compile(
          "\"who\":\"([^\"]*)\",\"from\":\"([^\"]*)\",\"what\":\"([^\"]*)\",\"about\":\"([^\"]*)\"");
  private static final String RIGHT = "andaime-7";

  private static List<String> deeds(SafeServer server) {
    return DEED.matcher(server.audit())
        .results()
        .map(FailedLoginsTest::shown)
        .filter(deed -> deed.contains("login_failed") || deed.contains("locked_out"))
        .toList();
  }

  private static String shown(MatchResult deed) {
    return deed.group(1) + "|" + deed.group(2) + "|" + deed.group(3) + "|" + deed.group(4);
  }

  private static void tries(SafeServer server, String login, int times) {
    for (int i = 0; i < times; i++) {
      try (TcpClient stranger = server.connect()) {
        stranger.say("{\"type\":\"register\"," + login + "}");
        expect(stranger, "error");
      }
    }
  }

  private static String password(String user, String password) {
    return "\"username\":\"" + user + "\",\"password\":\"" + password + "\"";
  }

  @Test
  void whoWasTriedFromWhereAndWhenItWasLockedIsOnRecord() throws InterruptedException {
    try (SafeServer server = new SafeServer().with("bruno", "member")) {
      server.password("bruno", RIGHT);
      tries(server, password("Bruno", "canario-1"), 12);
      tries(server, "\"token\":\"mut_canario-2\"", 1);
      tries(server, password("canario-3", "canario-4"), 2);
      assertEquals(
          List.of(
              "|127.0.0.1|login_failed|bruno",
              "|127.0.0.1|locked_out|bruno",
              "|127.0.0.1|login_failed|?"),
          deeds(server));
      server.pass(61_000);
      assertEquals(
          List.of(
              "|127.0.0.1|login_failed|bruno",
              "|127.0.0.1|locked_out|bruno",
              "|127.0.0.1|login_failed|?",
              "|127.0.0.1|login_failed|bruno ×11",
              "|127.0.0.1|login_failed|? ×2"),
          deeds(server));
      String all = server.audit();
      assertFalse(all.contains("canario"), all);
    }
  }

  @Test
  void aFloodIsSummedAndPushesNothingOut() throws InterruptedException {
    SafeServer server = new SafeServer();
    try (server) {
      for (int i = 0; i < 15; i++) {
        server.with("u" + i, "member");
      }
      int before = server.audit().split("\"what\":", -1).length;
      for (int minute = 0; minute < 3; minute++) {
        for (int i = 0; i < 15; i++) {
          tries(server, password("u" + i, "errada-" + i), 2);
        }
        server.pass(61_000);
      }
      List<String> deeds = deeds(server);
      assertTrue(deeds.size() <= 3 * 21, deeds.size() + " lines");
      assertTrue(deeds.contains("||login_failed|? ×10"), deeds.toString());
      int after = server.audit().split("\"what\":", -1).length;
      assertEquals(deeds.size(), after - before, "what users did is all there");
    }
  }
}
