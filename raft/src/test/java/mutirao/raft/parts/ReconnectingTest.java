package mutirao.raft.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.client.RaftClientRpc;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReconnectingTest {
  private static final RaftGroupId GROUP = RaftGroupId.randomId();

  private final List<Connection> opened = new ArrayList<>();
  private final CountDownLatch mayClose = new CountDownLatch(1);
  private final Reconnecting reconnecting =
      new Reconnecting(
          () -> {
            Connection connection = new Connection();
            opened.add(connection);
            return connection;
          });

  /** A connection to a server that hangs: closing it takes until the test is over. */
  private final class Connection implements RaftClientRpc {
    private final List<CompletableFuture<RaftClientReply>> sent = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    @Override
    public CompletableFuture<RaftClientReply> sendRequestAsyncUnordered(RaftClientRequest request) {
      CompletableFuture<RaftClientReply> reply = new CompletableFuture<>();
      sent.add(reply);
      return reply;
    }

    @Override
    public RaftClientReply sendRequest(RaftClientRequest request) throws IOException {
      throw new IOException("no answer");
    }

    @Override
    public void addRaftPeers(Collection<RaftPeer> peers) {
      peers.forEach(peer -> addresses.add(peer.getAddress()));
    }

    @Override
    public void close() {
      closing.countDown();
      try {
        mayClose.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @AfterEach
  void letGo() {
    mayClose.countDown();
    reconnecting.close();
  }

  private static RaftPeer server(String node, String address) {
    return RaftPeer.newBuilder().setId(node).setAddress(address).build();
  }

  private static RaftClientRequest to(String node) {
    return RaftClientRequest.newBuilder()
        .setClientId(ClientId.randomId())
        .setServerId(RaftPeerId.valueOf(node))
        .setGroupId(GROUP)
        .setType(RaftClientRequest.writeRequestType())
        .build();
  }

  private static void fail(CompletableFuture<RaftClientReply> reply) {
    reply.completeExceptionally(new IOException("broken"));
  }

  @Test
  void allThatFailsOnOneConnectionExchangesItOnce() throws InterruptedException {
    reconnecting.know(List.of(server("n2", "host:1")));
    List<CompletableFuture<RaftClientReply>> replies = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      replies.add(reconnecting.send(to("n2")));
    }
    Connection first = opened.getFirst();

    fail(first.sent.get(0));
    CompletableFuture<RaftClientReply> again = reconnecting.send(to("n2"));
    fail(first.sent.get(1));
    fail(first.sent.get(2));
    reconnecting.send(to("n2"));

    assertTrue(replies.stream().allMatch(CompletableFuture::isCompletedExceptionally));
    assertFalse(again.isDone());
    assertEquals(2, opened.size());
    assertEquals(2, opened.getLast().sent.size());
    assertTrue(first.closing.await(10, TimeUnit.SECONDS));
  }

  @Test
  void aQuestionWithoutAnAnswerExchangesTheConnection() {
    reconnecting.know(List.of(server("n2", "host:1")));

    assertThrows(IOException.class, () -> reconnecting.ask(to("n2")));
    reconnecting.send(to("n2"));

    assertEquals(2, opened.size());
  }

  @Test
  void aServerThatMovedIsReachedWhereItIsNow() {
    reconnecting.know(List.of(server("n2", "host:1")));
    reconnecting.send(to("n2"));

    reconnecting.know(List.of(server("n2", "host:1"), server("n3", "host:3")));
    reconnecting.send(to("n2"));
    reconnecting.know(List.of(server("n2", "host:2")));
    reconnecting.send(to("n2"));

    assertEquals(2, opened.size());
    assertEquals(List.of("host:2"), opened.getLast().addresses);
  }

  @Test
  void whoHasNoAddressIsAskedNothing() {
    reconnecting.know(List.of(RaftPeer.newBuilder().setId("n2").build()));

    assertTrue(reconnecting.send(to("n2")).isCompletedExceptionally());
    assertThrows(IOException.class, () -> reconnecting.ask(to("n3")));
    assertEquals(List.of(), opened);
  }

  @Test
  void nothingIsSentOnceItIsClosed() {
    reconnecting.know(List.of(server("n2", "host:1")));
    mayClose.countDown();
    reconnecting.close();

    assertTrue(reconnecting.send(to("n2")).isCompletedExceptionally());
  }
}
