package mutirao.bench.peers.own;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import mutirao.bench.peer.PeerOptions;
import mutirao.bench.peer.RunningServer;

/**
 * Three of our servers on this machine: what is confirmed is on the disk of two. All clients
 * connect to the first, whether it leads or not.
 */
public final class MutiraoGroupPeer extends MutiraoDurablePeer {
  private static final List<String> NODES = List.of("n1", "n2", "n3");

  /** Servers that are started from their jar. */
  public MutiraoGroupPeer(PeerOptions options) {
    super(options);
  }

  @Override
  public String name() {
    return "mutirao-three";
  }

  @Override
  public RunningServer start(Path directory) throws IOException {
    List<Integer> ports = RunningServer.freePorts(NODES.size());
    List<String> members = new ArrayList<>();
    for (int i = 0; i < NODES.size(); i++) {
      members.add(NODES.get(i) + "=127.0.0.1:" + ports.get(i));
    }
    String group = String.join(",", members);
    // Together, because each waits for the others before it listens.
    List<CompletableFuture<RunningServer>> starting =
        NODES.stream()
            .map(
                node ->
                    CompletableFuture.supplyAsync(
                        () -> start(node, group, directory.resolve(node)),
                        Thread::startVirtualThread))
            .toList();
    try {
      return RunningServer.group(starting.stream().map(CompletableFuture::join).toList());
    } catch (CompletionException e) {
      for (CompletableFuture<RunningServer> each : starting) {
        var _ = each.thenAccept(RunningServer::close);
      }
      throw new IOException(e.getCause());
    }
  }

  private RunningServer start(String node, String group, Path directory) {
    try {
      List<String> options = new ArrayList<>(storage(directory));
      options.addAll(List.of("--node", node, "--cluster", group));
      return jar(directory).server(options, Map.of(), false);
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }
}
