package mutirao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import mutirao.cli.fixture.CliRun;
import mutirao.cli.fixture.Relay;
import mutirao.cli.fixture.Seat;
import mutirao.cli.terminal.Exit;
import mutirao.client.MutiraoClient;
import mutirao.core.Settings;
import mutirao.server.ServerConfig;
import mutirao.testkit.TestServer;
import mutirao.testkit.WireClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ReconnectTest {
  private static final String ENTER = "\r";
  private static final String CTRL_D = "\u0004";

  @TempDir private Path folder = Path.of("");

  @Test
  void whatIsTypedMeanwhileIsSentAfterwardsAndNothingIsMissed() throws Exception {
    try (TestServer server = TestServer.start();
        Relay relay = new Relay(server.address());
        MutiraoClient ana = server.client("ana")) {
      Seat seat = new Seat();
      CliRun run =
          CliRun.at(relay.hostAndPort()).on(seat).remembering(folder).start("chat", "bruno");
      seat.awaitTyped("lobby> ");
      ana.broadcast("said before").await();
      seat.awaitLine("ana: said before");
      relay.cut();
      seat.awaitLine("Connection lost; trying again…");
      ana.broadcast("said meanwhile").await();
      seat.type("typed meanwhile" + ENTER).awaitLine("this is kept and sent when there is one");
      relay.mend();
      seat.awaitLine("Connected again; nothing was missed.");
      seat.awaitLine("ana: said meanwhile").awaitLine("bruno: typed meanwhile");
      seat.type(CTRL_D);
      assertEquals(Exit.DONE, run.exit());
    }
  }

  @Test
  @Timeout(60)
  void aNewSessionSaysThatMessagesMayBeMissing() throws Exception {
    try (TestServer server = TestServer.start();
        Relay relay = new Relay(server.address());
        MutiraoClient ana = server.client("ana")) {
      CliRun run = CliRun.at(relay.hostAndPort()).start("chat", "bruno");
      run.type("/join obras").awaitOut("You are in obras now");
      relay.cut();
      run.awaitErr("Connection lost");
      while (ana.clients().await().total() > 1) {
        server.advance(Duration.ofSeconds(20));
      }
      relay.mend();
      run.awaitErr("Connected again, in a new session");
      run.type("oi").awaitOut("[obras] bruno: oi").endInput();
      assertEquals(Exit.DONE, run.exit());
      assertTrue(run.err().startsWith("Connection lost; trying again…\n"), run.err());
    }
  }

  @Test
  @Timeout(60)
  void whoseNameWasTakenMeanwhileIsToldAndLeaves() throws Exception {
    // The client gives its name up when the server must have noticed that its holder is gone.
    ServerConfig impatient =
        ServerConfig.DEFAULT.withTimes(20, 60_000).withSettings(new Settings(50, 1000, 1 << 20));
    try (TestServer server = TestServer.start(impatient);
        Relay relay = new Relay(server.address());
        MutiraoClient ana = server.client("ana")) {
      CliRun run = CliRun.at(relay.hostAndPort()).start("chat", "bruno");
      run.type("/list").awaitOut("bruno");
      relay.cut();
      run.awaitErr("Connection lost");
      while (ana.clients().await().total() > 1) {
        server.advance(Duration.ofSeconds(20));
      }
      // Not the client library: it would think a server dead that is silent for so short a time.
      try (WireClient other = server.wire()) {
        other.send("{\"type\":\"register\",\"name\":\"bruno\",\"presence\":false}");
        other.await("registered");
        relay.mend();
        run.awaitErr("The connection has ended: the name 'bruno' is in use");
        assertEquals(Exit.FAILED, run.exit());
      }
    }
  }
}
