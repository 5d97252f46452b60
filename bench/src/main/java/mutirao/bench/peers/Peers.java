package mutirao.bench.peers;

import java.util.Iterator;
import java.util.List;
import mutirao.bench.peer.Peer;
import mutirao.bench.peer.PeerOptions;
import mutirao.bench.peers.http.HttpBatchPeer;
import mutirao.bench.peers.http.HttpPeer;
import mutirao.bench.peers.nats.JetStreamGroupPeer;
import mutirao.bench.peers.nats.JetStreamPeer;
import mutirao.bench.peers.nats.NatsPeer;
import mutirao.bench.peers.own.MutiraoDurablePeer;
import mutirao.bench.peers.own.MutiraoGroupPeer;
import mutirao.bench.peers.own.MutiraoPeer;
import mutirao.bench.peers.own.MutiraoSecurePeer;
import mutirao.bench.peers.rabbit.RabbitQuorumPeer;
import mutirao.bench.peers.redis.RedisAlwaysPeer;
import mutirao.bench.peers.redis.RedisPeer;

/** All peers there are. */
public final class Peers {
  private static final List<String> NAMES =
      List.of(
          "relay",
          "mutirao",
          "mutirao-secure",
          "mutirao-http",
          "mutirao-http-batch",
          "redis",
          "nats",
          "gearmand",
          "mutirao-durable",
          "redis-always",
          "jetstream",
          "rabbitmq-quorum",
          "mutirao-three",
          "jetstream-three");

  private Peers() {}

  /** One of each, the relay first. */
  public static List<Peer> all(PeerOptions options) {
    return List.of(
        new RelayPeer(options),
        new MutiraoPeer(options),
        new MutiraoSecurePeer(options),
        new HttpPeer(options),
        new HttpBatchPeer(options),
        new RedisPeer(),
        new NatsPeer(),
        new GearmandPeer(),
        new MutiraoDurablePeer(options),
        new RedisAlwaysPeer(),
        new JetStreamPeer(),
        new RabbitQuorumPeer(),
        new MutiraoGroupPeer(options),
        new JetStreamGroupPeer());
  }

  /** Their names, for help and completion. */
  public static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return NAMES.iterator();
    }
  }
}
