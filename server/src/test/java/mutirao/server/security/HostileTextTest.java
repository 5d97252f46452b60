package mutirao.server.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static mutirao.server.security.SafeServer.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mutirao.server.ArchiveChoice;
import mutirao.server.Storage;
import mutirao.server.story.wire.TcpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Text as weapon: names (SEC-04), terminals and logs (SEC-18), paths (SEC-19). */
class HostileTextTest {
  private static final String[] NO_NAMES = {
    "a\\u0000b",
    "a\\u200bb",
    "a\\u202eb",
    "a\\u001bb",
    "a b",
    "../x",
    "a/b",
    "<script>",
    "x".repeat(10_000),
    "\\ud83e\\uddab"
  };

  /** Clears a screen, renames a window, forges a line of a log, turns the direction of text. */
  private static final String TERMINAL =
      "\\u001b[2J\\u001b]0;x\\u0007\\r\\n2026-01-01 00:00:00 ERROR forjado\\u009b31m\\u202e";

  private static final int ROUNDS = 10;
  private static final int CROWD = 40;

  @Test
  void sec04WhatLooksLikeNothingOrLikeSomethingElseIsNoName() throws InterruptedException {
    try (SafeServer server = new SafeServer().with("bruno", "member")) {
      for (String name : NO_NAMES) {
        try (TcpClient client = server.connect()) {
          client.say(register(server, name));
          String said = client.next();
          assertTrue(said.contains("\"code\":\"invalid\""), said);
        }
      }
      for (String name : new String[] {"ana", "ANA", "Ana.casa", "аna", "bruno2", "admin"}) {
        try (TcpClient client = server.connect()) {
          client.say(register(server, name));
          String said = client.next();
          assertTrue(said.contains("\"code\":\"forbidden\""), name + ": " + said);
        }
      }
      try (TcpClient _ = server.as("bruno");
          TcpClient second = server.connect()) {
        second.say(register(server, "BRUNO"));
        assertTrue(second.next().contains("\"code\":\"name_taken\""));
      }
    }
  }

