package mutirao.raft.parts;

import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.client.impl.ClientProtoUtils;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.ReadIndexRequestProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.util.ProtoUtils;

/**
 * Keeps the lines to the other servers open on which votes are asked for. Ratis opens one when it
 * needs it, and one that could not be opened when a server was away rests for a while, in the
 * middle of the election, too. So each is asked something every second that changes nothing.
 */
public final class Lines {
  private static final long ASK_AGAIN_MS = 1000;

  private final RaftServer server;
  private final ClientId client = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();

  /** The lines of {@code server}, which may be in no group yet. */
  public Lines(RaftServer server) {
    this.server = server;
  }

  /** Keeps them open until {@code helper} is shut down. */
  @SuppressWarnings("FutureReturnValueIgnored") // Until the helper is shut down.
  public void keepOpen(ScheduledExecutorService helper) {
    helper.scheduleWithFixedDelay(this::ask, 0, ASK_AGAIN_MS, TimeUnit.MILLISECONDS);
  }

  private void ask() {
    try {
      for (RaftGroupId group : server.getGroupIds()) {
        for (RaftPeer peer : server.getDivision(group).getRaftConf().getCurrentPeers()) {
          if (!peer.getId().equals(server.getId())) {
            tryToAsk(group, peer);
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      // It is asked again in a second.
    }
  }

  /** One without an address, or that cannot be reached, does not keep the others from it. */
  private void tryToAsk(RaftGroupId group, RaftPeer peer) {
    try {
      ask(group, peer);
    } catch (IOException | RuntimeException e) {
      // It is asked again in a second.
    }
  }

  /** Whoever does not lead says no more than that. */
  private void ask(RaftGroupId group, RaftPeer peer) throws IOException {
    RaftClientRequest question =
        RaftClientRequest.newBuilder()
            .setClientId(client)
            .setServerId(peer.getId())
            .setGroupId(group)
            .setCallId(calls.incrementAndGet())
            .setMessage(Message.EMPTY)
            .setType(RaftClientRequest.readRequestType())
            .build();
    RaftRpcRequestProto.Builder from =
        RaftRpcRequestProto.newBuilder()
            .setRequestorId(server.getId().toByteString())
            .setReplyId(peer.getId().toByteString())
            .setRaftGroupId(ProtoUtils.toRaftGroupIdProtoBuilder(group))
            .setCallId(question.getCallId());
    var _ =
        server
            .getServerRpc()
            .async()
            .readIndexAsync(
                ReadIndexRequestProto.newBuilder()
                    .setServerRequest(from)
                    .setClientRequest(ClientProtoUtils.toRaftClientRequestProto(question))
                    .build());
  }
}
