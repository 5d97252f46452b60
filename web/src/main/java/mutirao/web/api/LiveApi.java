package mutirao.web.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import mutirao.core.account.AccountRole;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Problem;
import mutirao.server.access.Permissions.Action;
import mutirao.server.access.Principal;
import mutirao.web.http.ApiException;
import mutirao.web.http.Problems;
import mutirao.web.http.Requests;
import mutirao.web.line.Callers;
import mutirao.web.live.Feed;
import mutirao.web.live.Figures;
import mutirao.web.live.Subscriber;
import mutirao.web.live.Watch;

/** Figures, and what happens as it happens. */
final class LiveApi {
  private static final int OK = 200;
  private static final int SIGN_OF_LIFE_SECONDS = 15;
  private static final long LOOK_EVERY_MS = 1000;

  private final Callers callers;
  private final Watch watch;
  private final Feed feed;

  LiveApi(Callers callers, Watch watch, Feed feed) {
    this.callers = callers;
    this.watch = watch;
    this.feed = feed;
  }

  void figures(Context context) {
    Locale language = Requests.language(context);
    callers.checkEvenAlone(context, Action.LOOK);
    Figures latest = watch.latest();
    if (latest == null) {
      throw Problems.unavailable(language);
    }
    Requests.answer(context, OK, latest.json(language).put("series", watch.series()));
  }

  /** Told until either side hangs up; whoever may no longer look is let go. */
  void events(Context context) throws IOException {
    Set<String> topics = topics(context);
    callers.checkEvenAlone(context, Action.LOOK);
    Principal who = callers.principal(context);
    if (who == null) {
      throw new ApiException(
          Requests.language(context), Problem.of(null, ErrorCode.UNAUTHORIZED, "unauthorized"));
    }
    if (who.role() == AccountRole.WORKER) {
      topics.removeAll(Set.of("tasks", "messages"));
    }
    Subscriber subscriber = new Subscriber(topics, who, Requests.language(context));
    if (!feed.add(subscriber)) {
      throw new ApiException(
          Requests.language(context), Problem.of(null, ErrorCode.OVERLOADED, "overloaded"));
    }
    try {
      tell(context, who, subscriber);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // It has hung up, which is how these end.
    } finally {
      feed.remove(subscriber);
    }
  }

  /** Looks each second whether the login still holds: it can end at any time. */
  private void tell(Context context, Principal who, Subscriber subscriber)
      throws IOException, InterruptedException {
    context.res().setContentType("text/event-stream");
    context.res().setCharacterEncoding("UTF-8");
    // A proxy in between must not wait for more.
    context.res().setHeader("X-Accel-Buffering", "no");
    write(context, ":\n\n");
    long lookAtNs = System.nanoTime();
    int silentSeconds = 0;
    while (!subscriber.isClosed()) {
      Subscriber.Item item = subscriber.next(LOOK_EVERY_MS);
      if (item != null) {
        write(context, "event: " + item.topic() + "\ndata: " + item.data() + "\n\n");
        silentSeconds = 0;
      } else if (++silentSeconds >= SIGN_OF_LIFE_SECONDS) {
        write(context, ":\n\n");
        silentSeconds = 0;
      }
      if (System.nanoTime() - lookAtNs >= TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MS)) {
        lookAtNs = System.nanoTime();
        if (!isStillThere(context, who)) {
          return;
        }
      }
    }
  }

  private boolean isStillThere(Context context, Principal who) {
    try {
      return who.equals(callers.principal(context));
    } catch (ApiException e) {
      return false;
    }
  }

  private static void write(Context context, String text) throws IOException {
    ServletOutputStream out = context.res().getOutputStream();
    out.write(text.getBytes(UTF_8));
    out.flush();
  }

  private static Set<String> topics(Context context) {
    String wanted = Requests.query(context, "topics");
    Set<String> topics = new LinkedHashSet<>();
    for (String topic : wanted == null ? new String[] {"figures"} : wanted.split(",", -1)) {
      if (!Feed.TOPICS.contains(topic)) {
        throw new ApiException(
            Requests.language(context),
            Problem.field(
                null,
                ErrorCode.INVALID,
                "topics",
                "invalid.choice",
                "topics",
                String.join(", ", Feed.TOPICS.stream().sorted().toList())));
      }
      topics.add(topic);
    }
    return topics;
  }
}
