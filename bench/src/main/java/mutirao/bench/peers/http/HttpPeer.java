package mutirao.bench.peers.http;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import mutirao.bench.peer.Events;
import mutirao.bench.peer.PeerOptions;
import mutirao.bench.peer.RunningServer;
import mutirao.bench.peer.Speaker;
import mutirao.bench.peers.own.MutiraoPeer;
import mutirao.bench.peers.own.OwnJar;

/**
 * Our server in memory mode, where tasks are handed in by HTTP/1.1: one a request, which waits for
 * the result, over kept-alive connections, each with one request at a time. Workers speak TCP.
 */
public class HttpPeer extends MutiraoPeer {
  /** A server that is started from its jar. */
  public HttpPeer(PeerOptions options) {
    super(options);
  }

  @Override
  public String name() {
    return "mutirao-http";
  }

  @Override
  public Set<Ability> abilities() {
    return EnumSet.of(Ability.TASKS);
  }

  @Override
  public RunningServer start(Path directory) throws IOException {
    return jar(directory).server(OwnJar.IN_MEMORY, Map.of(), true);
  }

  /** The result comes in the answer to the submit. */
  @Override
  public boolean confirmsAcceptance() {
    return false;
  }

  @Override
  public Speaker.Submitter submitter(int id, String session, Events.Tasks events) {
    return new HttpSubmitter(id, HttpWords.ONE, events);
  }
}
