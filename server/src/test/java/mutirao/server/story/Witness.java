package mutirao.server.story;

/** Sees what goes over the wire of a story. */
public interface Witness {

  /** Sees nothing. */
  Witness NOBODY =
      new Witness() {
        @Override
        public void sent(String who, byte[] bytes) {}

        @Override
        public void heard(String frame) {}
      };

  /** A client sent this. */
  void sent(String who, byte[] bytes);

  /** A client was sent this frame. */
  void heard(String frame);
}
