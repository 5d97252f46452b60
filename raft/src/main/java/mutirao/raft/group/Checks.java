package mutirao.raft.group;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mutirao.raft.codec.LogRecord;
import mutirao.raft.codec.Windows;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the servers of a group make the same of their log. Each hashes what happens, window by
 * window; the leader puts a hash of its own into the log now and then, the others theirs of the
 * same window, and who reads there that a majority has another one must not go on. Thread-safe.
 */
public final class Checks {
  private static final Logger LOG = LoggerFactory.getLogger(Checks.class);

  /** Commands of a window: so few, because hashes are compared at ends of windows only. */
  private static final long WINDOW_COMMANDS = 100;

  /** What happens between the end of a window and the time others answer fits in many times. */
  private static final int WINDOWS_KEPT = 512;

  private static final int VOTES_KEPT = 16;

  private final String self;
  private final int version;
  private final LinkedHashMap<Long, Long> closed = new LinkedHashMap<>();
  private final LinkedHashMap<Long, Map<String, Long>> votes = new LinkedHashMap<>();
  private boolean whole = true;
  private long newest = -1;
  private long asked = -1;
  private long told = -1;
  private long agreements;

  /** Of the server named {@code self}, whose program makes rules of that version. */
  public Checks(String self, int version) {
    this.version = version;
    this.self = self;
  }

  /** Whether a window ends with the batch that came after {@code before}, up to {@code last}. */
  public static boolean ends(long before, long last) {
    return before / WINDOW_COMMANDS != last / WINDOW_COMMANDS;
  }

  /** A window is over. */
  public synchronized void end(long position, long hash) {
    if (whole) {
      closed.put(position, hash);
      newest = position;
      trim(closed, WINDOWS_KEPT);
    }
    whole = true;
  }

  private static void trim(LinkedHashMap<Long, ?> map, int most) {
    while (map.size() > most) {
      map.pollFirstEntry();
    }
  }

  /** How often another server was seen to have the same hash. */
  public synchronized long agreements() {
    return agreements;
  }

  /** What a server that goes on from here must know. */
  public synchronized Windows image(long open) {
    List<Windows.Window> windows = new ArrayList<>();
    closed.forEach((position, hash) -> windows.add(new Windows.Window(position, hash)));
    return new Windows(version, whole, open, windows);
  }

  /** Goes on from there; a program of another version may have made something else of the log. */
  public synchronized void restore(Windows windows) {
    closed.clear();
    votes.clear();
    whole = windows.whole() && windows.version() == version;
    newest = -1;
    if (windows.version() == version) {
      for (Windows.Window window : windows.closed()) {
        closed.put(window.position(), window.hash());
        newest = window.position();
      }
    }
  }

  /** The window of which this server should tell the hash now; null: of none. */
  public synchronized Windows.@Nullable Window due(boolean leads) {
    long position = leads ? newest : asked;
    Long hash = closed.get(position);
    if (position <= told || hash == null) {
      return null;
    }
    told = position;
    return new Windows.Window(position, hash);
  }

  /**
   * A server told a hash.
   *
   * @param members the servers of the group
   * @param leader who leads; null: nobody that is known
   * @return whether this server is the one that is wrong: most others agree on something else, or
   *     the leader where there are as many on each side
   */
  public synchronized boolean outvoted(
      LogRecord.OfCheck vote, Collection<String> members, @Nullable String leader) {
    long position = vote.position();
    Long mine = closed.get(position);
    if (vote.version() != version || mine == null) {
      return false;
    }
    Map<String, Long> all = votes.computeIfAbsent(position, _ -> new LinkedHashMap<>());
    all.put(vote.node(), vote.hash());
    trim(votes, VOTES_KEPT);
    if (vote.node().equals(self)) {
      told = Math.max(told, position);
    } else {
      asked = Math.max(asked, position);
    }
    if (vote.hash() == mine) {
      agreements += vote.node().equals(self) ? 0 : 1;
      return false;
    }
    LOG.error(
        "up to command {} this server made {} of the log, and {} made {}",
        position,
        Long.toHexString(mine),
        vote.node(),
        Long.toHexString(vote.hash()));
    return isWrong(vote.hash(), all, members, leader);
  }

  private boolean isWrong(
      long other, Map<String, Long> all, Collection<String> members, @Nullable String leader) {
    long agree =
        members.stream()
            .filter(node -> !node.equals(self) && Long.valueOf(other).equals(all.get(node)))
            .count();
    boolean tie = 2 * agree == members.size();
    boolean leaderAgrees =
        leader != null && !leader.equals(self) && Long.valueOf(other).equals(all.get(leader));
    return 2 * agree > members.size() || (tie && leaderAgrees);
  }
}
