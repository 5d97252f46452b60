package mutirao.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Problem;
import mutirao.server.ServerConfig;
import mutirao.server.local.Inside;
import mutirao.server.tcp.Addresses;
import mutirao.web.api.Api;
import mutirao.web.http.ApiException;
import mutirao.web.http.Guard;
import mutirao.web.http.Problems;
import mutirao.web.http.Requests;
import mutirao.web.line.Callers;
import mutirao.web.live.Live;
import mutirao.web.metrics.Metrics;
import mutirao.web.page.JoinFiles;
import mutirao.web.page.PageFiles;
import mutirao.web.socket.FrameSocket;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web port of a running server: every part made in order, closed in reverse. */
public final class WebEdge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebEdge.class);

  /** What a body may have on top of the longest frame: what many tasks at once need. */
  private static final long BATCH_FACTOR = 8;

  private static final int BROKEN = 400;
  private static final int SLOW = 408;
  private static final int FAULT = 500;

  private final Live live;
  private final Metrics metrics;
  private final Callers callers;
  private final Javalin javalin;
  private final Jetty jetty;

  private WebEdge(Live live, Metrics metrics, Callers callers, Javalin javalin, Jetty jetty) {
    this.live = live;
    this.metrics = metrics;
    this.callers = callers;
    this.javalin = javalin;
    this.jetty = jetty;
  }

  /**
   * Begins to listen.
   *
   * @throws IOException where the address is not to be had
   */
  public static WebEdge start(Inside inside, WebConfig config) throws IOException {
    return start(inside, config, new Addresses(inside.config().edge().maxConnectionsPerAddress()));
  }

  /** With other bounds on addresses; for tests, which come from this machine. */
  static WebEdge start(Inside inside, WebConfig config, Addresses addresses) throws IOException {
    Live live = new Live(inside);
    Metrics metrics = new Metrics(live.pulse(), live.watch());
    Callers callers = new Callers(inside, live.watch()::leaderless);
    Jetty jetty = new Jetty(config, inside.config(), addresses, inside.credentials());
    Nothing nothing = new Nothing();
    Javalin javalin =
        Javalin.create(
            setUp -> configure(setUp, inside, config, live, metrics, callers, jetty, nothing));
    nothing.know(javalin.unsafe.internalRouter);
    live.start(inside, callers.lines()::dropIdle);
    WebEdge edge = new WebEdge(live, metrics, callers, javalin, jetty);
    try {
      javalin.start();
      return edge;
    } catch (RuntimeException e) {
      edge.close();
      throw new IOException(Jetty.reason(e), e);
    }
  }

  private static void configure(
      JavalinConfig setUp,
      Inside inside,
      WebConfig config,
      Live live,
      Metrics metrics,
      Callers callers,
      Jetty jetty,
      Nothing nothing) {
    setUp.startup.showJavalinBanner = false;
    setUp.startup.showOldJavalinVersionWarning = false;
    setUp.startup.startupWatcherEnabled = false;
    setUp.concurrency.useVirtualThreads = true;
    setUp.http.maxRequestSize = BATCH_FACTOR * inside.config().maxFrameBytes();
    setUp.http.generateEtags = false;
    jetty.configure(setUp.jetty);
    RoutesConfig routes = setUp.routes;
    Guard guard = new Guard(ServerConfig.isLoopback(config.bind()));
    routes.before(
        context -> {
          guard.mark(context);
          guard.check(context);
        });
    new Api(inside, callers, live, metrics, config).addTo(routes);
    FrameSocket socket = new FrameSocket(inside, callers);
    routes.wsBeforeUpgrade(
        "/ws",
        context -> {
          guard.check(context);
          socket.beforeUpgrade(context);
        });
    routes.wsAfterUpgrade("/ws", socket::afterUpgrade);
    routes.ws("/ws", socket::configure);
    JoinFiles join = new JoinFiles(config.join());
    routes.get("/join/operations.json", join::list);
    routes.get("/join/operations/{file}", join::module);
    PageFiles page = new PageFiles();
    routes.get("/api", page::answer);
    nothing.addTo(routes);
    // The library would answer that all is well wherever something can be asked for.
    for (HandlerType method : List.of(HandlerType.GET, HandlerType.HEAD)) {
      routes.addHttpHandler(method, "/<path>", page::answer);
      routes.addHttpHandler(method, "/", page::answer);
    }
    routes.exception(ApiException.class, (e, context) -> Problems.answer(context, e));
    routes.exception(HttpResponseException.class, WebEdge::refused);
    routes.exception(Exception.class, WebEdge::failed);
  }

  private static void refused(HttpResponseException refusal, Context context) {
    Locale language = Requests.language(context);
    Problem problem =
        switch (refusal.getStatus()) {
          case 413 -> Problem.of(null, ErrorCode.TOO_LARGE, "too_large.body");
          case 404 -> Problem.of(null, ErrorCode.UNKNOWN_TARGET, "unknown_path", context.path());
          default -> Problem.of(null, ErrorCode.MALFORMED, "malformed.request");
        };
    Problems.answer(context, ApiException.withStatus(refusal.getStatus(), language, problem));
  }

  private static void failed(Exception fault, Context context) {
    int theirs = theirs(fault);
    if (theirs > 0) {
      // Whoever hangs up halfway would otherwise fill the log with a line and a trace each time.
      Problem problem = Problem.of(null, ErrorCode.MALFORMED, "malformed.request");
      Problems.answer(
          context, ApiException.withStatus(theirs, Requests.language(context), problem));
      return;
    }
    LOG.error("a request failed because of a fault of ours: {}", context.path(), fault);
    Problems.answer(
        context,
        new ApiException(
            Requests.language(context), Problem.of(null, ErrorCode.INTERNAL, "internal")));
  }

  /** The status of what turned out to be no request while it was read; 0: it was one. */
  private static int theirs(Exception fault) {
    return switch (fault) {
      case HttpException broken when broken.getCode() < FAULT -> broken.getCode();
      case EofException _ -> BROKEN;
      case IOException slow when slow.getCause() instanceof TimeoutException -> SLOW;
      default -> 0;
    };
  }

  /** Where it listens, with the port that was picked. */
  public InetSocketAddress address() {
    return jetty.address(javalin.port());
  }

  /** Answers nobody any more. */
  @Override
  public void close() {
    callers.lines().close();
    live.close();
    javalin.stop();
    metrics.close();
  }
}
