package mutirao.raft.group;

import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mutirao.raft.parts.Reconnecting;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.util.TimeDuration;
import org.jspecify.annotations.Nullable;

/**
 * Carries requests to other servers of the group. Tries once: who asks knows better when and where
 * to try again than Ratis's own client, which waits for a leader that hangs. Thread-safe.
 */
public final class Forwarder implements AutoCloseable {
  /** A change of the members waits until a newcomer has caught up. */
  private static final int CHANGE_WITHIN_SECONDS = 30;

  private final Reconnecting soon;
  private final Reconnecting patient;

  /** Connects to nobody yet; {@code tls} null: nothing is encrypted. */
  public Forwarder(ClientId client, RaftProperties properties, @Nullable PeerTls tls) {
    GrpcFactory factory = new GrpcFactory(PeerTls.parameters(tls));
    RaftProperties slow = new RaftProperties(properties);
    RaftClientConfigKeys.Rpc.setRequestTimeout(
        slow, TimeDuration.valueOf(CHANGE_WITHIN_SECONDS, TimeUnit.SECONDS));
    this.soon = new Reconnecting(() -> factory.newRaftClientRpc(client, properties));
    this.patient = new Reconnecting(() -> factory.newRaftClientRpc(client, slow));
  }

  /** Remembers where servers are reached. */
  public void know(Collection<RaftPeer> peers) {
    soon.know(peers);
    patient.know(peers);
  }

  /** Sends a write; what it is answered, or why it was not. */
  public CompletableFuture<RaftClientReply> send(RaftClientRequest request) {
    return soon.send(request);
  }

  /** Sends a request that changes the group, and waits for the answer. */
  public RaftClientReply ask(RaftClientRequest request) throws IOException {
    return patient.ask(request);
  }

  /** Sends a question that is answered without waiting for anything, and waits for the answer. */
  public RaftClientReply askSoon(RaftClientRequest request) throws IOException {
    return soon.ask(request);
  }

  @Override
  public void close() {
    soon.close();
    patient.close();
  }
}
