package mutirao.server.security;

import static mutirao.server.security.SafeServer.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mutirao.server.access.Hashing;
import mutirao.server.story.wire.TcpClient;
import org.junit.jupiter.api.Test;

/** Whoever guesses: SEC-05, SEC-06 and SEC-07. */
class GuessingTest {
  private static final int TRIES = 60;
  private static final int MOST = 10;
  private static final int FLOOD = 120;
  private static final int ADDRESSES = 12;
  private static final int MOST_AN_ADDRESS = 30;
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

  private static String answer(SafeServer server, String address, String frame) {
    try (TcpClient guesser = server.connectFrom(address)) {
      guesser.say(frame);
      return guesser.next();
    }
  }

  /** Shows what opens nothing, by turns a token and a password, each for another name. */
  private static List<String> sprays(SafeServer server, String address, int times) {
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      String frame =
          i % 2 == 0
              ? login("user" + i, "guess-" + i)
              : "{\"type\":\"register\",\"token\":\"mut_guess" + i + "\"}";
      answers.add(answer(server, address, frame));
    }
    return answers;
  }

  private static long waitMs(String said) {
    Matcher wait = Pattern.compile("\"retry_after_ms\":(\\d+)").matcher(said);
    assertTrue(said.contains("\"code\":\"overloaded\"") && wait.find(), said);
    return Long.parseLong(wait.group(1));
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
  void sec05AnAddressHasThirtyTriesAndIsLockedTheLongerTheOftener() throws InterruptedException {
    try (SafeServer server = new SafeServer().with("bruno", "member")) {
      server.password("bruno", RIGHT);
      List<String> answers = sprays(server, "127.0.7.1", TRIES);
      assertEquals(MOST_AN_ADDRESS, count(answers, "unauthorized"), "what was looked at");
      assertEquals(TRIES - MOST_AN_ADDRESS, count(answers, "overloaded"));
      assertEquals(60_000, waitMs(answers.getLast()));
      assertEquals(60_000, waitMs(answer(server, "127.0.7.1", login("bruno", RIGHT))));
      assertTrue(server.audit().contains("\"what\":\"locked_out\",\"about\":\"*\""), server::audit);
      assertTrue(answer(server, "127.0.7.2", login("bruno", RIGHT)).contains("\"registered\""));
      String token = "{\"type\":\"register\",\"token\":\"" + server.token("bruno") + "\"}";
      assertTrue(answer(server, "127.0.7.1", token).contains("\"registered\""), "a good token");

      server.pass(60_000);
      List<String> more = sprays(server, "127.0.7.1", TRIES);
      assertEquals(MOST_AN_ADDRESS, count(more, "unauthorized"));
      assertEquals(120_000, waitMs(more.getLast()), "twice as long");
    }
  }

  @Test
  void sec05NobodyIsKeptOutWhereTheyAreAtHome() throws InterruptedException {
    try (SafeServer server = new SafeServer().with("bruno", "member")) {
      server.password("bruno", RIGHT);
      assertTrue(answer(server, "127.0.7.1", login("bruno", RIGHT)).contains("\"registered\""));
      for (int i = 0; i < MOST; i++) {
        String said = answer(server, "127.0.7." + (2 + i), login("bruno", "guess-" + i));
        assertTrue(said.contains("\"unauthorized\""), said);
      }
      assertTrue(waitMs(answer(server, "127.0.7.99", login("bruno", RIGHT))) > 0);
      sprays(server, "127.0.7.1", TRIES);
      String again = login("bruno", RIGHT).replace("\"name\":\"bruno\"", "\"name\":\"bruno-2\"");
      assertTrue(answer(server, "127.0.7.1", again).contains("\"registered\""), "at home");

      for (int i = 0; i < MOST; i++) {
        String said = answer(server, "127.0.7.1", login("bruno", "guess-" + i));
        assertTrue(said.contains("\"unauthorized\""), said);
      }
      assertTrue(waitMs(answer(server, "127.0.7.1", again)) > 0, "somebody who guesses there");
    }
  }

  /** Programs of one user that come back together: some wait for a moment, nobody is locked out. */
  @Test
  void sec05ManyRightPasswordsAtOnceAreNoGuesses() throws InterruptedException {
    try (SafeServer server = new SafeServer().with("bruno", "member")) {
      server.password("bruno", RIGHT);
      List<TcpClient> programs = new ArrayList<>();
      for (int i = 0; i < TRIES; i++) {
        programs.add(server.connect());
      }
      for (int i = 0; i < TRIES; i++) {
        String name = "\"name\":\"bruno-" + i + "\"";
        programs.get(i).say(login("bruno", RIGHT).replace("\"name\":\"bruno\"", name));
      }
      for (TcpClient program : programs) {
        String said = program.next();
        assertTrue(said.contains("\"registered\"") || waitMs(said) == 1000, said);
      }
      programs.forEach(TcpClient::close);
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
        // One address has no more of the line than it leaves to others.
        crowd.add(server.connectFrom("127.0.7." + (1 + i % ADDRESSES)));
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
      // So many addresses leave as much of the line free as one of them has.
      int least = Hashing.MAX_WAITING * ADDRESSES / (ADDRESSES + 1);
      assertTrue(count(answers, "unauthorized") >= least);
      assertTrue(count(answers, "overloaded") > 0, "all of them found room in the line");
    }
  }
}
