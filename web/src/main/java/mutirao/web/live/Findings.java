package mutirao.web.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mutirao.core.State;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.ServerView;
import mutirao.web.live.Figures.Finding;
import org.jspecify.annotations.Nullable;

/** Looks for what an operator should look at. */
final class Findings {
  private static final long LONG_WAIT_MS = 60_000;
  private static final double NEARLY_FULL = 0.8;
  private static final double MEMORY_SHORT = 0.9;
  private static final int FEW = 10;
  private static final int MAX_OPERATIONS = 5;
  private static final long DISK_SHORT_BYTES = 1L << 30;

  private Findings() {}

  /** Operations for which tasks wait, and that nobody there can run: with how many wait. */
  static List<Map.Entry<String, Integer>> unknown(State state, Map<String, Integer> waiting) {
    return waiting.entrySet().stream()
        .filter(entry -> state.tasks().search().workersOf(entry.getKey()) == 0)
        .limit(MAX_OPERATIONS)
        .toList();
  }

  /** What the state shows. */
  static List<Finding> of(
      State state, Map<String, Integer> waiting, @Nullable Long oldestQueuedAtMs) {
    List<Finding> found = new ArrayList<>();
    List<Map.Entry<String, Integer>> unknown = unknown(state, waiting);
    for (Map.Entry<String, Integer> entry : unknown) {
      found.add(
          new Finding(
              "no_worker",
              true,
              List.of(entry.getKey(), entry.getValue()),
              "/tasks?state=queued&operation=" + entry.getKey()));
    }
    long waitMs = oldestQueuedAtMs == null ? 0 : state.nowMs() - oldestQueuedAtMs;
    if (waitMs > LONG_WAIT_MS && unknown.isEmpty()) {
      long seconds = waitMs / 1000;
      found.add(new Finding("long_wait", false, List.of(seconds), "/tasks?state=queued"));
    }
    int most = state.settings().maxTasks();
    if (state.tasks().size() > most * NEARLY_FULL) {
      found.add(new Finding("nearly_full", true, List.of(state.tasks().size(), most), "/tasks"));
    }
    return found;
  }

  /** What the group of servers shows. */
  static List<Finding> of(ServerFrame.@Nullable ClusterState group) {
    List<Finding> found = new ArrayList<>();
    if (group == null || group.leader() == null) {
      found.add(new Finding("no_leader", true, List.of(), "/cluster"));
      return found;
    }
    for (ServerView server : group.servers()) {
      Long silentMs = server.silentMs();
      if (silentMs != null && Groups.isLost(server)) {
        found.add(
            new Finding(
                "server_silent", true, List.of(server.node(), silentMs / 1000), "/cluster"));
      }
    }
    return found;
  }

  /** What the last minute and the machine show. */
  static List<Finding> of(long finishedAMinute, long failedAMinute, Figures.Room room) {
    List<Finding> found = new ArrayList<>();
    if (finishedAMinute >= FEW && failedAMinute * 2 > finishedAMinute) {
      found.add(
          new Finding(
              "failing", true, List.of(failedAMinute, finishedAMinute), "/tasks?state=failed"));
    }
    if (room.memoryUsed() > room.memoryMax() * MEMORY_SHORT) {
      found.add(
          new Finding(
              "memory", false, List.of(room.memoryUsed() >> 20, room.memoryMax() >> 20), null));
    }
    if (room.diskUsed() > 0 && room.diskFree() < DISK_SHORT_BYTES) {
      found.add(new Finding("disk", true, List.of(room.diskFree() >> 20), null));
    }
    return found;
  }
}
