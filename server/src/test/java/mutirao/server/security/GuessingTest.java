package mutirao.server.security;

import static mutirao.server.security.SafeServer.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import mutirao.server.access.Hashing;
import mutirao.server.story.wire.TcpClient;
import org.junit.jupiter.api.Test;

/** Whoever guesses: SEC-05, SEC-06 and SEC-07. */
class GuessingTest {
  private static final int TRIES = 60;
  private static final int MOST = 10;
  private static final int FLOOD = 120;
  private static final String RIGHT = "andaime-7";

  private static String login(String user, String password) {
    return "{\"type\":\"register\",\"presence\":false,\"name\":\""
        + user
        + "\",\"username\":\""
        + user
        + "\",\"password\":\""
        + password
        + "\"}";
  }

  /** What so many wrong passwords are answered with, on as many connections. */
  private static List<String> guesses(SafeServer server, String user) {
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < TRIES; i++) {
      try (TcpClient guesser = server.connect()) {
        guesser.say(login(user, "guess-" + i));
        answers.add(guesser.next());
      }
    }
    return answers;
  }

  private static long count(List<String> answers, String code) {
    return answers.stream().filter(said -> said.contains("\"code\":\"" + code + "\"")).count();
  }

  /** Threads of servers that are gone end by themselves, some time. */
  private static Set<Thread> hashing() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("mutirao-passwords"))
        .collect(Collectors.toSet());
  }

  @Test
  void sec05ThePasswordIsLookedAtTenTimesAndTheOwnerStillGetsIn() throws InterruptedException {
    try (SafeServer server = new SafeServer().with("bruno", "member")) {
      server.password("bruno", RIGHT);
      List<String> answers = guesses(server, "bruno");
      assertEquals(MOST, count(answers, "unauthorized"), "passwords that were looked at");
      assertEquals(TRIES - MOST, count(answers, "overloaded"));
      assertTrue(answers.getLast().contains("\"retry_after_ms\":"), answers.getLast());
      try (TcpClient guesser = server.connect()) {
        guesser.say(login("bruno", RIGHT));
        assertTrue(guesser.next().contains("\"overloaded\""), "not even the right one");
      }
      server.as("bruno").close();
      server.pass(900_000);
      try (TcpClient bruno = server.connect()) {
        bruno.say(login("bruno", RIGHT).replace("\"name\":\"bruno\"", "\"name\":\"bruno-2\""));
        expect(bruno, "registered");
      }
    }
  }

  @Test
  void sec06WhoIsNotThereIsRefusedInTheSameWords() throws InterruptedException {
    try (SafeServer server = new SafeServer().with("bruno", "member").with("sem_senha", "member")) {
      server.password("bruno", RIGHT);
      List<String> there = guesses(server, "bruno");
      assertEquals(there, guesses(server, "ninguem"));
      assertEquals(there, guesses(server, "sem_senha"));
    }
  }

  @Test
  void sec07AFloodOfLoginsTakesOneThreadAndNobodysTurn() throws InterruptedException {
    Set<Thread> before = hashing();
    try (SafeServer server = new SafeServer().with("bruno", "member").with("wim", "worker");
        TcpClient bruno = server.as("bruno");
        TcpClient wim = server.worker("wim")) {
      List<TcpClient> crowd = new ArrayList<>();
      for (int i = 0; i < FLOOD; i++) {
        crowd.add(server.connect());
      }
      for (int i = 0; i < FLOOD; i++) {
        crowd.get(i).say(login("guesser" + i, "guess-" + i));
      }
      // While they are hashed, work goes on.
      for (int i = 0; i < 20; i++) {
        bruno.say("{\"type\":\"submit\",\"operation\":\"x\"}");
        String task = SafeServer.task(expect(wim, "task"));
        wim.say("{\"type\":\"done\",\"task\":\"" + task + "\",\"attempt\":1,\"result\":" + i + "}");
        assertTrue(expect(bruno, "result").contains("\"result\":" + i));
      }
      long threads = hashing().stream().filter(thread -> !before.contains(thread)).count();
      List<String> answers = crowd.stream().map(TcpClient::next).toList();
      crowd.forEach(TcpClient::close);
      assertTrue(threads <= 1, threads + " threads hash");
      assertEquals(FLOOD, count(answers, "unauthorized") + count(answers, "overloaded"));
      assertTrue(count(answers, "unauthorized") >= Hashing.MAX_WAITING);
      assertTrue(count(answers, "overloaded") > 0, "all of them found room in the line");
    }
  }
}
