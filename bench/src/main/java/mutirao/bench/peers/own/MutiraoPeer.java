package mutirao.bench.peers.own;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mutirao.bench.peer.Events;
import mutirao.bench.peer.Peer;
import mutirao.bench.peer.PeerOptions;
import mutirao.bench.peer.RunningServer;
import mutirao.bench.peer.Speaker;
import mutirao.bench.peer.StreamFormat;

/** Our server in memory mode, spoken to in its own NDJSON with nothing of its code. */
public class MutiraoPeer implements Peer {
  private final PeerOptions options;

  /** A server that is started from its jar, or one that runs already. */
  public MutiraoPeer(PeerOptions options) {
    this.options = options;
  }

  @Override
  public String name() {
    return "mutirao";
  }

  @Override
  public Optional<String> version() {
    if (options.running() != null) {
      return Optional.of("running at " + options.running());
    }
    return Files.exists(options.serverJar())
        ? Optional.of(options.serverJar().getFileName().toString())
        : Optional.empty();
  }

  @Override
  public String remedy() {
    return "./mvnw -Dquick -DskipTests package";
  }

  @Override
  public Set<Ability> abilities() {
    return EnumSet.of(Ability.TASKS, Ability.FAN_OUT, Ability.IDLE);
  }

  @Override
  public boolean warmsUp() {
    return true;
  }

  @Override
  public RunningServer start(Path directory) throws IOException {
    if (options.running() != null) {
      return RunningServer.external(options.running(), options.runningPid());
    }
    return jar(directory).server(storage(directory), Map.of(), false);
  }

  /** The command that is measured, run in a directory of its own. */
  protected final OwnJar jar(Path directory) {
    return new OwnJar(options, directory);
  }

  /** The options that say where its log is. */
  List<String> storage(Path directory) {
    return OwnJar.IN_MEMORY;
  }

  @Override
  public boolean confirmsAcceptance() {
    return true;
  }

  @Override
  public Speaker.Submitter submitter(int id, String session, Events.Tasks events) {
    return new MutiraoTasks.Submitter(id, Caller.ANYBODY, session, events);
  }

  @Override
  public Speaker worker(int id, int slots, String session, Events events) {
    return new MutiraoTasks.Worker(id, slots, Caller.ANYBODY, session, false, events);
  }

  @Override
  public Speaker.Publisher publisher(String session, Events events) {
    return new MutiraoChat.Publisher(session, events);
  }

  @Override
  public Speaker member(int id, String session, Events.Stream events) {
    return new MutiraoChat.Member(id, session, events);
  }

  @Override
  public StreamFormat streamFormat() {
    return new MutiraoChat.Format();
  }

  @Override
  public Speaker idle(int id, String session, Events events) {
    return new MutiraoChat.Idle(id, session, events);
  }
}
