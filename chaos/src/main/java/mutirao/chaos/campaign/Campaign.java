package mutirao.chaos.campaign;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import mutirao.chaos.check.Checker;
import mutirao.chaos.check.Verdict;
import mutirao.chaos.fault.ServerProcess;
import mutirao.chaos.history.Action;
import mutirao.chaos.history.HistoryFiles;
import mutirao.chaos.history.Phase;
import mutirao.chaos.history.Recorder;
import mutirao.chaos.load.Load;

/** Lets one fault strike again and again under load, then judges what the clients saw. */
public final class Campaign {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LEAST_BETWEEN = 50;
  private static final int MOST_BETWEEN = 300;
  private static final int LONGEST_DOWN_MS = 1500;

  private final Path folder;
  private final Load.Shape shape;
  private final long seed;
  private final Load.Passports passports;

  /**
   * A campaign.
   *
   * @param folder an empty folder for the histories and the server's log
   */
  public Campaign(Path folder, Load.Shape shape, long seed) {
    this(folder, shape, seed, Load.Passports.NONE);
  }

  /** The same with clients that log in. */
  Campaign(Path folder, Load.Shape shape, long seed, Load.Passports passports) {
    this.passports = passports;
    this.folder = folder;
    this.shape = shape;
    this.seed = seed;
  }

  /**
   * Runs so many cycles of load and fault.
   *
   * @param server already running
   * @param address where it is
   */
  public Verdict run(ServerProcess server, String address, Fault fault, int cycles)
      throws Exception {
    Random random = new Random(seed);
    try (Load load = Load.start(address, folder, shape, seed, passports);
        Recorder recorder = Recorder.in(folder, "campaign")) {
      fault.begin(load);
      for (int cycle = 0; cycle < cycles; cycle++) {
        load.progress().awaitMore(random.nextInt(LEAST_BETWEEN, MOST_BETWEEN), PATIENCE);
        recorder.write(recorder.saw(Action.FAULT, Phase.INVOKE));
        fault.strike(server, random.nextInt(LONGEST_DOWN_MS));
        recorder.write(recorder.saw(Action.FAULT, Phase.OK));
      }
      fault.heal(load);
      load.progress().awaitMore(MOST_BETWEEN, PATIENCE);
      read(load, recorder);
    }
    return new Checker(Load.MAX_ATTEMPTS).check(HistoryFiles.read(folder));
  }

  /** Without a complete last reading the verdict says that nothing is known. */
  static void read(Load load, Recorder recorder) throws InterruptedException {
    try {
      load.finish(PATIENCE);
      recorder.write(recorder.saw(Action.READ_ALL, Phase.OK));
    } catch (TimeoutException | ExecutionException e) {
      recorder.write(recorder.saw(Action.READ_ALL, Phase.FAIL).state(e.toString()));
    }
  }
}
