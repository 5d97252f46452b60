package mutirao.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mutirao.core.RandomLife;
import mutirao.raft.group.Forwarder;
import mutirao.raft.group.Member;
import mutirao.raft.group.Membership;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.GroupManagementRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is being taken into a group. */
@Tag("long")
@Timeout(60)
class NewcomerTest {
  /** Far more than a member waits for a leader before it asks for votes. */
  private static final int LATE_MS = 3000;

  @TempDir private Path folder;

  @Test
  void aNewcomerWaitsForALeaderThatComesLate() throws Exception {
    List<Member> members = GroupRig.members(1, 3);
    Member first = members.getFirst();
    Member second = members.get(1);
    Member newcomer = members.getLast();
    RandomLife life = new RandomLife(21);
    try (GroupRig group = new GroupRig(folder, 0)) {
      Rig leading = group.start(first.node(), List.of(first), false, 1 << 30);
      leading.live(life, 20);
      group.start(second.node(), List.of(second), true, 1 << 30);
      Objects.requireNonNull(leading.log.membership()).add(second);
      Rig joining = group.start(newcomer.node(), List.of(newcomer), true, 1 << 30);
      tellOfGroup(newcomer, members);
      assertThrows(
          TimeoutException.class,
          () -> joining.ended.get(LATE_MS, TimeUnit.MILLISECONDS),
          () -> "it ended: " + joining.faults);
      Objects.requireNonNull(leading.log.membership()).add(newcomer);
      joining.live(life, 20);
      group.awaitSame();
      assertEquals(leading.dump(), joining.dump());
    }
  }

  /** The first of two steps in which a leader takes somebody in; the second takes its time. */
  private void tellOfGroup(Member newcomer, List<Member> members) throws Exception {
    List<RaftPeer> peers = new ArrayList<>();
    for (Member member : members) {
      peers.add(RaftPeer.newBuilder().setId(member.node()).setAddress(member.address()).build());
    }
    UUID id = UUID.fromString(Files.readAllLines(folder.resolve("n1/mutirao-data")).get(2));
    ClientId client = ClientId.randomId();
    try (Forwarder forwarder = new Forwarder(client, new RaftProperties(), null)) {
      forwarder.know(peers);
      Membership.check(
          forwarder.ask(
              GroupManagementRequest.newAdd(
                  client,
                  RaftPeerId.valueOf(newcomer.node()),
                  1,
                  RaftGroup.valueOf(RaftGroupId.valueOf(id), peers),
                  false)));
    }
  }
}
