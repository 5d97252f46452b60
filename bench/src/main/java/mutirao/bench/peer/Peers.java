package mutirao.bench.peer;

import java.util.ArrayList;
import java.util.List;

/** All peers there are. */
public final class Peers {

  private Peers() {}

  /** One of each, the relay first. */
  public static List<Peer> all(PeerOptions options) {
    return List.of(new RelayPeer(options), new MutiraoPeer(options));
  }

  /** Their names, for help and completion. */
  public static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    /** Used by picocli. */
    public Names() {
      super(List.of("relay", "mutirao"));
    }
  }
}
