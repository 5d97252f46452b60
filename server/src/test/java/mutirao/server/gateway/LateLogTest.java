package mutirao.server.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import mutirao.core.Command;
import mutirao.core.Entry;
import mutirao.core.Machine;
import mutirao.core.Origin;
import mutirao.core.log.Log;
import mutirao.core.session.SessionRole;
import mutirao.protocol.Messages;
import mutirao.server.ServerConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a gateway does while its log takes its time, and when a snapshot comes instead. */
class LateLogTest {
  private static final ServerConfig CONFIG = ServerConfig.DEFAULT;

  private final Machine machine = new Machine(CONFIG.settings());
  private final HeldLog log = new HeldLog();
  private long nowMs = 1000;
  private final Gateway gateway =
      new Gateway(CONFIG, log, machine, () -> nowMs, bytes -> Arrays.fill(bytes, (byte) 7));

  /** A log that says what becomes of a batch when the test does. */
  private static final class HeldLog implements Log {
    private @Nullable Listener listener;
    private @Nullable Batch held;
    private long lastIndex;

    @Override
    public void start(Listener toTell) {
      listener = toTell;
    }

    @Override
    public void append(Batch batch) {
      held = batch;
    }

    List<Command> held() {
      return Objects.requireNonNull(held).commands();
    }

    void commit() {
      Batch batch = Objects.requireNonNull(held);
      long firstIndex = lastIndex + 1;
      lastIndex += batch.commands().size();
      held = null;
      Objects.requireNonNull(listener).committed(firstIndex, batch, true);
    }

    /** A snapshot comes that holds what it was given; nobody saw how that took effect. */
    void replace() {
      Batch batch = Objects.requireNonNull(held);
      held = null;
      Objects.requireNonNull(listener).replaced();
      listener.failed(batch, false);
    }

    /** Nobody led for too long. */
    void giveUp() {
      Batch batch = Objects.requireNonNull(held);
      held = null;
      Objects.requireNonNull(listener).failed(batch, true);
    }

    @Override
    public void close() {}
  }

  private static final class NoTransport implements Transport {
    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String remote() {
      return "nowhere";
    }
  }

  private Peer register(String name) {
    Peer peer = gateway.connect(new NoTransport());
    gateway.welcome(peer);
    say(peer, "{\"type\":\"register\",\"name\":\"" + name + "\"}");
    gateway.pump();
    return peer;
  }

  private static void say(Peer peer, String frame) {
    byte[] line = (frame + "\n").getBytes(UTF_8);
    peer.receive(line, 0, line.length);
  }

  private static String heardBy(Peer peer) {
    StringBuilder heard = new StringBuilder();
    while (peer.outbox()
        .take((bytes, length) -> heard.append(new String(bytes, 0, length, UTF_8)))) {
      peer.outbox().sent();
    }
    return heard.toString();
  }

  @Test
  void aSessionThatOnlyASnapshotTellsOfAndNobodyServesIsBroken() {
    gateway.pump();
    log.commit();
    register("ana");
    List<Command> commands = new ArrayList<>(log.held());
    assertTrue(commands.getFirst() instanceof Command.OpenSession, commands.toString());
    Machine elsewhere = new Machine(CONFIG.settings());
    commands.addFirst(new Command.AdvanceTime());
    for (Command command : commands) {
      elsewhere.apply(new Entry(elsewhere.state().lastIndex() + 1, nowMs, 1, command));
    }

    machine.restore(elsewhere.state().image());
    log.replace();
    gateway.pump();

    Origin origin = ((Command.OpenSession) commands.getLast()).origin();
    assertEquals(List.of(new Command.DetachSession(2, origin)), log.held());
  }

  @Test
  void whoWasServedBeforeARestartIsLostThoughTheClockWasTurnedBack() {
    Machine before = new Machine(CONFIG.settings());
    Origin origin = new Origin(CONFIG.node(), Long.MAX_VALUE - 1);
    before.apply(
        new Entry(
            1,
            nowMs,
            1,
            new Command.OpenSession(
                origin, "ana", SessionRole.CLIENT, List.of(), 0, false, false, "hash")));
    machine.restore(before.state().image());
    log.lastIndex = 1;

    gateway.pump();
    log.commit();

    assertFalse(Objects.requireNonNull(machine.state().sessions().byId(1)).connected());
  }

  @Test
  void whoSharesALineIsAnsweredInTheLanguageInWhichItAsked() {
    gateway.pump();
    log.commit();
    Peer peer = register("ana");
    log.commit();

    String direct = "{\"type\":\"direct\",\"target\":\"zé\",\"message\":\"oi\",\"ref\":";
    peer.speak(Messages.locale("pt-BR"));
    say(peer, direct + "1}");
    peer.speak(Messages.locale("en"));
    say(peer, direct + "2}");
    gateway.pump();
    log.commit();

    String heard = heardBy(peer);
    assertTrue(
        heard.contains("\"ref\":1,\"code\":\"unknown_target\",\"message\":\"ninguém"), heard);
    assertTrue(heard.contains("\"ref\":2,\"code\":\"unknown_target\",\"message\":\"nobody"), heard);
  }

  @Test
  void whoWaitsBehindABatchThatWasGivenUpNeedNotWaitAsLongAgain() {
    gateway.pump();
    log.commit();
    Peer peer = register("ana");
    log.commit();
    heardBy(peer);
    String say = "{\"type\":\"broadcast\",\"message\":\"oi\",\"ref\":";
    say(peer, say + "1}");
    gateway.pump();
    say(peer, say + "2}");
    Origin origin = Objects.requireNonNull(machine.state().sessions().byId(2)).origin();
    gateway.propose(new Command.DetachSession(2, Objects.requireNonNull(origin)));
    say(peer, say + "3}");
    gateway.pump();

    log.giveUp();
    gateway.pump();

    String heard = heardBy(peer);
    for (int ref = 1; ref <= 3; ref++) {
      assertTrue(heard.contains("\"ref\":" + ref + ",\"code\":\"unavailable\""), heard);
    }
    assertEquals(List.of(new Command.DetachSession(2, origin)), log.held());
  }

  @Test
  void aTermBeginsBeforeEverythingElseThatWaits() {
    gateway.pump();
    gateway.propose(new Command.AdvanceTime());
    Objects.requireNonNull(log.listener).leading();
    log.commit();
    assertEquals(
        List.of(new Command.BeginTerm(CONFIG.node()), new Command.AdvanceTime()), log.held());
  }

  @Test
  void timePassesOnceHoweverLongTheLogTakesOverIt() {
    gateway.pump();
    log.commit();
    register("ana");
    log.commit();
    Origin origin = Objects.requireNonNull(machine.state().sessions().byId(2)).origin();
    gateway.propose(new Command.DetachSession(2, Objects.requireNonNull(origin)));
    gateway.pump();
    log.commit();

    nowMs += CONFIG.settings().resumeWindowMs();
    gateway.tick();
    gateway.pump();
    assertEquals(List.of(new Command.AdvanceTime()), log.held());
    assertTrue(gateway.nextTickMs() > nowMs, "nothing to do until the log has heard");
    for (int i = 0; i < 10; i++) {
      nowMs++;
      gateway.tick();
    }
    log.commit();
    gateway.pump();

    assertEquals(0, machine.state().sessions().size());
    assertEquals(null, log.held);
  }
}
