package mutirao.server.gateway;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mutirao.core.Command;
import mutirao.core.Outcome;
import mutirao.core.Refusal;
import mutirao.core.Reply;
import mutirao.core.log.Log;
import mutirao.protocol.RawJson;
import mutirao.server.Chance;
import mutirao.server.Clock;
import mutirao.server.access.Shares;
import mutirao.server.gateway.words.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * Commands on their way into the log: the other kind of queue between threads. What arrives while
 * an append is in flight goes into the next one (smart batching, as Martin Thompson calls it), so
 * that a slow log costs latency, not throughput. Readings keep their place among the commands: they
 * see what was proposed before them. Bounded, thread-safe.
 */
public final class Proposer implements Log.Listener {

  /** Most items waiting: what comes on top is refused as overload. */
  public static final int MAX_WAITING = 100_000;

  /** Most bytes waiting: a hundred thousand large frames would not fit into any memory. */
  public static final long MAX_WAITING_BYTES = 64L * 1024 * 1024;

  /** Most items of one append. */
  public static final int MAX_BATCH = 4096;

  /**
   * An append is closed when it has grown to this many bytes: a replicated log carries no more at
   * once.
   */
  public static final long MAX_BATCH_BYTES = 1024 * 1024;

  private static final Refusal UNAVAILABLE =
      new Refusal(Refusal.Code.UNAVAILABLE, null, null, 1000);

  /** Who hears what came of a command. */
  @FunctionalInterface
  interface Replier {
    void reply(Reply reply);
  }

  /**
   * Something that waits for its turn: a command for the log, or (null) only {@code reading}.
   *
   * @param replier told what came of the command; of a reading, only why it did not happen
   * @param language in which the peer wants this answered: those who share a line differ in it
   */
  record Item(
      @Nullable Command command,
      @Nullable Peer peer,
      @Nullable RawJson ref,
      Replier replier,
      @Nullable Runnable reading,
      Locale language) {

    Item(
        @Nullable Command command,
        @Nullable Peer peer,
        @Nullable RawJson ref,
        Replier replier,
        @Nullable Runnable reading) {
      this(command, peer, ref, replier, reading, peer == null ? Locale.ROOT : peer.locale());
    }

    /** Its turn is over, and it is to be answered. */
    void done() {
      if (peer != null) {
        peer.itemDone();
        peer.speak(language);
      }
    }

    int bytes() {
      return command == null ? 0 : Payloads.bytes(command);
    }

    /** Whose it is; empty: the server's, or of somebody who is nobody yet. */
    String user() {
      return userOf(peer);
    }
  }

  /** Applies what is safe. */
  interface Applier {
    Outcome apply(long index, Log.Batch batch, int place);

    void publish(Outcome outcome, @Nullable Item own);

    /** This server leads from here on. */
    void lead();

    /** The state is no longer of long ago. */
    void caughtUp();

    /** The state is another one, and nobody can be told how it came about. */
    void replaced();
  }

  private final Log log;
  private final Clock clock;
  private final Chance chance;
  private final Applier applier;
  private final Object lock = new Object();
  private final ArrayDeque<Item> waiting = new ArrayDeque<>();
  private final Shares shares = new Shares(MAX_WAITING, MAX_WAITING_BYTES);
  private List<Item> inFlight = List.of();
  private long waitingBytes;
  private boolean busy;
  private long batches;

  // Only for the thread that appends and hears of it.
  private boolean appending;
  private boolean early;
  private @Nullable Runnable afterwards;

  Proposer(Log log, Clock clock, Chance chance, Applier applier) {
    this.log = log;
    this.clock = clock;
    this.chance = chance;
    this.applier = applier;
  }

  /** Puts a command in line; false where the line is full. */
  boolean propose(Command command, Peer peer, @Nullable RawJson ref, Replier replier) {
    synchronized (lock) {
      if (isFull(peer) || waitingBytes >= MAX_WAITING_BYTES) {
        return false;
      }
      enter(new Item(command, peer, ref, replier, null));
    }
    return true;
  }

  /** Puts the server's own command in line, whatever the line's length: there are few of them. */
  void propose(Command command) {
    propose(command, () -> {});
  }

  /** The same; {@code then} runs when it has taken effect. */
  void propose(Command command, Runnable then) {
    propose(command, _ -> then.run());
  }

  /** The same for who wants to know what came of it. */
  void propose(Command command, Replier replier) {
    synchronized (lock) {
      enter(new Item(command, null, null, replier, null));
    }
  }

  /** The same, at the head of the line: everything else waits for it. */
  void proposeFirst(Command command) {
    synchronized (lock) {
      Item item = new Item(command, null, null, _ -> {}, null);
      waiting.addFirst(item);
      waitingBytes += item.bytes();
    }
  }

  /**
   * Lets {@code reading} run when all that was proposed before has taken effect; false where the
   * line is full.
   *
   * @param otherwise told where nobody knows whether the state is behind
   */
  boolean read(Peer peer, Runnable reading, Replier otherwise) {
    synchronized (lock) {
      if (isFull(peer)) {
        return false;
      }
      enter(new Item(null, peer, null, otherwise, reading));
    }
    return true;
  }

  /** True where nothing waits and nothing is in flight. */
  public boolean idle() {
    synchronized (lock) {
      return waiting.isEmpty() && !busy;
    }
  }

