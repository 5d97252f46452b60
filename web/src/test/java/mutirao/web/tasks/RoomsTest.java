package mutirao.web.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mutirao.client.ChatMessage;
import mutirao.client.ClientListener;
import mutirao.client.MutiraoClient;
import mutirao.server.Storage;
import mutirao.web.kit.Edge;
import mutirao.web.kit.Http;
import mutirao.web.kit.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomsTest {
  private final Edge edge = Edge.open();
  private final Http http = edge.http();
  private final BlockingQueue<ChatMessage> heard = new LinkedBlockingQueue<>();

  @AfterEach
  void close() throws Exception {
    edge.close();
  }

  private MutiraoClient ana() {
    return edge.client(
        edge.options("ana")
            .listener(
                new ClientListener() {
                  @Override
                  public void onBroadcast(ChatMessage message) {
                    heard.add(message);
                  }
                }));
  }

  private void say(String room, String message) {
    http.post("/api/rooms/" + room + "/messages", "{\"message\":\"" + message + "\"}").json(201);
  }

  private static List<String> texts(Value page) {
    return page.list("messages").stream().map(message -> message.text("message")).toList();
  }

  @Test
  void whatIsSaidReachesThoseInTheRoomAndBack() throws Exception {
    MutiraoClient ana = ana();
    ana.join("obra").await();
    say("obra", "Cheguei \\\"já\\\"");
    ChatMessage message = heard.poll(30, TimeUnit.SECONDS);
    assertEquals("Cheguei \"já\"", message == null ? null : message.text());
    ana.broadcast("obra", "Bom dia").await();

    Value page = http.get("/api/rooms/obra/messages").json();
    assertEquals("obra", page.text("room"));
    assertEquals(List.of("Cheguei \"já\"", "Bom dia"), texts(page));
    assertEquals("web", page.text("messages", 0, "sender"));
    assertEquals("ana", page.text("messages", 1, "sender"));
    assertEquals(2, page.number("messages", 1, "seq"));
    Value rooms = http.get("/api/rooms").json();
    Value obra =
        rooms.list("rooms").stream()
            .filter(room -> room.text("name").equals("obra"))
            .findFirst()
            .orElseThrow();
    assertEquals(2, obra.number("members"));
    assertEquals(2, obra.number("seq"));
  }

  @Test
  void pagesGoBack() {
    for (String text : List.of("um", "dois", "três")) {
      say("obra", text);
    }
    Value last = http.get("/api/rooms/obra/messages?limit=2").json();
    assertEquals(List.of("dois", "três"), texts(last));
    long before = last.number("messages", 0, "seq");
    Value first = http.get("/api/rooms/obra/messages?limit=2&before_seq=" + before).json();
    assertEquals(List.of("um"), texts(first));
    http.get("/api/rooms/nenhuma/messages").problem(404, "unknown_room");
  }

  @Test
  void aKeyStandsForOneMessage() {
    for (int i = 0; i < 2; i++) {
      http.post("/api/rooms/obra/messages", "{\"message\":\"uma vez\",\"key\":\"k\"}").json(201);
    }
    assertEquals(List.of("uma vez"), texts(http.get("/api/rooms/obra/messages").json()));
  }

  @Test
  void whoIsThere() {
    ana();
    edge.worker("wim", 1, Map.of("quick", _ -> 1));
    Value clients = http.get("/api/clients").json();
    List<String> seen =
        clients.list("clients").stream()
            .map(client -> client.text("name") + " " + client.text("role"))
            .toList();
    assertTrue(seen.containsAll(List.of("ana client", "wim worker")), seen::toString);
    assertEquals(seen.size(), clients.number("total"));
  }

  @Test
  void aServerInMemoryKeepsNoArchive() {
    http.get("/api/history?words=dia").problem(503, "unavailable");
  }

  @Test
  void theArchiveIsSearched(@TempDir Path folder) throws Exception {
    Storage storage = new Storage(folder, Storage.Sync.NONE);
    try (Edge kept = Edge.of(Edge.CONFIG.withStorage(storage))) {
      Http asker = kept.http();
      kept.worker("wim", 1, Map.of("quick", _ -> "pronto"));
      asker.post("/api/tasks?wait=30s", "{\"operation\":\"quick\"}").json(200);
      for (String text : List.of("a viga chegou", "a porta chegou", "nada")) {
        asker.post("/api/rooms/obra/messages", "{\"message\":\"" + text + "\"}").json(201);
      }
      asker.until("/api/history?words=nada", page -> page.list("found").size() == 1);

      Value first = asker.get("/api/history?words=chegou&limit=1").json();
      assertEquals("a porta chegou", first.text("found", 0, "message"));
      Value second =
          asker.get("/api/history?words=chegou&limit=1&cursor=" + first.text("next")).json();
      assertEquals("a viga chegou", second.text("found", 0, "message"));
      Value tasks = asker.get("/api/history?kind=task&operation=quick").json();
      assertEquals("pronto", tasks.text("found", 0, "result"));
      assertEquals(
          List.of(), asker.get("/api/history?by=ninguem&kind=message").json().list("found"));
      Value wrong = asker.get("/api/history?cursor=xyz").problem(400, "invalid");
      assertEquals("cursor", wrong.text("field"));
      assertFalse(first.has("error"));
    }
  }
}
