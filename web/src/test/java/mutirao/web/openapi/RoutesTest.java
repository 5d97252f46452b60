package mutirao.web.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.javalin.Javalin;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import mutirao.server.Server;
import mutirao.web.WebConfig;
import mutirao.web.api.Api;
import mutirao.web.kit.Edge;
import mutirao.web.kit.Value;
import mutirao.web.line.Callers;
import mutirao.web.live.Live;
import mutirao.web.metrics.Metrics;
import org.junit.jupiter.api.Test;

/** What is in the document is there, and the other way round. */
class RoutesTest {
  /** Belongs to no route of the API: frames have their own door. */
  private static final String FRAMES = "GET /ws";

  private final Document document = Document.read();

  @Test
  void everyRouteIsInTheDocumentAndTheOtherWayRound() throws Exception {
    Set<String> documented = new TreeSet<>();
    document.operations().forEach(operation -> documented.add(operation.toString()));
    assertTrue(documented.remove(FRAMES));

    assertEquals(documented, routes());
  }

  private static Set<String> routes() throws Exception {
    try (Server server = Server.start(Edge.CONFIG);
        Live live = new Live(server.inside());
        Metrics metrics = new Metrics(live.pulse(), live.watch())) {
      Javalin javalin =
          Javalin.create(
              config ->
                  new Api(
                          server.inside(),
                          new Callers(server.inside(), () -> false),
                          live,
                          metrics,
                          WebConfig.of("127.0.0.1", 0, 0))
                      .addTo(config.routes));
      Set<String> routes = new TreeSet<>();
      javalin
          .unsafe
          .internalRouter
          .allHttpHandlers()
          .forEach(route -> routes.add(route.endpoint.method.name() + " " + route.endpoint.path));
      // The same as GET without a body.
      routes.removeIf(route -> route.startsWith("HEAD "));
      return routes;
    }
  }

  @Test
  void everyOperationHasANameOfItsOwnAndEveryReferenceLeadsSomewhere() {
    List<String> ids = document.operations().stream().map(Document.Operation::id).toList();
    assertEquals(ids.size(), new HashSet<>(ids).size(), ids::toString);
    int references = references(document.root());
    assertTrue(references > ids.size(), "only " + references);
  }

  private int references(Value value) {
    int count = 0;
    if (value.has("$ref")) {
      document.resolved(value);
      count++;
    }
    for (String name : Document.names(value)) {
      count += references(value.at(name));
    }
    if (value.json() instanceof List<?>) {
      for (Value element : value.list()) {
        count += references(element);
      }
    }
    return count;
  }

  @Test
  void whatIsServedIsTheDocument() throws Exception {
    try (Edge edge = Edge.open()) {
      assertEquals(document.root(), edge.http().get("/api/openapi.json").json());
    }
  }
}
