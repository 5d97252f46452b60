package mutirao.server.security;

import static mutirao.server.security.SafeServer.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import mutirao.server.story.wire.TcpClient;
import mutirao.server.story.wire.Wire;
import org.junit.jupiter.api.Test;

/** Others' names, tasks and attempts: SEC-02, SEC-03 and SEC-20. */
class ForeignThingsTest {

  private static SafeServer town() throws InterruptedException {
    return new SafeServer()
        .with("bruno", "member")
        .with("carla", "member")
        .with("wim", "worker")
        .with("zoe", "worker");
  }

  private static String submitted(TcpClient client) {
    client.say("{\"type\":\"submit\",\"operation\":\"x\"}");
    return SafeServer.task(expect(client, "accepted"));
  }

  @Test
  void sec02WhatIsSomebodyElsesIsAsUnknownAsWhatIsNot() throws InterruptedException {
    try (SafeServer server = town();
        TcpClient bruno = server.as("bruno");
        TcpClient carla = server.as("carla")) {
      String task = submitted(bruno);
      for (String type : new String[] {"query", "cancel"}) {
        String ask = "{\"type\":\"" + type + "\",\"ref\":1,\"task\":\"";
        carla.say(ask + task + "\"}");
        String foreign = expect(carla, "error");
        carla.say(ask + "zzzz\"}");
        String missing = expect(carla, "error");
        assertEquals(missing.replace("zzzz", "*"), foreign.replace(task, "*"));
        assertTrue(foreign.contains("\"unknown_task\""), foreign);
      }
      bruno.say("{\"type\":\"query\",\"task\":\"" + task + "\"}");
      assertTrue(expect(bruno, "task_state").contains("\"queued\""));
    }
  }

  @Test
  void sec03TheSenderIsWhoeverLoggedIn() throws InterruptedException {
    String forged = ",\"sender\":\"ana\",\"from\":\"ana\",\"user\":\"ana\",\"submitter\":\"ana\"";
    try (SafeServer server = town();
        TcpClient bruno = server.as("bruno");
        TcpClient carla = server.as("carla");
        TcpClient wim = server.worker("wim")) {
      bruno.say("{\"type\":\"broadcast\",\"message\":\"oi\"" + forged + "}");
      assertTrue(expect(carla, "broadcast").contains("\"sender\":\"bruno\""));
      bruno.say("{\"type\":\"direct\",\"target\":\"carla\",\"message\":\"oi\"" + forged + "}");
      assertTrue(expect(carla, "direct").contains("\"sender\":\"bruno\""));
      bruno.say("{\"type\":\"submit\",\"operation\":\"x\"" + forged + "}");
      String task = SafeServer.task(expect(bruno, "accepted"));
      expect(wim, "task");
      wim.say(done(task, 1, 7, ",\"worker\":\"zoe\",\"sender\":\"zoe\""));
      expect(bruno, "result");
      bruno.say("{\"type\":\"query\",\"task\":\"" + task + "\"}");
      String state = expect(bruno, "task_state");
      assertTrue(state.contains("\"submitter\":\"bruno\""), state);
      assertTrue(state.contains("\"worker\":\"wim\""), state);
      bruno.say("{\"type\":\"broadcast\",\"message\":\"oi\",\"message\":\"tchau\"}");
      assertTrue(bruno.nextWith("\"error\"").contains("\"malformed\""));
    }
  }

  @Test
  void sec20OnlyWhoHasTheAttemptReportsAndOnlyOnce() throws InterruptedException {
    try (SafeServer server = town();
        TcpClient bruno = server.as("bruno");
        TcpClient wim = server.worker("wim")) {
      String task = submitted(bruno);
      expect(wim, "task");
      try (TcpClient zoe = server.worker("zoe")) {
        refused(zoe, done(task, 1, 666, ""), "stale_attempt");
        refused(zoe, done(task, 2, 666, ""), "stale_attempt");
        refused(
            zoe,
            "{\"type\":\"progress\",\"task\":\"" + task + "\",\"attempt\":1}",
            "stale_attempt");
        refused(
            zoe,
            "{\"type\":\"failed\",\"task\":\""
                + task
                + "\",\"attempt\":1,\"error\":{\"code\":\"x\",\"message\":\"x\"}}",
            "stale_attempt");
      }
      refused(wim, done(task, 2, 666, ""), "stale_attempt");
      refused(bruno, done(task, 1, 666, ""), "forbidden");
      wim.say(done(task, 1, 7, ""));
      assertTrue(expect(bruno, "result").contains("\"result\":7"));
      refused(wim, done(task, 1, 666, ""), "stale_attempt");
      bruno.say("{\"type\":\"query\",\"task\":\"" + task + "\"}");
      String state = expect(bruno, "task_state");
      assertTrue(state.contains("\"result\":7"), state);
      assertFalse(state.contains("666"), state);
    }
  }

  @Test
  void sec20ARevokedTokenEndsTheConnectionThatStands() throws InterruptedException {
    try (SafeServer server = town();
        TcpClient wim = server.worker("wim");
        TcpClient again = server.connect()) {
      server.ask(
          "{\"type\":\"account\",\"action\":\"revoke_token\",\"token\":\""
              + server.tokenId("wim")
              + "\"}");
      assertTrue(expect(wim, "bye").contains("\"ended\""));
      assertEquals(Wire.CLOSED, wim.next());
      again.say(
          "{\"type\":\"register\",\"role\":\"worker\",\"operations\":[\"x\"],\"token\":\""
              + server.token("wim")
              + "\"}");
      assertTrue(again.next().contains("\"unauthorized\""));
    }
  }

  private static void refused(TcpClient client, String report, String code) {
    client.say(report);
    String error = expect(client, "error");
    assertTrue(error.contains("\"code\":\"" + code + "\""), error);
  }

  private static String done(String task, int attempt, int result, String more) {
    return "{\"type\":\"done\",\"task\":\""
        + task
        + "\",\"attempt\":"
        + attempt
        + ",\"result\":"
        + result
        + more
        + "}";
  }
}
