package mutirao.chaos.campaign;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import mutirao.chaos.fault.ServerProcess;
import mutirao.client.MutiraoException;

/**
 * An operator takes a server out of the group, and in again with an empty folder; each time the one
 * that leads is killed meanwhile, and started again.
 */
public final class MemberChanges implements Fault {
  private static final int TRIES = 10;
  private static final int KILLED_WITHIN_MS = 1000;

  private final ThreeServers servers;
  private final Random random;

  /** Changes the members among {@code servers}. */
  public MemberChanges(ThreeServers servers, long seed) {
    this.servers = servers;
    this.random = new Random(seed);
  }

  /** What an operator does. */
  private interface Change {
    void make() throws IOException, InterruptedException;
  }

  @Override
  public void strike(ServerProcess any, long downMs) throws IOException, InterruptedException {
    String node = servers.following();
    String address = servers.inGroup(node);
    whileTheLeaderIsKilled(downMs, () -> remove(node));
    servers.server(node).kill();
    whileTheLeaderIsKilled(downMs, () -> join(node, address));
    servers.awaitAll();
  }

  private void whileTheLeaderIsKilled(long downMs, Change change)
      throws IOException, InterruptedException {
    ServerProcess leader = servers.leader();
    FutureTask<Boolean> operator =
        new FutureTask<>(
            () -> {
              change.make();
              return true;
            });
    Thread.ofVirtual().name("operator").start(operator);
    TimeUnit.MILLISECONDS.sleep(random.nextInt(KILLED_WITHIN_MS));
    ServerFaults.crash(leader, downMs);
    try {
      operator.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  /** Until it is out: whether what failed was done all the same, nobody knows. */
  private void remove(String node) throws IOException, InterruptedException {
    for (int tries = 1; servers.members().contains(node); tries++) {
      try {
        servers.remove(node);
      } catch (MutiraoException | IOException e) {
        if (tries == TRIES) {
          throw new IOException(node + " cannot be taken out", e);
        }
      }
    }
  }

  /** Until it is in; a try that failed may have made it a member, whose folder is lost then. */
  private void join(String node, String address) throws IOException, InterruptedException {
    for (int tries = 1; true; tries++) {
      Repair.wiped(servers.data(node));
      try {
        servers.join(node, address);
        return;
      } catch (IOException e) {
        if (tries == TRIES) {
          throw e;
        }
        servers.server(node).close();
        remove(node);
      }
    }
  }
}
