package mutirao.bench.peers.own;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import mutirao.bench.peer.Events;
import mutirao.bench.peer.PeerOptions;
import mutirao.bench.peer.Speaker;

/**
 * Our server with its log on disk. Acceptances, results and the workers' {@code recorded} are sent
 * after the fsync, and workers ask for the last.
 */
public class MutiraoDurablePeer extends MutiraoPeer {

  /** A server that is started from its jar, or one that runs already. */
  public MutiraoDurablePeer(PeerOptions options) {
    super(options);
  }

  @Override
  public String name() {
    return "mutirao-durable";
  }

  @Override
  public Set<Ability> abilities() {
    return EnumSet.of(Ability.DURABLE_TASKS);
  }

  @Override
  List<String> storage(Path directory) {
    return List.of("--data", directory.resolve("data").toAbsolutePath().toString());
  }

  @Override
  public Speaker worker(int id, int slots, String session, Events events) {
    return new MutiraoTasks.Worker(id, slots, Caller.ANYBODY, session, true, events);
  }
}
