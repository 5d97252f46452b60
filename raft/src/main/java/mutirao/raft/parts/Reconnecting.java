package mutirao.raft.parts;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.ratis.client.RaftClientRpc;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.thirdparty.io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to other servers, each over a connection that is exchanged for a new one as soon as a
 * request fails on it: Ratis uses none again on which a server said that it does not lead, and
 * takes up to five seconds to close one to a server that hangs, for which nobody waits here. What
 * fails on one that was exchanged already leaves the new one alone. Thread-safe.
 */
public final class Reconnecting implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reconnecting.class);

  private final Supplier<RaftClientRpc> factory;
  private final Map<RaftPeerId, RaftPeer> known = new ConcurrentHashMap<>();
  private final Map<RaftPeerId, RaftClientRpc> connections = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** Connects to nobody yet, and by what {@code factory} gives for each server. */
  public Reconnecting(Supplier<RaftClientRpc> factory) {
    this.factory = factory;
  }

  /** Remembers where servers are reached; those without an address are left out. */
  public void know(Collection<RaftPeer> peers) {
    for (RaftPeer peer : peers) {
      if (peer.getAddress() != null && !peer.getAddress().isEmpty()) {
        RaftPeer before = known.put(peer.getId(), peer);
        if (before != null && !before.getAddress().equals(peer.getAddress())) {
          closeLater(connections.remove(peer.getId()));
        }
      }
    }
  }

  /** Sends a request; what it is answered, or why it was not. */
  public CompletableFuture<RaftClientReply> send(RaftClientRequest request) {
    RaftPeerId to = request.getServerId();
    try {
      RaftClientRpc by = connection(to);
      return by.sendRequestAsyncUnordered(request)
          .whenComplete(
              (_, failure) -> {
                if (failure != null) {
                  failed(to, by);
                }
              });
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Sends a request, and waits for the answer. */
  public RaftClientReply ask(RaftClientRequest request) throws IOException {
    RaftPeerId to = request.getServerId();
    RaftClientRpc by = connection(to);
    try {
      return by.sendRequest(request);
    } catch (IOException e) {
      failed(to, by);
      throw e;
    } catch (StatusRuntimeException e) {
      failed(to, by);
      // Some questions come back with gRPC's own failure, the others with Ratis's.
      throw new IOException(e.getMessage(), e);
    }
  }

  private RaftClientRpc connection(RaftPeerId to) throws IOException {
    RaftPeer peer = known.get(to);
    if (peer == null) {
      // Ratis would say the same with a stack trace in the log, for each request.
      throw new IOException("no address of " + to + " is known yet");
    }
    RaftClientRpc connection =
        connections.computeIfAbsent(
            to,
            _ -> {
              RaftClientRpc opened = factory.get();
              opened.addRaftPeers(peer);
              return opened;
            });
    if (closed) {
      failed(to, connection);
      throw new IOException("this server stops");
    }
    return connection;
  }

  private void failed(RaftPeerId to, RaftClientRpc by) {
    if (connections.remove(to, by)) {
      closeLater(by);
    }
  }

  private static void closeLater(@Nullable RaftClientRpc connection) {
    if (connection != null) {
      Thread.ofVirtual().name("mutirao-reconnect").start(() -> close(connection));
    }
  }

  private static void close(RaftClientRpc connection) {
    try {
      connection.close();
    } catch (IOException e) {
      LOG.debug("a connection to another server could not be closed", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    connections.values().forEach(Reconnecting::close);
    connections.clear();
  }
}
