package mutirao.chaos.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A server that keeps values, and how to talk to it. */
interface Peer {
  /** Which server, with which settings. */
  String title();

  /** The command that prints its version. */
  List<String> versionCommand();

  /** The command that runs it in the foreground. */
  List<String> command(Path data, int port);

  /** Connects to it. */
  Connection connect(int port) throws IOException;

  /** One client's connection. */
  interface Connection extends AutoCloseable {
    /** Prepares an empty server. */
    void prepare() throws IOException;

    /** Hands a value over and waits until it is acknowledged. */
    void put(String value) throws IOException;

    /** All values that are there. */
    Set<String> readAll() throws IOException;

    @Override
    void close() throws IOException;
  }
}
