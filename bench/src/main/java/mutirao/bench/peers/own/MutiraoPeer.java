package mutirao.bench.peers.own;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
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
    return RunningServer.announced(command(storage(directory)), directory);
  }

  /** What starts a server with these options. */
  final List<String> command(List<String> serverOptions) {
    List<String> command = new ArrayList<>();
    command.add(options.java().toString());
    command.addAll(options.jvmFlags());
    command.addAll(List.of("-jar", options.serverJar().toAbsolutePath().toString()));
    command.addAll(List.of("server", "--bind", "127.0.0.1"));
    command.addAll(serverOptions);
    command.addAll(List.of("--port", "0", "--web-port", "0"));
    return command;
  }

  /** The options that say where its log is. */
  List<String> storage(Path directory) {
    return List.of("--memory");
  }

  @Override
  public boolean confirmsAcceptance() {
    return true;
  }

  @Override
  public Speaker.Submitter submitter(int id, String session, Events.Tasks events) {
    return new MutiraoTasks.Submitter(id, session, events);
  }

  @Override
  public Speaker worker(int id, int slots, String session, Events events) {
    return new MutiraoTasks.Worker(id, slots, session, false, events);
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
