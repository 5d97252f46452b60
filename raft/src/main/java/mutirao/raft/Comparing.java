package mutirao.raft;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import mutirao.raft.codec.LogRecord;
import mutirao.raft.codec.Windows;
import mutirao.raft.files.DataFolder;
import mutirao.raft.group.Checks;
import mutirao.raft.group.DivergedException;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/** Compares what this server makes of the log with what the others make of it. */
final class Comparing {
  /** Often enough to stop soon, seldom enough to cost nothing. */
  private static final long TELL_EVERY_MS = 1000;

  private final RatisOptions options;
  private final Replica replica;
  private final DataFolder folder;
  private final Checks checks;

  Comparing(RatisOptions options, Replica replica, DataFolder folder) {
    this.options = options;
    this.replica = replica;
    this.folder = folder;
    this.checks = new Checks(options.node(), options.versions().rules());
  }

  /** Tells the others from now on what this server made of the log. */
  @SuppressWarnings("FutureReturnValueIgnored") // Until it ends; what is not taken is told again.
  void watch(ScheduledExecutorService helper, Courier courier) {
    helper.scheduleWithFixedDelay(
        () -> {
          Windows.Window due = checks.due(courier.leads());
          if (due != null) {
            LogRecord vote =
                new LogRecord.OfCheck(
                    options.node(), options.versions().rules(), due.position(), due.hash());
            courier.write(UnsafeByteOperations.unsafeWrap(vote.toBytes()));
          }
        },
        TELL_EVERY_MS,
        TELL_EVERY_MS,
        TimeUnit.MILLISECONDS);
  }

  /** How often another server was seen to make the same. */
  long agreements() {
    return checks.agreements();
  }

  /** A batch took effect; on the thread that owns the machine. */
  void applied(long before, long last) {
    if (!options.alone() && Checks.ends(before, last)) {
      checks.end(last, replica.hash().end(replica.machine()));
    }
  }

  /** What a server that goes on from here must know; on the thread that owns the machine. */
  Windows image() {
    return options.alone()
        ? Windows.none(options.versions().rules())
        : checks.image(replica.hash().value());
  }

  /** Goes on from there; on the thread that owns the machine. */
  void restore(Windows windows) {
    if (!options.alone()) {
      checks.restore(windows);
      replica.hash().goOnFrom(windows.open());
    }
  }

  /**
   * A server told what it made of the log.
   *
   * @throws DivergedException where this one is wrong; it will never use its folder again
   */
  void compare(LogRecord.OfCheck vote, RaftServer.Division division) throws IOException {
    List<String> members =
        division.getRaftConf().getCurrentPeers().stream()
            .map(peer -> peer.getId().toString())
            .toList();
    RaftPeerId leader = division.getInfo().getLeaderId();
    if (checks.outvoted(vote, members, leader == null ? null : leader.toString())) {
      DivergedException why = new DivergedException(options.node(), vote.position());
      folder.condemn(String.valueOf(why.getMessage()));
      throw why;
    }
  }
}
