package mutirao.protocol;

import org.jspecify.annotations.Nullable;

/** Everything one line of the wire can be. Immutable and safe to share between threads. */
public sealed interface Frame permits ClientFrame, ServerFrame {

  /** The value of the frame's {@code type} field. */
  String type();

  /**
   * What the client put into {@code ref}, so that it finds the reply to its own frame; null where
   * none was given or none applies.
   */
  @Nullable RawJson ref();
}
