package mutirao.raft.group;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.client.RaftClientRpc;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.thirdparty.io.grpc.StatusRuntimeException;
import org.apache.ratis.util.TimeDuration;
import org.jspecify.annotations.Nullable;

/**
 * Carries requests to other servers of the group. Tries once: who asks knows better when and where
 * to try again than Ratis's own client, which waits for a leader that hangs. Thread-safe.
 */
public final class Forwarder implements AutoCloseable {
  /** A change of the members waits until a newcomer has caught up. */
  private static final int CHANGE_WITHIN_SECONDS = 30;

  private final RaftClientRpc rpc;
  private final RaftClientRpc patient;
  private final Set<RaftPeerId> known = ConcurrentHashMap.newKeySet();

  /** Connects to nobody yet; {@code tls} null: nothing is encrypted. */
  public Forwarder(ClientId client, RaftProperties properties, @Nullable PeerTls tls) {
    GrpcFactory factory = new GrpcFactory(PeerTls.parameters(tls));
    RaftProperties slow = new RaftProperties(properties);
    RaftClientConfigKeys.Rpc.setRequestTimeout(
        slow, TimeDuration.valueOf(CHANGE_WITHIN_SECONDS, TimeUnit.SECONDS));
    this.rpc = factory.newRaftClientRpc(client, properties);
    this.patient = factory.newRaftClientRpc(client, slow);
  }

  /** Remembers where servers are reached. */
  public void know(Collection<RaftPeer> peers) {
    List<RaftPeer> reachable =
        peers.stream()
            .filter(peer -> peer.getAddress() != null && !peer.getAddress().isEmpty())
            .toList();
    rpc.addRaftPeers(reachable);
    patient.addRaftPeers(reachable);
    reachable.forEach(peer -> known.add(peer.getId()));
  }

  /** Sends a write; what it is answered, or why it was not. */
  public CompletableFuture<RaftClientReply> send(RaftClientRequest request) {
    if (!known.contains(request.getServerId())) {
      // Ratis would say the same with a stack trace in the log, for each request.
      return CompletableFuture.failedFuture(
          new IOException("no address of " + request.getServerId() + " is known yet"));
    }
    return rpc.sendRequestAsyncUnordered(request)
        .whenComplete(
            (_, failure) -> {
              if (failure != null) {
                rpc.handleException(request.getServerId(), failure, true);
              }
            });
  }

  /** Sends a request that changes the group, and waits for the answer. */
  public RaftClientReply ask(RaftClientRequest request) throws IOException {
    return ask(patient, request);
  }

  /** Sends a question that is answered without waiting for anything, and waits for the answer. */
  public RaftClientReply askSoon(RaftClientRequest request) throws IOException {
    return ask(rpc, request);
  }

  private static RaftClientReply ask(RaftClientRpc by, RaftClientRequest request)
      throws IOException {
    try {
      return by.sendRequest(request);
    } catch (IOException e) {
      by.handleException(request.getServerId(), e, true);
      throw e;
    } catch (StatusRuntimeException e) {
      // Some questions come back with gRPC's own failure, the others with Ratis's.
      IOException known = new IOException(e.getMessage(), e);
      by.handleException(request.getServerId(), known, true);
      throw known;
    } catch (NullPointerException e) {
      // So Ratis says that it has no address for a server.
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    rpc.close();
    patient.close();
  }
}
