package mutirao.bench.peers.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import mutirao.bench.load.Load;
import mutirao.bench.load.Schedule;
import mutirao.bench.load.TaskLoad;
import mutirao.bench.load.TaskShape;
import mutirao.bench.load.Verdict;
import mutirao.bench.peer.PeerOptions;
import mutirao.bench.peer.RunningServer;
import mutirao.bench.wire.TestCertificate;
import mutirao.client.MutiraoClient;
import mutirao.client.account.AccountRequest;
import mutirao.client.tls.TlsOptions;
import mutirao.protocol.AccountRole;
import mutirao.server.ServerConfig;
import mutirao.server.tls.EdgeChoice;
import mutirao.server.tls.TlsChoice;
import mutirao.testkit.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks on our own server with TLS and users; what is asserted are counts, never times. */
class SecureServerTest {
  private static final long ENOUGH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final String PASSWORD = "andaimes-de-2026";
  private static final PeerOptions OPTIONS =
      new PeerOptions(Path.of("java"), List.of(), Path.of("none"), null, OptionalLong.empty());

  @TempDir Path directory;
  private TestServer server;
  private Caller program;
  private Caller worker;

  @BeforeEach
  void start() throws Exception {
    TestCertificate certificate = TestCertificate.of("ip:127.0.0.1", directory);
    TlsChoice tls = TlsChoice.of(certificate.certificate(), certificate.key(), null);
    server =
        TestServer.start(
            ServerConfig.DEFAULT.withEdge(EdgeChoice.DEFAULT.withTls(tls)).withSubmits(1_000_000));
    TlsOptions trust = TlsOptions.trusting(certificate.certificate());
    try (MutiraoClient first = MutiraoClient.connect(server.options("ana").tls(trust).build())) {
      first.account(AccountRequest.addUser("ana", AccountRole.ADMIN, List.of(), PASSWORD)).await();
    }
    SSLContext trusting = MutiraoSecurePeer.trusting(certificate.certificate());
    try (MutiraoClient admin =
        MutiraoClient.connect(server.options("ana").login("ana", PASSWORD).tls(trust).build())) {
      program = new Caller("programs", token(admin, "programs", AccountRole.MEMBER), trusting);
      worker = new Caller("workshop", token(admin, "workshop", AccountRole.WORKER), trusting);
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String token(MutiraoClient admin, String user, AccountRole role) {
    admin.account(AccountRequest.addUser(user, role, List.of(), null)).await();
    return String.valueOf(
        admin.account(AccountRequest.addToken(user, null, List.of(), null, null)).await().secret());
  }

  private Verdict run(Caller submitter, TaskShape shape, String session) throws Exception {
    MutiraoSecurePeer peer = new MutiraoSecurePeer(OPTIONS, submitter, worker);
    RunningServer running = RunningServer.external(server.address(), OptionalLong.empty());
    try (Load load = new TaskLoad(peer, running, shape, session, Schedule.closed())) {
      load.open();
      load.drive(ENOUGH_NANOS, () -> {});
      return load.drain(100 * ENOUGH_NANOS);
    }
  }

  @Test
  void tasksComeBackRightOneAtATimeAndMany() throws Exception {
    for (TaskShape shape : List.of(TaskShape.ONE_AT_A_TIME, TaskShape.MANY)) {
      Verdict verdict = run(program, shape, "w" + shape.window());
      assertTrue(verdict.ok(), verdict.firstFailure());
      assertTrue(verdict.completed() > 0);
      assertEquals(verdict.sent(), verdict.completed());
    }
  }

  @Test
  void withoutATokenNothingIsMeasured() {
    Caller stranger = new Caller("programs", null, program.tls());
    IOException thrown = assertThrows(IOException.class, () -> run(stranger, TaskShape.MANY, "s"));
    assertTrue(String.valueOf(thrown.getMessage()).contains("unauthorized"), thrown::toString);
  }

  @Test
  void whoDoesNotKnowTheServersAuthorityMeasuresNothing() throws Exception {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Path others = TestCertificate.of("ip:127.0.0.1", elsewhere).certificate();
    Caller distrustful =
        new Caller("programs", program.token(), MutiraoSecurePeer.trusting(others));
    IOException thrown =
        assertThrows(IOException.class, () -> run(distrustful, TaskShape.MANY, "d"));
    assertTrue(String.valueOf(thrown.getMessage()).contains("Handshake"), thrown::toString);
  }
}
