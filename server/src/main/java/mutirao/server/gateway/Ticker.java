package mutirao.server.gateway;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import mutirao.core.Command;
import mutirao.core.Origin;
import mutirao.core.log.Log;
import mutirao.core.session.Session;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Problem;
import mutirao.protocol.ServerFrame;
import mutirao.server.ServerConfig;
import org.jspecify.annotations.Nullable;

/**
 * What happens because nothing else does: time for the machine, and a look at who has been silent
 * for too long.
 */
final class Ticker {
  private static final int SILENT_HEARTBEATS = 3;

  /** How often a leader looks whether the other servers are there. */
  private static final long ROLL_CALL_EVERY_MS = 1000;

  private final Gateway gateway;
  private final ServerConfig config;
  private final Log log;
  private final Registration registration;
  private final long lookEveryMs;
  private long nextLookMs;
  private long nextRollCallMs;
  private boolean passing;

  Ticker(Gateway gateway, ServerConfig config, Log log, Registration registration) {
    this.log = log;
    this.registration = registration;
    this.gateway = gateway;
    this.config = config;
    this.lookEveryMs =
        Math.max(
            1,
            Math.min(
                    config.frameTimeoutMs(),
                    Math.min(config.heartbeatMs(), config.registrationTimeoutMs()))
                / 4);
    this.nextLookMs = gateway.nowMs() + lookEveryMs;
    this.nextRollCallMs = log.current() ? Long.MAX_VALUE : gateway.nowMs() + ROLL_CALL_EVERY_MS;
  }

  long nextLookMs() {
    return Math.min(nextLookMs, nextRollCallMs);
  }

  /** Whether the log is being told that time passed: until it has heard there is nothing to do. */
  boolean letsTimePass() {
    return passing;
  }

  void tick(long nowMs) {
    long deadlineMs = gateway.nextDeadlineMs();
    // Proposed once: while it is on its way to the log the same deadline still shows.
    if (!passing && deadlineMs <= gateway.machineMs() && log.leads()) {
      passing = true;
      gateway.propose(new Command.AdvanceTime(), () -> passing = false);
    }
    if (nextRollCallMs <= nowMs) {
      nextRollCallMs = nowMs + ROLL_CALL_EVERY_MS;
      rollCall();
    }
    if (nextLookMs <= nowMs) {
      nextLookMs = nowMs + lookEveryMs;
      List.copyOf(gateway.peers()).forEach(peer -> look(peer, nowMs));
      registration.tick(nowMs);
    }
  }

  /**
   * Servers of the group that are not heard any more are lost: whom they served may come back
   * elsewhere.
   */
  void rollCall() {
    Set<String> heard = log.heard();
    if (heard == null && !log.current()) {
      return;
    }
    Set<String> lost = new LinkedHashSet<>();
    for (Session session : gateway.state().sessions().all()) {
      Origin origin = session.origin();
      if (origin != null && !isHeard(origin.node(), heard)) {
        lost.add(origin.node());
      }
    }
    lost.forEach(node -> gateway.propose(new Command.LoseNode(node, Long.MAX_VALUE)));
  }

  private boolean isHeard(String node, @Nullable Set<String> heard) {
    return heard == null ? node.equals(config.node()) : heard.contains(node);
  }

  private void look(Peer peer, long nowMs) {
    peer.outbox().trim();
    if (peer.frameSinceMs != 0 && nowMs - peer.frameSinceMs >= config.frameTimeoutMs()) {
      peer.turnAway(Problem.of(null, ErrorCode.MALFORMED, "malformed.slow"));
    }
    switch (peer.stage()) {
      case NEW, REGISTERING -> {
        if (nowMs - peer.connectedAtMs >= config.registrationTimeoutMs()) {
          peer.turnAway(Problem.of(null, ErrorCode.NOT_REGISTERED, "not_registered.timeout"));
        }
      }
      case REGISTERED -> lookForSilence(peer, nowMs);
      case LEAVING, CLOSED -> {}
    }
  }

  private void lookForSilence(Peer peer, long nowMs) {
    long silentMs = nowMs - peer.heardAtMs;
    if (silentMs < SILENT_HEARTBEATS * config.heartbeatMs()) {
      return;
    }
    if (peer.pingedAtMs == 0) {
      peer.pingedAtMs = nowMs;
      peer.send(new ServerFrame.Ping(nowMs));
    } else if (nowMs - peer.pingedAtMs >= config.heartbeatMs()) {
      // Somebody who only reads never answers, and is alive as long as TCP takes what is sent.
      boolean onlyReads = !peer.answersPings && peer.outbox().owedBytes() == 0;
      if (onlyReads) {
        peer.heardAtMs = nowMs;
        peer.pingedAtMs = 0;
      } else {
        gateway.hangUp(peer);
      }
    }
  }
}
