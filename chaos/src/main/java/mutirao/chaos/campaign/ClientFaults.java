package mutirao.chaos.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import mutirao.chaos.fault.ClientProcess;
import mutirao.chaos.fault.ServerProcess;
import mutirao.chaos.history.Action;
import mutirao.chaos.history.HistoryEvent;
import mutirao.chaos.history.Phase;
import mutirao.chaos.history.Recorder;
import mutirao.chaos.load.Load;
import mutirao.chaos.load.LoneClient;
import mutirao.chaos.load.LoneClient.Kind;

/**
 * Kills clients, each in a process of its own, and starts others under the same names, or lets them
 * stand still for a long time. Sometimes the server is killed with them.
 */
public final class ClientFaults implements Fault, AutoCloseable {
  private static final int SERVER_ONE_IN = 4;
  private static final long GIVEN_UP_MS = 4000;

  private record Victim(ClientProcess client, String process) {}

  private final Path folder;
  private final String servers;
  private final Random random;
  private final boolean pauses;
  private final Map<Kind, Victim> victims = new EnumMap<>(Kind.class);
  private int started;

  private ClientFaults(Path folder, String servers, long seed, boolean pauses) {
    this.pauses = pauses;
    this.folder = folder;
    this.servers = servers;
    this.random = new Random(seed);
  }

  /** Starts one client of each kind, to be killed. */
  public static ClientFaults killing(Path folder, String servers, long seed) throws IOException {
    return start(new ClientFaults(folder, servers, seed, false));
  }

  /**
   * Starts one client of each kind, to be stopped where it stands and continued when its servers
   * have given it up.
   *
   * @param servers give up within {@link #GIVEN_UP_MS} who is silent
   */
  public static ClientFaults pausing(Path folder, String servers, long seed) throws IOException {
    return start(new ClientFaults(folder, servers, seed, true));
  }

  private static ClientFaults start(ClientFaults faults) throws IOException {
    for (Kind kind : Kind.values()) {
      faults.start(kind);
    }
    return faults;
  }

  private static String name(Kind kind) {
    return "victim-" + kind.name().toLowerCase(Locale.ROOT);
  }

  private void start(Kind kind) throws IOException {
    String process = name(kind) + "-" + ++started;
    ClientProcess client =
        ClientProcess.start(
            LoneClient.class,
            LoneClient.arguments(kind, name(kind), process, servers, folder),
            log(process));
    victims.put(kind, new Victim(client, process));
  }

  private Path log(String process) {
    return folder.resolve(process + ".log");
  }

  private void kill(Kind kind) throws IOException, InterruptedException {
    Victim victim = victims.remove(kind);
    if (victim == null) {
      return;
    }
    boolean alive = victim.client().isAlive();
    victim.client().kill();
    if (!alive) {
      throw new IOException(
          victim.process() + " ended by itself: " + Files.readString(log(victim.process())));
    }
    // The dead write no history; that they let go of their names must stand in it.
    try (Recorder recorder = Recorder.in(folder, victim.process() + "-end")) {
      recorder.write(
          HistoryEvent.of(System.nanoTime(), victim.process(), 0, Action.RELEASE, Phase.INFO)
              .by(name(kind)));
    }
  }

  @Override
  public void strike(ServerProcess server, long downMs) throws IOException, InterruptedException {
    Kind[] kinds = Kind.values();
    Kind kind = kinds[random.nextInt(kinds.length)];
    if (random.nextInt(SERVER_ONE_IN) == 0) {
      ServerFaults.crash(server, downMs);
    }
    if (pauses) {
      pause(kind, GIVEN_UP_MS + downMs);
    } else {
      kill(kind);
      start(kind);
    }
  }

  private void pause(Kind kind, long ms) throws IOException, InterruptedException {
    ClientProcess client = Objects.requireNonNull(victims.get(kind)).client();
    client.pause();
    TimeUnit.MILLISECONDS.sleep(ms);
    client.unpause();
  }

  @Override
  public void heal(Load load) throws IOException, InterruptedException {
    close();
    load.inherit(name(Kind.SUBMITTER));
  }

  @Override
  public void close() throws IOException, InterruptedException {
    for (Kind kind : Kind.values()) {
      kill(kind);
    }
  }
}
