package mutirao.chaos.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import mutirao.chaos.history.Recorder;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoException;
import mutirao.client.MutiraoWorker;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Role;

/** One client in a process of its own, so that it can be killed. It goes on until then. */
public final class LoneClient {
  private static final Duration TASK_PAUSE = Duration.ofMillis(5);
  private static final Duration MESSAGE_PAUSE = Duration.ofMillis(20);
  private static final int TRIES = 150;
  private static final long TRY_EVERY_MS = 200;

  /** What it does. */
  public enum Kind {
    /** Runs tasks. */
    WORKER,
    /** Hands in tasks, first those of which its predecessors were not told that they count. */
    SUBMITTER,
    /** Talks. */
    CHATTER
  }

  private final String name;
  private final Path folder;
  private final Recorder recorder;
  private final ClientOptions.Builder options;
  private final CountDownLatch killed = new CountDownLatch(1);

  private LoneClient(String name, String process, String servers, Path folder) throws IOException {
    this.name = name;
    this.folder = folder;
    this.recorder = Recorder.in(folder, process);
    this.options = Load.options(servers, name);
  }

  /** The arguments of {@link #main}. */
  public static List<String> arguments(
      Kind kind, String name, String process, String servers, Path folder) {
    return List.of(kind.name(), name, process, servers, folder.toString());
  }

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    LoneClient client =
        new LoneClient(arguments[1], arguments[2], arguments[3], Path.of(arguments[4]));
    switch (Kind.valueOf(arguments[0])) {
      case WORKER -> client.work();
      case SUBMITTER -> client.submit();
      case CHATTER -> client.talk();
    }
  }

  private Pace pace(Duration pause) {
    return new Pace(killed, pause, new Progress());
  }

  /** The server may be down just now, and may not have noticed yet that a predecessor is dead. */
  private <T> T insist(Supplier<T> connect) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        return connect.get();
      } catch (MutiraoException e) {
        if (tries == TRIES || e.is(ErrorCode.INVALID)) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(TRY_EVERY_MS);
      }
    }
  }

  private void work() throws InterruptedException {
    Laborer laborer = new Laborer(recorder);
    try (MutiraoWorker _ = insist(() -> laborer.start(options.build()))) {
      killed.await();
    }
  }

  private void submit() throws IOException, InterruptedException {
    ClientOptions submitting = options.role(Role.TASK_CLIENT).build();
    try (MutiraoClient client = insist(() -> MutiraoClient.connect(submitting))) {
      Submitter submitter = new Submitter(client, recorder, pace(TASK_PAUSE));
      submitter.takeUp(Estate.of(name, folder).unanswered());
      submitter.run();
    }
  }

  private void talk() throws InterruptedException {
    Chatter chatter = new Chatter(recorder, name, Load.ROOMS, List.of("c1", "c2"));
    ClientOptions talking = options.listener(chatter).build();
    try (MutiraoClient client = insist(() -> MutiraoClient.connect(talking))) {
      Load.ROOMS.forEach(room -> client.join(room).await());
      chatter.run(client, pace(MESSAGE_PAUSE), new Random(name.hashCode()));
    }
  }
}
