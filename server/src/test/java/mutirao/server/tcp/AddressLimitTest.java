package mutirao.server.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mutirao.core.Machine;
import mutirao.core.log.MemoryLog;
import mutirao.server.Chance;
import mutirao.server.Clock;
import mutirao.server.ServerConfig;
import mutirao.server.gateway.Gateway;
import mutirao.server.story.wire.TcpClient;
import mutirao.server.story.wire.Wire;
import org.junit.jupiter.api.Test;

/** SEC-14: connections of one address, where this machine's count as any other's. */
class AddressLimitTest {
  private static final ServerConfig CONFIG = ServerConfig.DEFAULT.withAddress("127.0.0.1", 0);
  private static final long PATIENCE_SECONDS = 20;

  private final Gateway gateway =
      new Gateway(
          CONFIG, new MemoryLog(), new Machine(CONFIG.settings()), Clock.system(), Chance.secure());
  private final CompletableFuture<Throwable> fault = new CompletableFuture<>();

  private int connections(Loop loop) {
    CompletableFuture<Integer> count = new CompletableFuture<>();
    loop.submit(() -> count.complete(gateway.connectionCount())).syncUninterruptibly();
    return count.join();
  }

  private static TcpClient served(TcpEdge tcp) {
    TcpClient client = TcpClient.connect(tcp.address());
    client.say("{\"type\":\"ping\"}");
    String answer = client.next();
    assertTrue(answer.contains("\"pong\""), answer);
    return client;
  }

  @Test
  void sec14OneTooManyIsToldSoAndWhoLeavesMakesRoom() throws Exception {
    try (Loop loop = new Loop(gateway, Clock.system(), fault::complete);
        TcpEdge tcp =
            TcpEdge.listen(
                loop,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                CONFIG,
                null,
                new Addresses(3, _ -> false))) {
      List<TcpClient> few = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        few.add(served(tcp));
      }
      try (TcpClient more = TcpClient.connect(tcp.address())) {
        String refusal = more.next();
        assertTrue(refusal.startsWith("{\"type\":\"error\",\"code\":\"overloaded\""), refusal);
        assertTrue(refusal.contains("from your address"), refusal);
        assertEquals(Wire.CLOSED, more.next());
      }
      few.removeFirst().close();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (connections(loop) > 2) {
        assertTrue(System.nanoTime() < deadline, "the one that left is still counted");
        Thread.onSpinWait();
      }
      few.add(served(tcp));
      few.forEach(TcpClient::close);
    }
    assertEquals(false, fault.isDone());
  }
}
