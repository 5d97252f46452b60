package mutirao.cli;

import java.io.IOException;
import java.net.InetAddress;
import mutirao.server.Server;
import mutirao.server.ServerConfig;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Starts a server, and makes what the network library throws catchable. */
final class ServerStart {
  private ServerStart() {}

  /**
   * Starts a server.
   *
   * @throws IOException where there is no such address, or it is not to be had; the library throws
   *     that without declaring it
   */
  static Server start(ServerConfig config) throws IOException, InterruptedException {
    InetAddress.getByName(config.bind());
    oneLog();
    try {
      return Server.start(config);
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw e instanceof IOException known ? known : new IOException(e);
    }
  }

  /** Libraries that log by the JDK's own means are heard where all others are. */
  private static void oneLog() {
    if (!SLF4JBridgeHandler.isInstalled()) {
      SLF4JBridgeHandler.removeHandlersForRootLogger();
      SLF4JBridgeHandler.install();
    }
  }
}
