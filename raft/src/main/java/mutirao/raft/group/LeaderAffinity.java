package mutirao.raft.group;

import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the server lead that most of a busy log comes from: what another one writes takes one more
 * way there and back, and waits for two servers instead of one. Each server judges by what it
 * applies and asks for itself, so that at most one does. Thread-safe.
 */
public final class LeaderAffinity {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderAffinity.class);

  private static final int LOOK_EVERY_SECONDS = 5;

  /** With fewer commands it makes no difference to anybody who leads. */
  private static final long BUSY = 500L * LOOK_EVERY_SECONDS;

  /** One look may have seen a burst. */
  private static final int LOOKS_IN_A_ROW = 2;

  /** Whatever came of it: an election is worth less often. */
  private static final int REST_LOOKS = 12;

  private final LongAdder own = new LongAdder();
  private final LongAdder all = new LongAdder();

  // Only for the thread that looks.
  private int inARow;
  private int rest;

  /** Makes this server lead. Blocks. */
  @FunctionalInterface
  public interface Lead {
    /** Fails where another one goes on leading. */
    void here() throws IOException;
  }

  /** So many commands took effect; {@code isOwn}: this server had put them into the log. */
  public void applied(int commands, boolean isOwn) {
    all.add(commands);
    if (isOwn) {
      own.add(commands);
    }
  }

  /**
   * Looks from now on, until {@code helper} is shut down.
   *
   * @param leads whether this server does already
   */
  @SuppressWarnings("FutureReturnValueIgnored") // Until the helper is shut down.
  public void watch(ScheduledExecutorService helper, BooleanSupplier leads, Lead lead) {
    helper.scheduleWithFixedDelay(
        () -> {
          if (look(own.sumThenReset(), all.sumThenReset(), leads.getAsBoolean())) {
            Thread.ofVirtual().name("mutirao-affinity").start(() -> lead(lead));
          }
        },
        LOOK_EVERY_SECONDS,
        LOOK_EVERY_SECONDS,
        TimeUnit.SECONDS);
  }

  /** Whether it is time to lead, after so many own commands of all since the last look. */
  boolean look(long ownCommands, long allCommands, boolean leads) {
    boolean pulls = !leads && allCommands >= BUSY && 3 * ownCommands >= 2 * allCommands;
    inARow = pulls ? inARow + 1 : 0;
    rest = Math.max(0, rest - 1);
    if (inARow < LOOKS_IN_A_ROW || rest > 0) {
      return false;
    }
    rest = REST_LOOKS;
    return true;
  }

  private static void lead(Lead lead) {
    try {
      lead.here();
      LOG.info("this server leads now, because most of what is written comes from it");
    } catch (IOException e) {
      LOG.debug("another server goes on leading", e);
    }
  }
}