  /**
   * Moves on whatever can move. Called after each turn of input; returns when all is done or in
   * flight.
   */
  public void pump() {
    while (true) {
      Log.Batch batch = takeOff(false);
      if (batch == null) {
        return;
      }
      if (batch.commands().isEmpty() && log.current()) {
        committedAtOnce(0, batch);
      } else {
        append(batch);
      }
    }
  }

  /**
   * The next batch, which is in flight from here on; null where there is none.
   *
   * @param command only where a command is the first in line: a reading must see what came before
   */
  private Log.@Nullable Batch takeOff(boolean command) {
    synchronized (lock) {
      Item first = waiting.peekFirst();
      if (busy || first == null || (command && first.command() == null)) {
        return null;
      }
      inFlight = nextItems();
      busy = true;
      return new Log.Batch(++batches, clock.nowMs(), chance.nextLong(), commandsOf(inFlight));
    }
  }

  /** What was in flight, and is no longer. */
  private List<Item> landed() {
    synchronized (lock) {
      List<Item> items = inFlight;
      inFlight = List.of();
      busy = false;
      return items;
    }
  }

  private void append(Log.Batch batch) {
    appending = true;
    try {
      log.append(batch);
    } finally {
      appending = false;
    }
  }

  /** For everybody, or for this one alone. */
  private boolean isFull(Peer peer) {
    return waiting.size() >= MAX_WAITING || shares.used(userOf(peer), waiting.size(), waitingBytes);
  }

  private static String userOf(@Nullable Peer peer) {
    return peer == null ? "" : peer.principal().user();
  }

  private void enter(Item item) {
    waiting.addLast(item);
    waitingBytes += item.bytes();
    shares.entered(item.user(), item.bytes());
  }

  private List<Item> nextItems() {
    List<Item> items = new ArrayList<>(Math.min(waiting.size(), MAX_BATCH));
    long bytes = 0;
    while (!waiting.isEmpty() && items.size() < MAX_BATCH && bytes < MAX_BATCH_BYTES) {
      Item item = waiting.removeFirst();
      bytes += item.bytes();
      shares.left(item.user(), item.bytes());
      items.add(item);
    }
    waitingBytes -= bytes;
    return items;
  }

  @Override
  public void leading() {
    applier.lead();
  }

  @Override
  public void caughtUp() {
    applier.caughtUp();
  }

  @Override
  public void replaced() {
    applier.replaced();
  }

  private static List<Command> commandsOf(List<Item> items) {
    List<Command> commands = new ArrayList<>(items.size());
    for (Item item : items) {
      if (item.command() != null) {
        commands.add(item.command());
      }
    }
    return commands;
  }

  /**
   * Where the log takes its time, the next batch is handed in before this one takes effect: the
   * disk works meanwhile.
   */
  @Override
  public void committed(long firstIndex, Log.Batch batch, boolean own) {
    if (!own) {
      for (int place = 0; place < batch.commands().size(); place++) {
        applier.publish(applier.apply(firstIndex + place, batch, place), null);
      }
    } else if (early) {
      afterwards = () -> committedAtOnce(firstIndex, batch);
    } else if (appending) {
      committedAtOnce(firstIndex, batch);
    } else {
      List<Item> items = landed();
      appendEarly();
      finish(firstIndex, batch, items);
      runAfterwards();
    }
  }

  private void committedAtOnce(long firstIndex, Log.Batch batch) {
    finish(firstIndex, batch, inFlight);
    landed();
  }

  private void appendEarly() {
    Log.Batch next = takeOff(true);
    if (next != null) {
      early = true;
      try {
        append(next);
      } finally {
        early = false;
      }
    }
  }

  /** What the log had to say of the next batch at once comes after the one before it. */
  private void runAfterwards() {
    Runnable said = afterwards;
    afterwards = null;
    if (said != null) {
      said.run();
    }
  }

  /**
   * Whoever asked is told that nothing came of it, or that nobody knows; and so is whoever waits
   * behind, because that one would wait as long again. What the server itself has to say (a
   * connection broke, time passed) has nobody to ask again and harms nobody when said twice: it
   * stays in line.
   */
  @Override
  public void failed(Log.Batch batch, boolean definite) {
    if (early) {
      afterwards = () -> failed(batch, definite);
      return;
    }
    List<Item> items = new ArrayList<>(landed());
    synchronized (lock) {
      while (!waiting.isEmpty()) {
        items.addAll(nextItems());
      }
      items.stream().filter(item -> item.peer() == null).forEach(this::enter);
    }
    for (Item item : items) {
      if (item.peer() != null) {
        item.done();
        item.replier().reply(UNAVAILABLE);
      }
    }
  }

  private void finish(long firstIndex, Log.Batch batch, List<Item> items) {
    int place = 0;
    for (Item item : items) {
      item.done();
      if (item.reading() != null) {
        item.reading().run();
      } else {
        Outcome outcome = applier.apply(firstIndex + place, batch, place);
        place++;
        boolean drains = item.command() instanceof Command.DrainWorker;
        if (drains) {
          // A task that became due with this entry began before the worker wanted no more.
          applier.publish(outcome, item);
        }
        item.replier().reply(outcome.reply());
        if (!drains) {
          applier.publish(outcome, item);
        }
      }
    }
  }
}
