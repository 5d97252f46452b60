package mutirao.chaos.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import mutirao.chaos.history.Recorder;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoWorker;
import mutirao.protocol.Role;

/** All clients of a campaign, each with a history of its own. */
public final class Load implements AutoCloseable {
  /** How often a task of this load may run; each fault may cost it an attempt. */
  public static final int MAX_ATTEMPTS = 100;

  /**
   * How many clients, and how fast each goes.
   *
   * @param taskPause between two tasks of a submitter
   * @param messagePause between two messages of a chatter
   */
  public record Shape(
      int submitters, int workers, int chatters, Duration taskPause, Duration messagePause) {}

  /** What each client shows when it comes. */
  @FunctionalInterface
  public interface Passports {
    /** Of servers without users. */
    Passports NONE = (_, options) -> options;

    /** Options of the client of that name, with its login. */
    ClientOptions.Builder show(String name, ClientOptions.Builder options);
  }

  static final List<String> ROOMS = List.of("lobby", "north", "south", "east", "west");

  /** An heir of forty that were killed takes up tens of thousands of tasks. */
  private static final int HEIR_OUTSTANDING = 64;

  /** Generous: a busy machine is no broken promise. */
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(30);

  private static final Duration FIRST_WAIT = Duration.ofMillis(50);
  private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

  private final Path folder;
  private final String servers;
  private final Passports passports;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Progress progress = new Progress();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<Future<?>> running = new ArrayList<>();
  private final List<Runnable> readers = new ArrayList<>();

  private Load(Path folder, String servers, Passports passports) {
    this.folder = folder;
    this.servers = servers;
    this.passports = passports;
  }

  /**
   * Starts the clients.
   *
   * @param servers addresses as the command line takes them
   * @param folder where the histories go; must exist
   */
  public static Load start(String servers, Path folder, Shape shape, long seed) throws IOException {
    return start(servers, folder, shape, seed, Passports.NONE);
  }

  /** The same at servers with users: {@code passports} says what each client shows. */
  public static Load start(String servers, Path folder, Shape shape, long seed, Passports passports)
      throws IOException {
    Load load = new Load(folder, servers, passports);
    for (int i = 1; i <= shape.workers(); i++) {
      load.worker("w" + i);
    }
    for (int i = 1; i <= shape.submitters(); i++) {
      load.submitter("s" + i, shape.taskPause());
    }
    List<String> chatters =
        IntStream.rangeClosed(1, shape.chatters()).mapToObj(i -> "c" + i).toList();
    for (String chatter : chatters) {
      load.chatter(chatter, chatters, shape.messagePause(), seed + chatter.hashCode());
    }
    return load;
  }

  static ClientOptions.Builder options(String servers, String name) {
    return ClientOptions.to(servers)
        .name(name)
        .presence(false)
        .connectTimeout(CONNECT_WITHIN)
        .registerTimeout(CONNECT_WITHIN)
        .reconnect(new ClientOptions.Reconnect(true, FIRST_WAIT, LONGEST_WAIT, null));
  }

  private ClientOptions.Builder options(String name) {
    return passports.show(name, options(servers, name));
  }

  private Recorder recorder(String name) throws IOException {
    Recorder recorder = Recorder.in(folder, name);
    open.add(recorder);
    return recorder;
  }

  private void worker(String name) throws IOException {
    MutiraoWorker worker = new Laborer(recorder(name)).start(options(name).build());
    open.add(worker);
  }

  private void submitter(String name, Duration pause) throws IOException {
    Recorder recorder = recorder(name);
    MutiraoClient client = MutiraoClient.connect(options(name).role(Role.TASK_CLIENT).build());
    open.add(client);
    Submitter submitter = new Submitter(client, recorder, new Pace(over, pause, progress));
    readers.add(submitter::readAll);
    running.add(threads.submit(() -> untilOver(submitter::run)));
  }

  private void chatter(String name, List<String> all, Duration pause, long seed)
      throws IOException {
    List<String> others = all.stream().filter(other -> !other.equals(name)).toList();
    Chatter chatter = new Chatter(recorder(name), name, ROOMS, others);
    MutiraoClient client = MutiraoClient.connect(options(name).listener(chatter).build());
    open.add(client);
    ROOMS.forEach(room -> client.join(room).await());
    readers.add(() -> chatter.readAll(client));
    Pace pace = new Pace(over, pause, progress);
    running.add(threads.submit(() -> untilOver(() -> chatter.run(client, pace, new Random(seed)))));
  }

  /**
   * Takes over what clients of this name left behind: hands in again, under the same keys, all that
   * their histories say they handed in, and waits for the ends.
   */
  public void inherit(String name) throws IOException {
    Estate estate = Estate.of(name, folder);
    Recorder recorder = recorder(name + "-heir");
    MutiraoClient client = MutiraoClient.connect(options(name).role(Role.TASK_CLIENT).build());
    open.add(client);
    Submitter heir =
        new Submitter(client, recorder, new Pace(over, Duration.ZERO, progress), HEIR_OUTSTANDING);
    readers.add(heir::readAll);
    running.add(threads.submit(() -> untilOver(() -> heir.takeUp(estate.submitted()))));
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private static boolean untilOver(Work work) throws InterruptedException {
    work.run();
    return true;
  }

  /** What was acknowledged so far. */
  public Progress progress() {
    return progress;
  }

  /**
   * Asks for nothing new, waits for what is outstanding, and reads everything again.
   *
   * @param patience an heir of many takes long: only who gets on no more is given up
   * @throws TimeoutException where results do not come
   */
  public void finish(Duration patience)
      throws InterruptedException, ExecutionException, TimeoutException {
    over.countDown();
    for (Future<?> client : running) {
      await(client, patience);
    }
    readers.forEach(Runnable::run);
  }

  private void await(Future<?> client, Duration patience)
      throws InterruptedException, ExecutionException, TimeoutException {
    while (true) {
      long before = progress.count();
      try {
        client.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        return;
      } catch (TimeoutException e) {
        if (progress.count() == before) {
          throw e;
        }
      }
    }
  }

  @Override
  public void close() throws Exception {
    over.countDown();
    threads.shutdownNow();
    for (AutoCloseable client : open.reversed()) {
      client.close();
    }
    threads.close();
  }
}
