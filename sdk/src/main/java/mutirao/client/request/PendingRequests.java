package mutirao.client.request;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import mutirao.client.ClientOptions;
import org.jspecify.annotations.Nullable;

/**
 * The requests without an answer, in the order in which they were made, which is also the order in
 * which they are sent again. Bounded. Not thread-safe: under the session's lock.
 */
final class PendingRequests {
  private final ClientOptions.Bounds bounds;
  private final Map<Long, Request> byRef = new LinkedHashMap<>();
  private final Set<Long> resentSubmits = new HashSet<>();
  private int counted;
  private long countedBytes;

  PendingRequests(ClientOptions.Bounds bounds) {
    this.bounds = bounds;
  }

  /** Whether there is room; one request is always let in, however long. */
  boolean hasRoomFor(Request request) {
    return !request.kind.counted()
        || counted == 0
        || (counted < bounds.requests()
            && countedBytes + request.line.length <= bounds.requestBytes());
  }

  void add(Request request) {
    byRef.put(request.ref, request);
    count(request, 1);
  }

  /** The request an answer belongs to, which has it now; null where nobody waits. */
  @Nullable Request take(long ref) {
    Request request = byRef.remove(ref);
    if (request != null) {
      forget(request);
    }
    return request;
  }

  /** Takes all those out for which {@code condition} holds. */
  List<Request> takeIf(Predicate<Request> condition) {
    List<Request> taken = new ArrayList<>();
    Iterator<Request> all = byRef.values().iterator();
    while (all.hasNext()) {
      Request request = all.next();
      if (condition.test(request)) {
        all.remove();
        forget(request);
        taken.add(request);
      }
    }
    return taken;
  }

  /** Takes those out whose time is over. */
  List<Request> takeOverdue(long nowMs) {
    return takeIf(request -> request.deadlineMs <= nowMs);
  }

  /** All of them, to be sent again, in order. */
  List<Request> toSendAgain() {
    for (Request request : byRef.values()) {
      if (request.sent && request.kind == RequestKind.SUBMIT) {
        resentSubmits.add(request.ref);
      }
    }
    return List.copyOf(byRef.values());
  }

  /** The request an answer belongs to, which stays; null where nobody waits. */
  @Nullable Request find(long ref) {
    return byRef.get(ref);
  }

  /** Whether a task may be known to the server whose id this client has not been told. */
  boolean submitsAreBeingResent() {
    return !resentSubmits.isEmpty();
  }

  private void forget(Request request) {
    count(request, -1);
    resentSubmits.remove(request.ref);
  }

  private void count(Request request, int sign) {
    if (request.kind.counted()) {
      counted += sign;
      countedBytes += (long) sign * request.line.length;
    }
  }
}
