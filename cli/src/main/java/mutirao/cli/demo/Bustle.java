package mutirao.cli.demo;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoException;
import mutirao.client.MutiraoWorker;
import mutirao.client.Operation;
import mutirao.client.OperationException;
import mutirao.client.TaskRequest;
import mutirao.protocol.Role;

/**
 * A small town's daily life, for people to watch: workers of different speed, people who hand in
 * tasks and talk. As much a second as can be followed with the eye; some tasks fail at first, and
 * some wait for a slot.
 */
public final class Bustle implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Bustle.class.getName());
  private static final List<String> PEOPLE = List.of("ana", "bruno", "clara");
  private static final List<String> WORKERS = List.of("Worker-azul", "Worker-verde", "Worker-rosa");
  private static final List<String> ROOMS = List.of("lobby", "obras");
  private static final int SLOTS = 3;
  private static final int WORK_MS = 400;
  private static final int PAUSE_MS = 350;
  private static final int TALKS_ONE_IN = 5;
  private static final int FAILS_ONE_IN = 9;
  private static final int SHORT_KEEP_MINUTES = 10;

  private final List<MutiraoWorker> workers = new ArrayList<>();
  private final List<MutiraoClient> clients = new ArrayList<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Random random = new Random(1);
  private final List<String> greetings;

  /**
   * Life at {@code servers} begins.
   *
   * @param greetings what people say
   */
  public Bustle(String servers, String lang, List<String> greetings) {
    this.greetings = greetings;
    for (int i = 0; i < WORKERS.size(); i++) {
      workers.add(
          MutiraoWorker.of(options(servers, lang, WORKERS.get(i)).presence(false).build())
              .builtInOperations()
              .operation("build", building(WORK_MS * (i + 1), i))
              .slots(SLOTS)
              .start());
    }
    for (String name : PEOPLE) {
      MutiraoClient client =
          MutiraoClient.connect(
              options(servers, lang, name).role(Role.CLIENT).presence(false).build());
      var _ = client.join("obras");
      clients.add(client);
      Thread.ofVirtual().name("mutirao-bustle-" + name).start(() -> live(client));
    }
  }

  private static ClientOptions.Builder options(String servers, String lang, String name) {
    return ClientOptions.to(servers).lang(lang).name(name);
  }

  /** Takes its time, tells how far it is, and goes wrong now and then. */
  private static Operation building(int workMs, int seed) {
    Random chance = new Random(seed);
    return context -> {
      boolean fails;
      int slice;
      synchronized (chance) {
        fails = chance.nextInt(FAILS_ONE_IN) == 0;
        slice = workMs / 2 + chance.nextInt(workMs);
      }
      for (int percent = 25; percent < 100; percent += 25) {
        TimeUnit.MILLISECONDS.sleep(slice);
        context.progress(percent, null);
      }
      if (fails) {
        throw new OperationException("rain", "it rained", true);
      }
      return Map.of("built", true);
    };
  }

  private void live(MutiraoClient client) {
    try {
      while (!stopped.await(PAUSE_MS + pick(PAUSE_MS), TimeUnit.MILLISECONDS)) {
        try {
          deed(client);
        } catch (MutiraoException e) {
          // There is no leader at the moment, perhaps; what it was is told to nobody.
          LOG.log(Level.DEBUG, "a deed was not done", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deed(MutiraoClient client) {
    if (pick(TALKS_ONE_IN) == 0) {
      var _ =
          client.broadcast(ROOMS.get(pick(ROOMS.size())), greetings.get(pick(greetings.size())));
      return;
    }
    TaskRequest task =
        switch (pick(4)) {
          case 0 -> TaskRequest.of("sum").params(Map.of("numbers", List.of(pick(100), pick(100))));
          case 1 -> TaskRequest.of("uppercase").params(Map.of("text", "mutirão"));
          default -> TaskRequest.of("build").params(Map.of("house", pick(1000)));
        };
    client.submit(task.keep(Duration.ofMinutes(SHORT_KEEP_MINUTES)));
  }

  private int pick(int bound) {
    synchronized (random) {
      return random.nextInt(bound);
    }
  }

  @Override
  public void close() {
    stopped.countDown();
    clients.forEach(MutiraoClient::close);
    workers.forEach(MutiraoWorker::close);
  }
}
