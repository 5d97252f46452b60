package mutirao.raft;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import mutirao.raft.parts.PromptGrpc;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.util.TimeDuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three bare servers of Ratis whose heartbeats are half an hour apart. */
class PromptGrpcTest {
  private static final long PATIENCE_SECONDS = 30;
  private static final String CANDIDATE = "n1";
  private static final TimeDuration SOON = TimeDuration.valueOf(100, TimeUnit.MILLISECONDS);
  private static final TimeDuration AN_HOUR = TimeDuration.valueOf(1, TimeUnit.HOURS);

  private final List<RaftServer> servers = new ArrayList<>();

  @TempDir Path folder;

  @Test
  void followersKnowWhatIsCommittedWithoutAHeartbeat() throws Exception {
    RaftGroupId id = RaftGroupId.randomId();
    List<RaftPeer> peers = peers();
    RaftGroup group = RaftGroup.valueOf(id, peers);
    // The only one that stands for election comes last: nobody else would for an hour.
    for (RaftPeer peer : peers.reversed()) {
      RaftServer server =
          RaftServer.newBuilder()
              .setServerId(peer.getId())
              .setGroup(group)
              .setStateMachine(new BaseStateMachine())
              .setProperties(properties(peer))
              .setParameters(new Parameters())
              .build();
      servers.add(server);
      server.start();
    }
    await("a leader", () -> servers.stream().anyMatch(server -> leads(server, id)));
    RaftServer leader =
        servers.stream().filter(server -> leads(server, id)).findFirst().orElseThrow();

    RaftClientRequest write =
        RaftClientRequest.newBuilder()
            .setClientId(ClientId.randomId())
            .setServerId(leader.getId())
            .setGroupId(id)
            .setCallId(1)
            .setMessage(Message.valueOf("something"))
            .setType(RaftClientRequest.writeRequestType())
            .build();
    var reply = leader.submitClientRequestAsync(write).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertTrue(reply.isSuccess());

    PromptGrpc.announce(leader);
    await(
        "the news",
        () -> servers.stream().allMatch(server -> applied(server, id) >= reply.getLogIndex()));
  }

  @AfterEach
  void close() throws IOException {
    for (RaftServer server : servers) {
      server.close();
    }
  }

  private RaftProperties properties(RaftPeer peer) {
    RaftProperties properties = new RaftProperties();
    properties.set("raft.rpc.type", PromptGrpc.class.getName());
    GrpcConfigKeys.Server.setPort(
        properties, Integer.parseInt(peer.getAddress().substring("127.0.0.1:".length())));
    RaftServerConfigKeys.setStorageDir(
        properties, List.of(folder.resolve(peer.getId().toString()).toFile()));
    boolean candidate = peer.getId().toString().equals(CANDIDATE);
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, candidate ? SOON : AN_HOUR);
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(
        properties, (candidate ? SOON : AN_HOUR).multiply(2));
    // An entry that says what is committed would be news by itself.
    RaftServerConfigKeys.Log.setLogMetadataEnabled(properties, false);
    RaftServerConfigKeys.Rpc.setTimeoutMin(properties, AN_HOUR);
    RaftServerConfigKeys.Rpc.setTimeoutMax(properties, AN_HOUR.multiply(2));
    return properties;
  }

  private static List<RaftPeer> peers() {
    return GroupRig.members(1, 3).stream()
        .map(
            member ->
                RaftPeer.newBuilder().setId(member.node()).setAddress(member.address()).build())
        .toList();
  }

  private static boolean leads(RaftServer server, RaftGroupId id) {
    return division(server, id).getInfo().isLeaderReady();
  }

  private static long applied(RaftServer server, RaftGroupId id) {
    return division(server, id).getInfo().getLastAppliedIndex();
  }

  private static RaftServer.Division division(RaftServer server, RaftGroupId id) {
    try {
      return server.getDivision(id);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(String what, BooleanSupplier condition) {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < endNs, what + " never came");
      Thread.onSpinWait();
    }
  }
}
