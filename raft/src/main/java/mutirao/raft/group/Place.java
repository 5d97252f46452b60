package mutirao.raft.group;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;

/** Where other servers reach this one. */
public final class Place {
  private Place() {}

  /**
   * Looks whether {@code self} can be listened at: gRPC would end the process where it cannot.
   *
   * @param self null: nobody has to reach it
   * @throws BindException where the port is taken, or the address is not this machine's
   */
  public static void check(@Nullable Member self) throws IOException {
    if (self == null) {
      return;
    }
    InetSocketAddress address = new InetSocketAddress(self.host(), self.port());
    if (address.isUnresolved()) {
      throw new BindException(self.address() + ": no such host");
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
    } catch (BindException e) {
      BindException known = new BindException(self.address() + ": " + e.getMessage());
      known.initCause(e);
      throw known;
    }
  }
}
