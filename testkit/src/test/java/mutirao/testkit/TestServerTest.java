package mutirao.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoWorker;
import mutirao.client.TaskHandle;
import mutirao.client.TaskRequest;
import org.junit.jupiter.api.Test;

class TestServerTest {

  @Test
  void aTaskGoesToTheTestsOwnWorkerAndBack() {
    try (TestServer server = TestServer.start();
        MutiraoClient ana = server.client("ana");
        MutiraoWorker worker =
            server.worker("Worker-1", Map.of("double", task -> task.text("text").repeat(2)))) {
      assertEquals("Worker-1", worker.name());
      assertEquals("abab", ana.call("double", Map.of("text", "ab")));
    }
  }

  @Test
  void anHourPassesWhenTheTestSaysSo() {
    try (TestServer server = TestServer.start();
        MutiraoClient ana = server.client("ana");
        MutiraoWorker worker = server.worker("Worker-1", Map.of("now", _ -> "done"))) {
      TaskHandle later = ana.submit(TaskRequest.of("now").delay(Duration.ofHours(1)));
      String id = later.id();
      server.advance(Duration.ofMinutes(59));
      assertEquals("scheduled", ana.query(id).await().state());
      assertFalse(later.result().isDone());
      server.advance(Duration.ofMinutes(1));
      assertEquals("done", later.result().await(Duration.ofSeconds(10)).value());
      assertEquals(1, worker.slots());
    }
  }

  @Test
  void aBareConnectionSpeaksLines() {
    try (TestServer server = TestServer.start();
        WireClient wire = server.wire()) {
      wire.send("{\"type\":\"register\",\"name\":\"ana\"}");
      assertTrue(wire.await("registered").contains("\"name\":\"ana\""));
      wire.send("{\"type\":\"quit\"}");
      wire.await("bye");
      assertNull(wire.receive());
    }
  }

  @Test
  void whoHadNoTimeToAnswerIsStillThereWhenMuchHasPassed() {
    try (TestServer server = TestServer.start();
        WireClient ana = server.wire();
        WireClient bia = server.wire()) {
      ana.send("{\"type\":\"register\",\"name\":\"ana\"}").await("registered");
      bia.send("{\"type\":\"register\",\"name\":\"bia\"}").await("registered");
      // From here on it is known as somebody who answers pings.
      ana.send("{\"type\":\"ping\"}").await("pong");
      for (int hour = 0; hour < 3; hour++) {
        server.advance(Duration.ofHours(1));
        bia.send("{\"type\":\"workers\"}").await("worker_list");
      }
      ana.send("{\"type\":\"workers\"}").await("worker_list");
    }
  }

  @Test
  void theClockNeverGoesBack() {
    try (TestServer server = TestServer.start()) {
      assertThrows(IllegalArgumentException.class, () -> server.advance(Duration.ofMillis(-1)));
    }
  }
}
