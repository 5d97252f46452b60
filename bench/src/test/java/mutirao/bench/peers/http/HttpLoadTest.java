package mutirao.bench.peers.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mutirao.bench.load.Load;
import mutirao.bench.load.Schedule;
import mutirao.bench.load.TaskLoad;
import mutirao.bench.load.TaskShape;
import mutirao.bench.load.Verdict;
import mutirao.bench.peer.Peer;
import mutirao.bench.peer.PeerOptions;
import mutirao.bench.peer.RunningServer;
import mutirao.server.Server;
import mutirao.server.ServerConfig;
import mutirao.web.WebConfig;
import mutirao.web.WebEdge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tasks by HTTP on our own server, and what is made of wrong answers; what is asserted are counts,
 * never times.
 */
class HttpLoadTest {
  private static final long ENOUGH_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
  private static final Pattern TEXT = Pattern.compile("\"text\":\"([^\"]*)\"");
  private static final int OK = 200;

  private Server server;
  private WebEdge edge;

  @BeforeEach
  void start() throws Exception {
    server = Server.start(ServerConfig.DEFAULT.withAddress("127.0.0.1", 0));
    edge = WebEdge.start(server.inside(), WebConfig.of("127.0.0.1", 0, server.address().getPort()));
  }

  @AfterEach
  void stop() {
    edge.close();
    server.close();
  }

  static Stream<Peer> peers() {
    PeerOptions options =
        new PeerOptions(Path.of("java"), List.of(), Path.of("none"), null, OptionalLong.empty());
    return Stream.of(new HttpPeer(options), new HttpBatchPeer(options));
  }

  private Verdict run(Peer peer, InetSocketAddress web, TaskShape shape, String session)
      throws Exception {
    RunningServer running = RunningServer.external(server.address(), web);
    try (Load load = new TaskLoad(peer, running, shape, session, Schedule.closed())) {
      load.open();
      load.drive(ENOUGH_NANOS, () -> {});
      return load.drain(100 * ENOUGH_NANOS);
    }
  }

  @ParameterizedTest
  @MethodSource("peers")
  void tasksComeBackRightOneAtATimeAndMany(Peer peer) throws Exception {
    for (TaskShape shape : List.of(TaskShape.ONE_AT_A_TIME, TaskShape.MANY)) {
      Verdict verdict = run(peer, edge.address(), shape, "w" + shape.window());
      assertTrue(verdict.ok(), verdict.firstFailure());
      assertTrue(verdict.completed() > 0);
      assertEquals(verdict.sent(), verdict.completed());
    }
  }

  /** A port for HTTP that does the tasks itself, and whose answers pass through a hook. */
  private Verdict faulty(Peer peer, int status, UnaryOperator<String> hook) throws Exception {
    HttpServer web = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
    web.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    web.createContext(
        "/",
        exchange -> {
          Matcher texts = TEXT.matcher(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          String results =
              texts
                  .results()
                  .map(
                      text ->
                          "{\"task\":\"t\",\"state\":\"done\",\"result\":\"%s\"}"
                              .formatted(text.group(1).toUpperCase(Locale.ROOT)))
                  .collect(Collectors.joining(","));
          byte[] body = hook.apply(results).getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    web.start();
    try {
      return run(peer, web.getAddress(), new TaskShape(2, 8, 1, 8), "f");
    } finally {
      web.stop(0);
    }
  }

  @ParameterizedTest
  @MethodSource("peers")
  void rightAnswersAreFoundRight(Peer peer) throws Exception {
    assertTrue(faulty(peer, OK, UnaryOperator.identity()).ok());
  }

  @ParameterizedTest
  @MethodSource("peers")
  void aRefusalEndsTheRunAndIsTold(Peer peer) {
    IOException thrown =
        assertThrows(
            IOException.class, () -> faulty(peer, 503, results -> "{\"code\":\"overloaded\"}"));
    assertTrue(String.valueOf(thrown.getMessage()).contains("overloaded"), thrown::toString);
  }

  @ParameterizedTest
  @MethodSource("peers")
  void aTaskThatFailedEndsTheRun(Peer peer) {
    assertThrows(
        IOException.class,
        () -> faulty(peer, OK, results -> results.replace("\"done\"", "\"failed\"")));
  }

  @ParameterizedTest
  @MethodSource("peers")
  void moreResultsThanTasksEndTheRun(Peer peer) {
    assertThrows(IOException.class, () -> faulty(peer, OK, results -> results + "," + results));
  }

  @Test
  void aWrongTextIsBad() throws Exception {
    int[] seen = {0};
    Verdict verdict =
        faulty(
            peers().findFirst().orElseThrow(),
            OK,
            results -> ++seen[0] == 20 ? results.replace('Q', 'X') : results);
    assertTrue(verdict.bad() > 0, verdict::toString);
  }
}
