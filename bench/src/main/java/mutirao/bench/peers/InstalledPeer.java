package mutirao.bench.peers;

import java.util.Optional;
import mutirao.bench.peer.Peer;

/** A peer that is a native program of the system. */
public interface InstalledPeer extends Peer {

  /** The name of its file. */
  String program();

  /** The package of Debian and its kin that has it. */
  default String debianPackage() {
    return program();
  }

  @Override
  default Optional<String> version() {
    return Installed.version(program());
  }

  @Override
  default String remedy() {
    return Installed.debian(debianPackage());
  }

  @Override
  default boolean warmsUp() {
    return false;
  }
}
