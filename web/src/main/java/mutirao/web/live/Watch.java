package mutirao.web.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mutirao.core.State;
import mutirao.core.session.Session;
import mutirao.core.session.SessionRole;
import mutirao.core.task.Worker;
import mutirao.protocol.ServerFrame;
import mutirao.server.Storage;
import mutirao.server.local.Inside;
import mutirao.web.http.JsonObject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the server once a second and keeps what it sees. Thread-safe. */
public final class Watch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final int LONGEST_QUEUES = 20;
  private static final int MINUTE = 60;
  private static final int DISK_EVERY = 10;
  private static final double TENTHS = 10;
  private static final int MS_A_SECOND = 1000;
  private static final int GROUP_WITHIN_MS = 500;
  private static final int GROUP_KNOWN_SECONDS = 3;

  private final Inside inside;
  private final Pulse pulse;
  private final Series series = new Series();
  private final long startedAtMs = System.currentTimeMillis();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("mutirao-watch").daemon().factory());
  private final List<Consumer<Figures>> listeners = new ArrayList<>();

  // Only for the timer's thread.
  private final ArrayDeque<Pulse.Totals> minute = new ArrayDeque<>();
  private long lookedAtNs = System.nanoTime();
  private int looks;
  private @Nullable CompletableFuture<ServerFrame.@Nullable ClusterState> asked;
  private long diskUsed;
  private long diskFree;

  private volatile @Nullable Figures latest;
  private volatile ServerFrame.@Nullable ClusterState group;

  /** What of the state is looked at. */
  private record Seen(
      Figures.Counts counts,
      @Nullable Long oldestQueuedAtMs,
      List<Figures.Queue> queues,
      List<Figures.Finding> findings,
      long lastIndex,
      Pulse.Beat beat) {}

  /** A watch over a server whose events {@code pulse} counts. */
  public Watch(Inside inside, Pulse pulse) {
    this.inside = inside;
    this.pulse = pulse;
  }

  /** Begins to look; {@code listener} is told each time, by the watch's thread. */
  public void start(List<Consumer<Figures>> tell) {
    listeners.addAll(tell);
    var _ = timer.scheduleAtFixedRate(this::look, 0, MS_A_SECOND, TimeUnit.MILLISECONDS);
  }

  /** The last look; null before the first. */
  public @Nullable Figures latest() {
    return latest;
  }

  /** The group of servers at the last look; null where this one did not know. */
  public ServerFrame.@Nullable ClusterState group() {
    return group;
  }

  /** Whether no server led the group at the last look; no before the first one. */
  public boolean leaderless() {
    ServerFrame.ClusterState seen = group;
    return latest != null && (seen == null || seen.leader() == null);
  }

  /** The last minutes. */
  public JsonObject series() {
    return series.json();
  }

  private void look() {
    try {
      CompletableFuture<ServerFrame.@Nullable ClusterState> question =
          asked == null ? askForTheGroup() : asked;
      asked = question;
      int connections = inside.connectionCount().get(MS_A_SECOND, TimeUnit.MILLISECONDS);
      Seen seen =
          inside.look(state -> see(state, connections)).get(MS_A_SECOND, TimeUnit.MILLISECONDS);
      hear(question);
      Figures figures = figures(seen);
      latest = figures;
      series.add(figures);
      listeners.forEach(listener -> listener.accept(figures));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      // A second is missing, and the next one is looked at all the same.
      LOG.debug("the server could not be looked at", e);
    }
  }

  /** What is not answered for long is not known. */
  private CompletableFuture<ServerFrame.@Nullable ClusterState> askForTheGroup() {
    return inside.cluster().completeOnTimeout(null, GROUP_KNOWN_SECONDS, TimeUnit.SECONDS);
  }

  /** A leader that hangs is waited for elsewhere: figures come all the same. */
  private void hear(CompletableFuture<ServerFrame.@Nullable ClusterState> question)
      throws InterruptedException, ExecutionException {
    try {
      group = question.get(GROUP_WITHIN_MS, TimeUnit.MILLISECONDS);
      asked = null;
    } catch (TimeoutException e) {
      LOG.debug("the group has not answered yet", e);
    }
  }

  private Seen see(State state, int connections) {
    int slots = 0;
    int busy = 0;
    int workers = 0;
    int clients = 0;
    for (Worker worker : state.tasks().workers()) {
      workers++;
      busy += worker.busy();
      slots += worker.draining() ? worker.busy() : worker.session().slots();
    }
    for (Session session : state.sessions().all()) {
      clients += session.role() == SessionRole.WORKER ? 0 : 1;
    }
    Map<String, Integer> waiting = state.tasks().search().waiting();
    Long oldest = state.tasks().search().oldestQueuedAtMs();
    return new Seen(
        new Figures.Counts(
            state.tasks().scheduled(),
            state.tasks().queued(),
            state.tasks().running(),
            state.tasks().size(),
            slots,
            busy,
            workers,
            connections,
            clients),
        oldest,
        longest(state, waiting),
        Findings.of(state, waiting, oldest),
        state.lastIndex(),
        pulse.beat());
  }

  private static List<Figures.Queue> longest(State state, Map<String, Integer> waiting) {
    return waiting.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(LONGEST_QUEUES)
        .map(
            entry ->
                new Figures.Queue(
                    entry.getKey(),
                    entry.getValue(),
                    state.tasks().search().workersOf(entry.getKey())))
        .toList();
  }

  private Figures figures(Seen seen) {
    long nowNs = System.nanoTime();
    double seconds = Math.max(1e-3, (nowNs - lookedAtNs) / 1e9);
    lookedAtNs = nowNs;
    Pulse.Totals now = pulse.totals();
    Pulse.Totals before = minute.isEmpty() ? now : minute.getLast();
    Pulse.Totals minuteAgo = minute.isEmpty() ? now : minute.getFirst();
    minute.addLast(now);
    if (minute.size() > MINUTE) {
      minute.removeFirst();
    }
    lookAtDisk();
    Runtime runtime = Runtime.getRuntime();
    Figures.Room room =
        new Figures.Room(
            runtime.totalMemory() - runtime.freeMemory(),
            runtime.maxMemory(),
            diskUsed,
            diskFree,
            seen.lastIndex());
    ServerFrame.ClusterState servers = group;
    List<Figures.Finding> problems = new ArrayList<>(Findings.of(servers));
    problems.addAll(seen.findings());
    problems.addAll(
        Findings.of(
            now.finished() - minuteAgo.finished(), now.failed() - minuteAgo.failed(), room));
    return new Figures(
        System.currentTimeMillis(),
        inside.config().node(),
        servers == null ? null : servers.leader(),
        servers == null ? 0 : servers.term(),
        startedAtMs,
        new Figures.Rates(
            rate(now.accepted() - before.accepted(), seconds),
            rate(now.finished() - before.finished(), seconds),
            rate(now.failed() - before.failed(), seconds),
            rate(now.messages() - before.messages(), seconds)),
        seen.beat(),
        seen.counts(),
        seen.oldestQueuedAtMs(),
        seen.queues(),
        room,
        problems);
  }

  private static double rate(long count, double seconds) {
    return Math.round(count / seconds * TENTHS) / TENTHS;
  }

  private void lookAtDisk() {
    Storage storage = inside.config().storage();
    if (storage == null || looks++ % DISK_EVERY != 0) {
      return;
    }
    try {
      FileStore store = Files.getFileStore(storage.folder());
      diskFree = store.getUsableSpace();
      diskUsed = Math.max(1, size(storage.folder()));
    } catch (IOException e) {
      LOG.debug("the disk could not be looked at", e);
    }
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(file -> Files.isRegularFile(file) ? file.toFile().length() : 0).sum();
    } catch (UncheckedIOException e) {
      // A file that is gone before it is looked at.
      throw e.getCause();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
