package mutirao.server.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mutirao.protocol.codec.Json;
import mutirao.server.ServerConfig;
import mutirao.server.Storage;
import mutirao.server.story.wire.TcpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Searches of a real server on disk, through its socket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchTest {
  private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");

  private RunningServer server;

  @BeforeAll
  void start(@TempDir Path folder) throws InterruptedException {
    ServerConfig config = RunningServer.CONFIG.withStorage(new Storage(folder, Storage.Sync.NONE));
    server = new RunningServer(config);
    TcpClient ana = server.registered("ana");
    TcpClient bia = server.registered("bia");
    for (int i = 1; i <= 7; i++) {
      ask(ana, "\"type\":\"broadcast\",\"message\":\"tijolo " + i + "\"");
    }
    ask(ana, "\"type\":\"direct\",\"target\":\"bia\",\"message\":\"cofre\"");
    ask(bia, "\"type\":\"direct\",\"target\":\"ana\",\"message\":\"que cofre?\"");
    ask(ana, "\"type\":\"join\",\"room\":\"obras\"");
    ask(ana, "\"type\":\"broadcast\",\"room\":\"obras\",\"message\":\"o cofre\"");
    leave(ana);
    leave(bia);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static String ask(TcpClient client, String members) {
    client.say("{" + members + ",\"ref\":\"asked\"}");
    return client.nextWith("\"ref\":\"asked\"");
  }

  private String found(String name, String members) {
    TcpClient client = server.registered(name);
    String answer = ask(client, "\"type\":\"search\"" + members);
    leave(client);
    return answer;
  }

  private static void leave(TcpClient client) {
    client.say("{\"type\":\"quit\"}");
    client.nextWith("\"bye\"");
    client.close();
  }

  @Test
  void whatWasSaidIsFoundPageByPage() {
    StringBuilder seen = new StringBuilder();
    String page = found("caio", ",\"words\":\"TIJOL*\",\"limit\":3");
    Matcher next = NEXT.matcher(page);
    for (int pages = 1; next.find(); pages++) {
      assertTrue(pages < 7, "it ends");
      seen.append(page);
      page =
          found("caio", ",\"words\":\"TIJOL*\",\"limit\":3,\"cursor\":\"" + next.group(1) + "\"");
      next = NEXT.matcher(page);
    }
    seen.append(page);
    List<String> texts =
        Pattern.compile("tijolo (\\d)").matcher(seen).results().map(m -> m.group(1)).toList();
    assertEquals(List.of("7", "6", "5", "4", "3", "2", "1"), texts);
    assertTrue(page.endsWith("\"gaps\":[]}"), page);
  }

  @Test
  void directsAreFoundByTheTwoAloneAndRoomsFromWithin() {
    String forAna = found("Ana", ",\"words\":\"cofre\"");
    assertTrue(forAna.contains("\"message\":\"cofre\""), forAna);
    assertTrue(forAna.contains("\"message\":\"que cofre?\""), forAna);
    assertFalse(forAna.contains("o cofre"), forAna);
    for (String asked :
        new String[] {
          ",\"words\":\"cofre\"",
          "",
          ",\"by\":\"ana\",\"kind\":\"message\"",
          ",\"words\":\"cof*\",\"by\":\"bia\"",
          ",\"name\":\"ana\",\"sender\":\"ana\",\"target\":\"ana\",\"words\":\"cofre\""
        }) {
      String forCaio = found("caio", asked);
      assertTrue(forCaio.startsWith("{\"type\":\"found\""), forCaio);
      assertFalse(forCaio.contains("cofre"), forCaio);
    }
    String outside = found("caio", ",\"room\":\"obras\"");
    assertTrue(outside.contains("\"unknown_room\""), outside);
    TcpClient caio = server.registered("caio2");
    ask(caio, "\"type\":\"join\",\"room\":\"OBRAS\"");
    String inside = ask(caio, "\"type\":\"search\",\"room\":\"obras\"");
    assertTrue(inside.contains("\"message\":\"o cofre\""), inside);
    caio.close();
  }

  @Test
  void whateverTheWordsAreTheAnswerIsClear() {
    TcpClient ana = server.registered("hostile");
    String[] scraps = {
      "\"", "'", "*", "(", ")", ":", "^", "-", "+", "{", "}", "\0", "\\", ";--", " OR ", " AND ",
      " NOT ", "NEAR(", "body:", "rowid", "%", "_", "?", "é", "日本", "🎉", "\u0301", "\u202e", "a",
      "9"
    };
    Random random = new Random(7);
    for (int i = 0; i < 120; i++) {
      StringBuilder words = new StringBuilder();
      for (int count = 1 + random.nextInt(9); count > 0; count--) {
        words.append(scraps[random.nextInt(scraps.length)]);
      }
      assertClear(ana, words.toString());
    }
    assertClear(ana, "x".repeat(1000));
    assertClear(ana, "x ".repeat(500));
    assertClear(ana, "x*".repeat(500));
    String tooLong = ask(ana, "\"type\":\"search\",\"words\":\"" + "x".repeat(1001) + "\"");
    assertTrue(tooLong.contains("\"invalid\"") && tooLong.contains("\"words\""), tooLong);
    ana.close();
    server.assertHealthy();
  }

  private static void assertClear(TcpClient client, String words) {
    String answer = ask(client, "\"type\":\"search\",\"words\":" + Json.string(words));
    boolean found = answer.startsWith("{\"type\":\"found\"") && answer.contains("\"gaps\":[]");
    boolean refused = answer.contains("\"code\":\"invalid\"") && answer.contains("\"words\"");
    assertTrue(found || refused, () -> words + " was answered with " + answer);
  }
}