  @Test
  void sec04ManyWhoWantOneNameAtOnceAndOneHasIt() throws InterruptedException {
    try (SafeServer server = new SafeServer().with("bruno", "member")) {
      for (int round = 0; round < ROUNDS; round++) {
        List<TcpClient> crowd = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
          crowd.add(server.connect());
        }
        String wanted = register(server, (round % 2 == 0 ? "bruno-" : "BRUNO-") + round);
        crowd.parallelStream().forEach(client -> client.say(wanted));
        int winners = 0;
        for (TcpClient client : crowd) {
          String said = client.next();
          winners += said.contains("\"registered\"") ? 1 : 0;
          assertTrue(said.contains("\"registered\"") || said.contains("\"name_taken\""), said);
        }
        assertEquals(1, winners);
        crowd.forEach(TcpClient::close);
      }
    }
  }

  private static String register(SafeServer server, String name) {
    return "{\"type\":\"register\",\"presence\":false,\"name\":\""
        + name
        + "\",\"token\":\""
        + server.token("bruno")
        + "\"}";
  }

  @Test
  void sec18NothingForgesALineOfTheLogOrOfTheWire() throws InterruptedException {
    Logger logger = (Logger) LoggerFactory.getLogger("mutirao");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.setLevel(Level.TRACE);
    logger.addAppender(log);
    List<String> heard = new ArrayList<>();
    try (SafeServer server = new SafeServer().with("bruno", "member").with("wim", "worker");
        TcpClient bruno = server.as("bruno");
        TcpClient wim = server.worker("wim");
        TcpClient stranger = server.connect()) {
      for (String login :
          new String[] {"\"token\":\"%s\"", "\"username\":\"%s\",\"password\":\"%s\""}) {
        stranger.say("{\"type\":\"register\"," + login.replace("%s", TERMINAL) + "}");
        heard.add(stranger.next());
      }
      bruno.say(
          "{\"type\":\"broadcast\",\"ref\":\""
              + TERMINAL.substring(0, 9)
              + "\",\"message\":\""
              + TERMINAL
              + "\"}");
      heard.add(expect(bruno, "broadcast"));
      bruno.say(
          "{\"type\":\"submit\",\"operation\":\"x\",\"key\":\"k"
              + TERMINAL
              + "\",\"params\":\""
              + TERMINAL
              + "\"}");
      heard.add(bruno.next());
      bruno.say("{\"type\":\"submit\",\"operation\":\"x\",\"params\":\"" + TERMINAL + "\"}");
      heard.add(bruno.nextWith("\"accepted\""));
      String task = expect(wim, "task");
      heard.add(task);
      wim.say(
          "{\"type\":\"failed\",\"retry\":false,\"attempt\":1,\"task\":\""
              + SafeServer.task(task)
              + "\",\"error\":{\"code\":\"x\",\"message\":\""
              + TERMINAL
              + "\"}}");
      heard.add(expect(bruno, "result"));
      bruno.say("{\"type\":\"join\",\"room\":\"" + TERMINAL + "\"}");
      heard.add(bruno.nextWith("\"error\""));
      bruno.say("{\"type\":\"" + TERMINAL + "\"}");
      heard.add(bruno.nextWith("\"error\""));
      heard.add(server.audit());
      server.assertHealthy();
    } finally {
      logger.detachAppender(log);
      logger.setLevel(null);
    }
    for (ILoggingEvent event : List.copyOf(log.list)) {
      assertPlain(event.getFormattedMessage());
      assertFalse(event.getFormattedMessage().contains("forjado"), event.getFormattedMessage());
    }
    heard.forEach(line -> assertTrue(line.chars().allMatch(c -> c >= 0x20), line));
  }

  private static void assertPlain(String line) {
    assertTrue(
        line.chars().allMatch(c -> c >= 0x20 && (c < 0x7f || c > 0x9f)),
        () -> "control characters in " + line.replaceAll("\\p{Cntrl}", "\u2400"));
  }

  @Test
  void sec19NoNameBecomesAPath(@TempDir Path folder) throws Exception {
    String path = "../../invasor";
    Path data = folder.resolve("a/b/data");
    Storage storage = new Storage(data, Storage.Sync.NONE, 64 * 1024, ArchiveChoice.DEFAULT, null);
    try (SafeServer server =
            new SafeServer(SafeServer.CONFIG.withStorage(storage)).with("bruno", "member");
        TcpClient bruno = server.as("bruno", "bruno..", "")) {
      for (String frame :
          new String[] {
            "{\"type\":\"join\",\"room\":\"" + path + "\"}",
            "{\"type\":\"join\",\"room\":\"..\"}",
            "{\"type\":\"history\",\"room\":\"" + path + "\"}",
            "{\"type\":\"submit\",\"operation\":\"" + path + "\",\"key\":\"" + path + "\"}",
            "{\"type\":\"submit\",\"operation\":\"x\",\"params\":\"" + "x".repeat(70_000) + "\"}",
            "{\"type\":\"query\",\"task\":\"" + path + "\"}",
            "{\"type\":\"search\",\"text\":\"" + path + "\"}",
            "{\"type\":\"broadcast\",\"key\":\"" + path + "\",\"message\":\"" + path + "\"}"
          }) {
        bruno.send((frame + "\n").getBytes(UTF_8));
        bruno.say("{\"type\":\"ping\"}");
        expect(bruno, "pong");
      }
      server.ask(
          "{\"type\":\"account\",\"action\":\"add_token\",\"user\":\"bruno\",\"label\":\""
              + path
              + "\"}");
    }
    try (Stream<Path> files = Files.walk(folder)) {
      List<String> strange =
          files
              .map(file -> folder.relativize(file).toString())
              .filter(file -> file.contains("invasor") || !isExpected(file))
              .toList();
      assertEquals(List.of(), strange);
    }
  }

  /** The data folder, what is in it, and what it is in. */
  private static boolean isExpected(String file) {
    return file.startsWith("a/b/data") || List.of("", "a", "a/b").contains(file);
  }
}
