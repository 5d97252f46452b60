package mutirao.web.api;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mutirao.core.State;
import mutirao.core.task.Task;
import mutirao.server.access.Permissions.Action;
import mutirao.server.gateway.Desk;
import mutirao.server.gateway.words.TaskIds;
import mutirao.web.http.JsonObject;
import mutirao.web.http.Requests;
import mutirao.web.line.Line;
import mutirao.web.live.Waiters;
import org.jspecify.annotations.Nullable;

/** Looks at tasks, where it is wanted once they have ended. Thread-safe. */
final class Endings {
  private final TaskJson json;
  private final Waiters waiters;

  Endings(TaskJson json, Waiters waiters) {
    this.json = json;
    this.waiters = waiters;
  }

  /**
   * Tasks as they are when all of them have ended, or that time is over; null in the place of one
   * that is not known, or not known to this caller. However many they are, the server is asked
   * twice at most.
   */
  List<@Nullable JsonObject> await(Context context, Line line, List<String> ids, long waitMs) {
    List<Long> numbers = ids.stream().map(TaskIds::decode).toList();
    List<CompletableFuture<Void>> ends = numbers.stream().map(waiters::add).toList();
    try {
      List<@Nullable JsonObject> now = look(context, line, numbers);
      return waitMs > 0 && endAfter(now, ends, waitMs) ? look(context, line, numbers) : now;
    } finally {
      for (int i = 0; i < ends.size(); i++) {
        waiters.remove(numbers.get(i), ends.get(i));
      }
    }
  }

  /** Waits for those that have not ended; false where all had. */
  private static boolean endAfter(
      List<@Nullable JsonObject> now, List<CompletableFuture<Void>> ends, long waitMs) {
    long giveUpNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMs);
    boolean waited = false;
    try {
      for (int i = 0; i < ends.size(); i++) {
        JsonObject task = now.get(i);
        if (task != null && !over(task)) {
          waited = true;
          ends.get(i).get(Math.max(0, giveUpNs - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
      }
      return waited;
    } catch (TimeoutException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  static boolean over(JsonObject task) {
    return task.members().containsKey("finished_at");
  }

  private List<@Nullable JsonObject> look(Context context, Line line, List<Long> numbers) {
    Locale language = Requests.language(context);
    return Requests.await(
        context,
        line.read(
            Action.SEE_TASKS,
            (state, asker) -> {
              List<@Nullable JsonObject> found = new ArrayList<>(numbers.size());
              numbers.forEach(number -> found.add(look(state, asker, number, language)));
              return Collections.unmodifiableList(found);
            },
            language));
  }

  private @Nullable JsonObject look(State state, Desk.Asker asker, long number, Locale language) {
    Task task = asker.task(state, number);
    return task == null ? null : json.whole(state, task, language);
  }
}
