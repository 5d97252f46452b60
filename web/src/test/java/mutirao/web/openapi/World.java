package mutirao.web.openapi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import mutirao.client.MutiraoClient;
import mutirao.client.ops.BuiltInOperations;
import mutirao.protocol.AccountRole;
import mutirao.protocol.RawJson;
import mutirao.protocol.codec.Json;
import mutirao.server.ServerConfig;
import mutirao.server.Storage;
import mutirao.web.Stage;
import mutirao.web.WebConfig;
import mutirao.web.kit.Answer;
import mutirao.web.kit.Edge;
import mutirao.web.kit.Http;
import mutirao.web.kit.Value;
import org.jspecify.annotations.Nullable;

/**
 * A server on which the document's examples make sense: with users, an archive, a worker, tasks, a
 * room in which something was said, and a stage.
 */
final class World implements AutoCloseable {
  private static final String WORKER = "oficina";

  private final Edge edge;
  private final Http admin;
  private final String token;
  private final BlockingQueue<String> deeds = new LinkedBlockingQueue<>();

  private final class Theatre implements Stage {
    @Override
    public Set<String> nodes() {
      return Set.of("n2");
    }

    @Override
    public void kill(String node) {
      deeds.add("kill " + node);
    }

    @Override
    public void start(String node) {
      deeds.add("start " + node);
    }
  }

  World(Path folder) {
    ServerConfig config = Edge.CONFIG.withStorage(new Storage(folder, Storage.Sync.NONE));
    edge = Edge.withAdmin(config, this::staged);
    try (MutiraoClient users = edge.admin()) {
      token = edge.token(users, Edge.ADMIN);
      admin = edge.http().token(token);
      String workers = edge.user(users, WORKER, AccountRole.WORKER);
      edge.worker(edge.options(WORKER + "-1").token(workers), 4, BuiltInOperations.all());
    }
    ended();
    admin.post("/api/rooms/lobby/messages", "{\"message\":\"Bom dia!\"}").json(201);
    admin.until("/api/figures", figures -> figures.has("at"));
  }

  private WebConfig staged(WebConfig plain) {
    return new WebConfig(plain.bind(), plain.webPort(), plain.port(), plain.join(), new Theatre());
  }

  Http admin() {
    return admin;
  }

  Http stranger() {
    return edge.http();
  }

  /** What was done on the stage. */
  List<String> deeds() {
    return new ArrayList<>(deeds);
  }

  /** Somebody comes, and is gone again. */
  void comer() {
    edge.client(edge.options(Edge.ADMIN + "-2").token(token)).close();
  }

  /** A task that has ended. */
  String ended() {
    Answer answer =
        admin.post("/api/tasks?wait=20s", "{\"operation\":\"sum\",\"params\":{\"numbers\":[1,2]}}");
    return answer.json(200).text("task");
  }

  /** A task that nobody can run. */
  String waiting() {
    return admin.post("/api/tasks", "{\"operation\":\"nobody_can\"}").json(202).text("task");
  }

  /** Sends an operation's example. */
  Answer send(Document.Operation operation) {
    Value example = operation.example();
    RawJson body = example == null ? null : Json.write(example.json());
    return send(operation, Map.of(), body == null ? null : body.toString());
  }

  /** Sends an operation's example with another body and other values of the query. */
  Answer send(Document.Operation operation, Map<String, String> query, @Nullable String body) {
    Http who = operation.id().equals("logIn") ? stranger() : admin;
    return who.send(operation.method(), path(operation, query), body);
  }

  /** Where an operation's example goes. */
  String path(Document.Operation operation, Map<String, String> others) {
    String path = operation.path();
    List<String> query = new ArrayList<>();
    for (Document.Parameter parameter : operation.parameters()) {
      String name = parameter.name();
      if (parameter.in().equals("header")) {
        continue;
      }
      if (parameter.in().equals("path")) {
        path = path.replace("{" + name + "}", value(operation, parameter));
      } else if (others.isEmpty() ? parameter.example() != null : others.containsKey(name)) {
        query.add(name + "=" + others.getOrDefault(name, value(operation, parameter)));
      }
    }
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }

  private String value(Document.Operation operation, Document.Parameter parameter) {
    if (parameter.name().equals("id")) {
      return operation.id().equals("cancelTask") ? waiting() : ended();
    }
    return parameter.example() instanceof List<?> list
        ? String.join(",", list.stream().map(String::valueOf).toList())
        : String.valueOf(parameter.example());
  }

  @Override
  public void close() throws Exception {
    edge.close();
  }
}
