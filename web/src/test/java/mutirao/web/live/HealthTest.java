package mutirao.web.live;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import mutirao.web.kit.Edge;
import mutirao.web.kit.Value;
import org.junit.jupiter.api.Test;

class HealthTest {
  @Test
  void isToldToAnybody() throws Exception {
    try (Edge edge = Edge.withAdmin()) {
      assertTrue(edge.http().get("/health/live").json().flag("live"));
      edge.http().until("/health/ready", health -> health.flag("ready"));
      Value ready = edge.http().get("/health/ready").json();
      assertFalse(ready.has("problem"));
      edge.http().get("/metrics").problem(401, "unauthorized");
    }
  }

  @Test
  void aServerThatIsClosedEndsWhoListens() throws Exception {
    Edge edge = Edge.open();
    edge.http().until("/api/figures", figures -> figures.has("at"));
    try (var events = edge.http().events("figures");
        var socket = edge.http().socket()) {
      socket.register("ana", "");
      events.next("figures", _ -> true);
      edge.close();
      socket.awaitClose();
      events.awaitEnd();
    }
  }
}
