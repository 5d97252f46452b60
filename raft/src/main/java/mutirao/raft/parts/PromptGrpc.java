package mutirao.raft.parts;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.grpc.server.GrpcLogAppender;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.rpc.RpcFactory;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.leader.LogAppender;
import org.apache.ratis.server.raftlog.RaftLogIOException;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * Ratis's own transport, gRPC, with a leader that tells the others at once how far the log is
 * committed. Ratis tells them with the next entries, or with the next heartbeat where there are
 * none: up to a tenth of a second in which they, and their clients, do not know what has happened.
 * Public, and with a constructor without arguments, because Ratis makes it by name.
 */
public final class PromptGrpc implements RpcType {

  /**
   * Lets every follower know what is committed by now: each as soon as it has the entries. Does
   * nothing where {@code server} does not lead. Thread-safe.
   */
  public static void announce(RaftServer server) {
    if (server.getFactory() instanceof Factory factory) {
      factory.appenders.forEach(LogAppender::notifyLogAppender);
    }
  }

  @Override
  public String name() {
    return "prompt-grpc";
  }

  @Override
  public RpcFactory newFactory(Parameters parameters) {
    return new Factory(parameters);
  }

  private static final class Factory extends GrpcFactory {
    private final Set<LogAppender> appenders = ConcurrentHashMap.newKeySet();

    Factory(Parameters parameters) {
      super(parameters);
    }

    @Override
    public LogAppender newLogAppender(
        RaftServer.Division server, LeaderState state, FollowerInfo follower) {
      LogAppender appender = new Appender(server, state, follower, appenders);
      appenders.add(appender);
      return appender;
    }
  }

  private static final class Appender extends GrpcLogAppender {
    private final Set<LogAppender> all;

    /** How far the follower has been told, or is being told; only for the sender's own thread. */
    private long told = -1;

    Appender(
        RaftServer.Division server,
        LeaderState state,
        FollowerInfo follower,
        Set<LogAppender> all) {
      super(server, state, follower);
      this.all = all;
    }

    /**
     * Called whenever something may be due: there are entries, an answer came, somebody announced.
     */
    @Override
    public @Nullable AppendEntriesRequestProto newAppendEntriesRequest(
        long callId, boolean heartbeat) throws RaftLogIOException {
      // A follower commits nothing that it has not written yet, and would not look again.
      long news = Math.min(getRaftLog().getLastCommittedIndex(), getFollower().getMatchIndex());
      AppendEntriesRequestProto request = super.newAppendEntriesRequest(callId, heartbeat);
      if (request == null && news > Math.max(told, getFollower().getCommitIndex())) {
        request = super.newAppendEntriesRequest(callId, true);
      }
      if (request != null) {
        told = Math.max(told, news);
      }
      return request;
    }

    @Override
    public CompletableFuture<LifeCycle.State> stopAsync() {
      all.remove(this);
      return super.stopAsync();
    }
  }
}
