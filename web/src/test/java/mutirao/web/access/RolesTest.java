package mutirao.web.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import mutirao.client.MutiraoClient;
import mutirao.client.TaskRequest;
import mutirao.protocol.AccountRole;
import mutirao.server.ServerConfig;
import mutirao.server.Storage;
import mutirao.web.kit.Answer;
import mutirao.web.kit.Edge;
import mutirao.web.kit.Http;
import mutirao.web.kit.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolesTest {
  private static final String NOBODY = "{\"operation\":\"nobody\"}";

  private final Edge edge = Edge.withAdmin();
  private final MutiraoClient users = edge.admin();
  private final Http admin = edge.http().token(edge.token(users, Edge.ADMIN));
  private final CountDownLatch go = new CountDownLatch(1);

  @AfterEach
  void close() throws Exception {
    go.countDown();
    edge.close();
  }

  private Http user(String name, AccountRole role) {
    return edge.http().token(edge.user(users, name, role));
  }

  private static String submit(Http who) {
    return who.post("/api/tasks", NOBODY).json(202).text("task");
  }

  private static List<String> listed(Http who) {
    return who.get("/api/tasks").json().list("tasks").stream()
        .map(task -> task.text("task"))
        .toList();
  }

  @Test
  void aViewerLooksAndTouchesNothing() {
    String task = submit(admin);
    Http vera = user("vera", AccountRole.VIEWER);
    for (String path :
        List.of(
            "/api/tasks",
            "/api/workers",
            "/api/clients",
            "/api/rooms",
            "/api/cluster",
            "/metrics")) {
      assertEquals(200, vera.get(path).status(), path);
    }
    List<Answer> refused =
        List.of(
            vera.post("/api/tasks", NOBODY),
            vera.post("/api/tasks/" + task + "/cancel", ""),
            vera.post("/api/tasks/" + task + "/retry", ""),
            vera.post("/api/rooms/lobby/messages", "{\"message\":\"oi\"}"),
            vera.post("/api/workers/wim/drain", ""),
            vera.post("/api/cluster/transfer", "{}"));
    refused.forEach(answer -> answer.problem(403, "forbidden"));
    Value batch = vera.post("/api/tasks/batch", "{\"tasks\":[" + NOBODY + "]}").json();
    assertEquals(403, batch.number("tasks", 0, "error", "status"));
    Value many = vera.post("/api/tasks/cancel", "{\"tasks\":[\"" + task + "\"]}").json();
    assertEquals("forbidden", many.text("results", 0, "error", "code"));
    assertEquals("queued", admin.get("/api/tasks/" + task).json().text("state"));
  }

  @Test
  void aMembersTasksAreItsOwnAndTheAdmins() {
    Http bruno = user("bruno", AccountRole.MEMBER);
    Http carla = user("carla", AccountRole.MEMBER);
    String his = submit(bruno);
    String hers = submit(carla);

    carla.get("/api/tasks/" + his).problem(404, "unknown_task");
    carla.get("/api/tasks/" + his + "?wait=10ms").problem(404, "unknown_task");
    carla.post("/api/tasks/" + his + "/cancel", "").problem(404, "unknown_task");
    carla.post("/api/tasks/" + his + "/retry", "").problem(404, "unknown_task");
    String both = "{\"tasks\":[\"" + his + "\",\"" + hers + "\"]}";
    Value many = carla.post("/api/tasks/cancel", both).json();
    assertEquals("unknown_task", many.text("results", 0, "error", "code"));
    assertTrue(many.flag("results", 1, "ok"));
    assertEquals(List.of(hers), listed(carla));
    assertEquals(List.of(his), listed(bruno));
    assertEquals(List.of(), carla.get("/api/tasks?submitter=bruno-web").json().at("tasks").json());

    assertEquals(List.of(hers, his), listed(admin));
    assertEquals("queued", admin.get("/api/tasks/" + his).json().text("state"));
    admin.post("/api/tasks/" + his + "/cancel", "").json();
    assertEquals("cancelled", bruno.get("/api/tasks/" + his).json().text("state"));
  }

  @Test
  void tasksOfAUsersOtherConnectionsAreItsOwnToo() {
    String token = edge.user(users, "bruno", AccountRole.MEMBER);
    MutiraoClient client = edge.client(edge.options("bruno-2").token(token));
    String task = client.submit(TaskRequest.of("nobody")).id();
    assertEquals(List.of(task), listed(edge.http().token(token)));
    edge.http().token(token).post("/api/tasks/" + task + "/cancel", "").json();
  }

  @Test
  void sec02TheArchiveShowsNobodyTheTasksOfOthersButAnAdmin(@TempDir Path folder) throws Exception {
    ServerConfig config = Edge.CONFIG.withStorage(new Storage(folder, Storage.Sync.NONE));
    try (Edge kept = Edge.withAdmin(config)) {
      MutiraoClient users = kept.admin();
      String token = kept.user(users, "bruno", AccountRole.MEMBER);
      Http bruno = kept.http().token(token);
      Http carla = kept.http().token(kept.user(users, "carla", AccountRole.MEMBER));
      Http vera = kept.http().token(kept.user(users, "vera", AccountRole.VIEWER));
      Http ana = kept.http().token(kept.token(users, Edge.ADMIN));
      MutiraoClient other = kept.client(kept.options("bruno-2").token(token));
      String task = other.submit(TaskRequest.of("nobody")).id();
      bruno.post("/api/tasks/" + task + "/cancel", "").json();

      bruno.until("/api/history?task=" + task, page -> page.list("found").size() == 1);
      for (Http stranger : List.of(carla, vera)) {
        assertEquals(List.of(), stranger.get("/api/history?task=" + task).json().list("found"));
        stranger.get("/api/history?any=true&task=" + task).problem(403, "forbidden");
      }
      bruno.get("/api/history?any=true").problem(403, "forbidden");
      assertEquals(List.of(), ana.get("/api/history").json().list("found"));
      Value all = ana.get("/api/history?any=true").json();
      assertEquals(task, all.text("found", 0, "task"));
      assertEquals("bruno-2", all.text("found", 0, "submitter"));
    }
  }

  @Test
  void onlyAnAdminDrainsAndSeesWhatRuns() {
    Http bruno = user("bruno", AccountRole.MEMBER);
    String token = edge.user(users, "wim", AccountRole.WORKER);
    edge.worker(
        edge.options("wim").token(token),
        1,
        Map.of(
            "slow",
            _ -> {
              go.await();
              return null;
            }));
    String task = admin.post("/api/tasks", "{\"operation\":\"slow\"}").json(202).text("task");
    Value seen = admin.until("/api/workers", list -> list.number("workers", 0, "busy") == 1);
    assertEquals(List.of(task), seen.at("workers", 0, "running").json());
    assertEquals(List.of(), bruno.get("/api/workers").json().at("workers", 0, "running").json());
    bruno.post("/api/workers/wim/drain", "").problem(403, "forbidden");
    bruno.post("/api/cluster/transfer", "{\"node\":\"n2\"}").problem(403, "forbidden");
    assertEquals(1, admin.post("/api/workers/wim/drain", "").json().number("running"));
  }

  @Test
  void aWorkersLoginSeesWhoIsThereAndNothingOfTheWork() {
    submit(admin);
    Http wim = user("wim", AccountRole.WORKER);
    Value session = wim.get("/api/session").json();
    assertEquals("wim", session.text("user"));
    assertEquals("worker", session.text("role"));
    for (String path : List.of("/api/workers", "/api/clients", "/api/cluster", "/metrics")) {
      assertEquals(200, wim.get(path).status(), path);
    }
    for (String path :
        List.of("/api/tasks", "/api/tasks/10", "/api/rooms", "/api/rooms/lobby/messages")) {
      wim.get(path).problem(403, "forbidden");
    }
    wim.post("/api/tasks", NOBODY).problem(403, "forbidden");
    wim.post("/api/rooms/lobby/messages", "{\"message\":\"oi\"}").problem(403, "forbidden");
  }
}
