package mutirao.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.UUID;
import mutirao.raft.files.DataFolder;
import mutirao.raft.group.Forwarder;
import mutirao.raft.group.Member;
import mutirao.raft.version.Acquaintance;
import mutirao.raft.version.OtherVersionException;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.thirdparty.com.google.protobuf.InvalidProtocolBufferException;
import org.apache.ratis.util.ProtoUtils;
import org.jspecify.annotations.Nullable;

/** Which group a server is of when it starts. */
final class Grouping {
  private Grouping() {}

  /**
   * The group as it was begun; where it has changed since, the log says so.
   *
   * @param known what the folder says; null where it says nothing yet
   */
  static RaftGroup of(RatisOptions options, @Nullable UUID known) {
    if (options.alone()) {
      RaftPeer self = RaftPeer.newBuilder().setId(options.node()).build();
      UUID id = known == null ? UUID.randomUUID() : known;
      return RaftGroup.valueOf(RaftGroupId.valueOf(id), self);
    }
    RaftPeer[] peers = options.group().stream().map(Grouping::peer).toArray(RaftPeer[]::new);
    return RaftGroup.valueOf(RaftGroupId.valueOf(known == null ? common(options) : known), peers);
  }

  /**
   * Whether a server is in no group when it starts: it waits to be added, or it does not know yet
   * whether it was a member before ({@link mutirao.raft.group.Entrance}).
   */
  static boolean newcomer(RatisOptions options, DataFolder folder) throws IOException {
    boolean asks = options.group().size() > 1 && !folder.begun();
    return folder.fresh() && (options.joins() || asks);
  }

  /**
   * Asks those of the group that answer whether this server's version goes together with theirs,
   * before it takes part: before it votes, and before anything is written.
   *
   * @throws OtherVersionException where it does not
   */
  static void meet(RatisOptions options, RaftProperties properties, DataFolder folder)
      throws IOException {
    if (options.alone()) {
      return;
    }
    UUID known = folder.group();
    RaftGroup group = of(options, known);
    Collection<RaftPeer> peers = known == null ? group.getPeers() : lastKnown(folder, group);
    ClientId client = ClientId.randomId();
    try (Forwarder forwarder = new Forwarder(client, properties, options.tls())) {
      new Acquaintance(options.node(), options.versions(), forwarder)
          .meet(group.getGroupId(), peers);
    }
  }

  /** The members when this server ran last: whoever joined is told of itself alone. */
  private static Collection<RaftPeer> lastKnown(DataFolder folder, RaftGroup begun)
      throws IOException {
    Path file = folder.log().resolve(begun.getGroupId().getUuid() + "/current/raft-meta.conf");
    if (!Files.exists(file)) {
      return begun.getPeers();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return LogEntryProto.parseFrom(in).getConfigurationEntry().getPeersList().stream()
          .map(ProtoUtils::toRaftPeer)
          .toList();
    } catch (InvalidProtocolBufferException e) {
      // Ratis reads it again, and says what is wrong with it.
      return begun.getPeers();
    }
  }

  private static RaftPeer peer(Member member) {
    return RaftPeer.newBuilder().setId(member.node()).setAddress(member.address()).build();
  }

  /**
   * The same for all who begin with the same members, and for nobody else: two groups whose servers
   * can reach each other must never take one another's entries.
   */
  private static UUID common(RatisOptions options) {
    if (options.group().size() == 1) {
      return UUID.randomUUID();
    }
    String members =
        String.join(
            ",",
            options.group().stream()
                .map(member -> member.node() + "=" + member.address())
                .sorted()
                .toList());
    return UUID.nameUUIDFromBytes(members.getBytes(UTF_8));
  }
}
