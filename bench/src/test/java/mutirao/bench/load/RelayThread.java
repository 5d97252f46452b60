package mutirao.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.OptionalLong;
import mutirao.bench.peer.RunningServer;
import mutirao.bench.relay.RelayServer;

/** The relay in a thread of the test's process. */
final class RelayThread implements AutoCloseable {
  private final RelayServer relay;
  private final Thread thread;

  RelayThread() throws IOException {
    relay = new RelayServer(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    thread = Thread.ofPlatform().start(this::run);
  }

  RunningServer server() {
    return RunningServer.external(relay.address(), OptionalLong.empty());
  }

  private void run() {
    try {
      relay.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    relay.close();
    thread.join();
  }
}
