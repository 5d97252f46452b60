package mutirao.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import mutirao.core.Machine;
import mutirao.core.log.MemoryLog;
import mutirao.server.Companions;
import mutirao.server.ServerConfig;
import mutirao.server.backup.Backups;
import mutirao.server.cluster.Cluster;
import mutirao.server.gateway.Gateway;
import mutirao.server.gateway.Peer;
import mutirao.server.gateway.Transport;
import mutirao.server.gateway.history.History;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A password takes its time, and the world goes on meanwhile. */
class LateLoginTest {
  private static final String LOGIN =
      "{\"type\":\"register\",\"name\":\"bruno\",\"username\":\"bruno\",\"password\":\"andaime-7\","
          + "\"presence\":false}";

  private final ArrayDeque<Runnable> hashing = new ArrayDeque<>();
  private final Random random = new Random(1);
  private final Gateway gateway =
      new Gateway(
          ServerConfig.DEFAULT,
          new MemoryLog(),
          new Machine(ServerConfig.DEFAULT.settings()),
          () -> 1_000_000,
          random::nextBytes,
          new Companions(
              History.NONE, Cluster.alone("node-1", () -> 0), Backups.none(), new LateHashing()));

  /** Computes when it is told to. */
  private final class LateHashing implements Hashing {
    @Override
    public <T> boolean compute(Supplier<T> work, Consumer<T> then) {
      return hashing.size() < 2 && hashing.add(() -> then.accept(work.get()));
    }
  }

  private void hash() {
    hashing.remove().run();
    gateway.pump();
  }

  /** An admin, who is there, and bruno, who is not yet. */
  private Line people() {
    Line first = new Line(null);
    first.send("{\"type\":\"register\",\"presence\":false}");
    first.send(
        "{\"type\":\"account\",\"action\":\"add_user\",\"user\":\"ana\",\"account_role\":\"admin\","
            + "\"password\":\"obras-2026\"}");
    hash();
    Line admin = new Line(null);
    admin.send("{\"type\":\"register\",\"username\":\"ana\",\"password\":\"obras-2026\"}");
    hash();
    admin.send(
        "{\"type\":\"account\",\"action\":\"add_user\",\"user\":\"bruno\","
            + "\"account_role\":\"viewer\",\"password\":\"andaime-7\"}");
    hash();
    return admin;
  }

  @Test
  void whoIsRemovedMeanwhileIsNobody() {
    Line admin = people();
    Line bruno = new Line(null);
    bruno.send(LOGIN);
    bruno.send("{\"type\":\"backup\"}");
    admin.send("{\"type\":\"account\",\"action\":\"remove_user\",\"user\":\"bruno\"}");
    hash();

    assertTrue(bruno.heard().contains("\"code\":\"unauthorized\""), bruno.heard());
    assertTrue(bruno.heard().contains("\"code\":\"not_registered\""), bruno.heard());
    assertFalse(bruno.heard().contains("\"registered\""), bruno.heard());
  }

  @Test
  void whoHangsUpMeanwhileIsForgotten() {
    people();
    Line bruno = new Line(null);
    bruno.send(LOGIN);
    bruno.peer.disconnected();
    gateway.pump();
    hash();

    assertEquals("", bruno.heard());
    assertEquals(1, gateway.state().sessions().size());
  }

  @Test
  void aFullLineIsSaidAndCountsNotAsAWrongPassword() {
    people();
    for (int i = 0; i < 20; i++) {
      new Line(null).send(LOGIN);
    }
    Line late = new Line(null);
    late.send(LOGIN);
    assertTrue(late.heard().contains("\"code\":\"overloaded\""), late.heard());
    hash();
    hash();
    Line after = new Line(null);
    after.send(LOGIN.replace("\"bruno\",\"username\"", "\"bruno-2\",\"username\""));
    hash();
    assertTrue(after.heard().contains("\"registered\""), after.heard());
  }

  /** The hook for mutual TLS: what a certificate names is a user, if there is one. */
  @Test
  void aCertificateNamesAUser() {
    people();
    Line bruno = new Line("Bruno");
    bruno.send("{\"type\":\"register\",\"presence\":false}");
    assertTrue(bruno.heard().contains("\"name\":\"bruno-"), bruno.heard());
    bruno.send("{\"type\":\"backup\"}");
    assertTrue(bruno.heard().contains("\"code\":\"forbidden\""), bruno.heard());
    Line zeca = new Line("zeca");
    zeca.send("{\"type\":\"register\"}");
    assertTrue(zeca.heard().contains("\"code\":\"unauthorized\""), zeca.heard());
  }

  @Test
  void certificatesThatNameNobodyCountForTheirAddress() {
    people();
    for (int i = 0; i < 30; i++) {
      Line zeca = new Line("zeca" + i);
      zeca.send("{\"type\":\"register\"}");
      assertTrue(zeca.heard().contains("\"code\":\"unauthorized\""), zeca.heard());
    }
    Line late = new Line("zeca");
    late.send("{\"type\":\"register\"}");
    assertTrue(late.heard().contains("\"retry_after_ms\":60000"), late.heard());
    Line bruno = new Line("Bruno");
    bruno.send("{\"type\":\"register\",\"presence\":false}");
    assertTrue(bruno.heard().contains("\"registered\""), "a good one");
  }

  private final class Line implements Transport {
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final @Nullable String certificate;
    private final Peer peer;

    Line(@Nullable String certificate) {
      this.certificate = certificate;
      peer = gateway.connect(this);
      gateway.welcome(peer);
    }

    void send(String frame) {
      byte[] bytes = (frame + "\n").getBytes(UTF_8);
      peer.receive(bytes, 0, bytes.length);
      gateway.pump();
    }

    String heard() {
      return received.toString(UTF_8);
    }

    @Override
    public void flush() {
      while (peer.outbox().take((bytes, length) -> received.write(bytes, 0, length))) {
        peer.outbox().sent();
      }
    }

    @Override
    public void close() {
      flush();
    }

    @Override
    public String remote() {
      return "in process";
    }

    @Override
    public @Nullable String certificateName() {
      return certificate;
    }
  }
}
