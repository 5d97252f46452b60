package mutirao.cli.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mutirao.cli.demo.Narrator.StepFailed;
import mutirao.cli.text.Line;
import mutirao.cli.text.Tone;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoException;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;
import mutirao.web.WebConfig;
import org.jspecify.annotations.Nullable;

/**
 * Three servers with daily life on them, to be looked at in the theatre, and one of them killed.
 */
public final class ClusterDemo implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_MS = 100;

  private final Narrator narrator;
  private final StageDoor door;
  private final Troupe troupe;
  private final FrontDoor front;
  private @Nullable Bustle bustle;

  private ClusterDemo(Narrator narrator, StageDoor door, Troupe troupe, FrontDoor front) {
    this.narrator = narrator;
    this.door = door;
    this.troupe = troupe;
    this.front = front;
  }

  /** Starts the servers. */
  public static ClusterDemo start(Narrator narrator) throws IOException {
    StageDoor door = new StageDoor();
    Troupe troupe = Troupe.start(door);
    door.opensTo(troupe);
    FrontDoor front = new FrontDoor(WebConfig.DEFAULT_WEB_PORT, troupe.webPorts());
    return new ClusterDemo(narrator, door, troupe, front);
  }

  /**
   * Tells it all: life begins, and the server that leads is killed and started again.
   *
   * @throws StepFailed where a step did not do what it should
   */
  public void tell() throws StepFailed, InterruptedException {
    narrator.step("demo.cluster.starting");
    try (MutiraoClient client = connect()) {
      ServerFrame.ClusterState group = led(client, null);
      narrator.good("demo.cluster.started", troupe.addresses(), String.valueOf(group.leader()));
      bustle =
          new Bustle(
              troupe.addresses(),
              narrator.texts().tag(),
              List.of(
                  narrator.texts().get("demo.chat.hello"),
                  narrator.texts().get("demo.cluster.said")));
      killLeader(client, String.valueOf(group.leader()));
    }
  }

  private MutiraoClient connect() throws StepFailed, InterruptedException {
    long endNs = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return MutiraoClient.connect(
            ClientOptions.to(troupe.addresses())
                .role(Role.TASK_CLIENT)
                .presence(false)
                .lang(narrator.texts().tag())
                .build());
      } catch (MutiraoException e) {
        Narrator.check(System.nanoTime() < endNs, String.valueOf(e.getMessage()));
        TimeUnit.MILLISECONDS.sleep(LOOK_MS);
      }
    }
  }

  /** The group once it is led, by another than {@code before}. */
  private static ServerFrame.ClusterState led(MutiraoClient client, @Nullable String before)
      throws StepFailed, InterruptedException {
    long endNs = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        ServerFrame.ClusterState group = client.cluster().await();
        if (group.leader() != null && !group.leader().equals(before)) {
          return group;
        }
      } catch (MutiraoException e) {
        // While nobody leads, nobody answers.
        Narrator.check(System.nanoTime() < endNs, String.valueOf(e.getMessage()));
      }
      Narrator.check(System.nanoTime() < endNs, "no leader");
      TimeUnit.MILLISECONDS.sleep(LOOK_MS);
    }
  }

  private void killLeader(MutiraoClient client, String leader)
      throws StepFailed, InterruptedException {
    narrator.step("demo.cluster.kill", leader);
    long killedNs = System.nanoTime();
    troupe.kill(leader);
    Object sum = sum(client);
    long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killedNs);
    Narrator.check("100".equals(String.valueOf(sum)), "10 + 20 + 30 + 40 = " + sum);
    String next = String.valueOf(led(client, leader).leader());
    narrator.good("demo.cluster.killed", ms, next);
    troupe.start(leader);
  }

  /** Handed in until it is taken: the client goes to another server by itself. */
  private static @Nullable Object sum(MutiraoClient client)
      throws StepFailed, InterruptedException {
    long endNs = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return client.call("sum", Map.of("numbers", List.of(10, 20, 30, 40)));
      } catch (MutiraoException e) {
        Narrator.check(System.nanoTime() < endNs, String.valueOf(e.getMessage()));
        TimeUnit.MILLISECONDS.sleep(LOOK_MS);
      }
    }
  }

  /** Says where to look, and stays. */
  public void stay(CountDownLatch stopped) throws InterruptedException {
    narrator.step("demo.cluster.look");
    narrator.show(Line.of(Tone.STRONG, "http://127.0.0.1:" + front.port() + "/theatre"));
    narrator.show(Line.of("./mutirao chat --server " + troupe.addresses()));
    narrator.say("demo.stays");
    stopped.await();
  }

  @Override
  public void close() throws IOException {
    if (bustle != null) {
      bustle.close();
    }
    front.close();
    door.close();
    troupe.close();
  }
}
