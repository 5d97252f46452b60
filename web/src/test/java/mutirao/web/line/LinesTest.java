package mutirao.web.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import mutirao.protocol.ClientFrame;
import mutirao.server.Server;
import mutirao.server.local.Caller;
import mutirao.web.kit.Await;
import mutirao.web.kit.Edge;
import org.junit.jupiter.api.Test;

class LinesTest {
  private static final Credentials NOBODY =
      new Credentials(ClientFrame.Credentials.NONE, new Caller("/test", null, null));

  @Test
  void aLineThatNobodyUsesIsClosedAndOneThatIsInUseIsNot() throws Exception {
    AtomicLong nowNs = new AtomicLong();
    try (Server server = Server.start(Edge.CONFIG);
        Lines lines = new Lines(server.inside(), nowNs::get)) {
      Line line = lines.of(NOBODY, Locale.ENGLISH).get(30, TimeUnit.SECONDS);
      for (int minute = 0; minute < 5; minute++) {
        nowNs.addAndGet(TimeUnit.MINUTES.toNanos(1));
        assertSame(line, lines.of(NOBODY, Locale.ENGLISH).join());
        lines.dropIdle();
      }
      assertEquals(1, server.connectionCount());

      nowNs.addAndGet(TimeUnit.MINUTES.toNanos(3));
      lines.dropIdle();
      Await.until(server::connectionCount, count -> count == 0);
      assertNotSame(line, lines.of(NOBODY, Locale.ENGLISH).get(30, TimeUnit.SECONDS));
    }
  }
}
