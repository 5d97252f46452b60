package mutirao.server.story;

/** One thing that happens in a story; {@code who} is the client it happens to. */
sealed interface Step {

  /** Opens a connection. */
  record Connects(String who) implements Step {}

  /** Connects, sends {@code frame} and is told {@code registered}. */
  record Registers(String who, String frame) implements Step {}

  /** Sends a frame and a newline; {@code $name} outside of strings is what was captured. */
  record Sends(String who, String frame) implements Step {}

  /** Sends bytes as they are. */
  record SendsBytes(String who, byte[] bytes) implements Step {}

  /** The next frame it is sent looks like this. */
  record Hears(String who, String template) implements Step {}

  /** It has been sent nothing that the story did not mention. */
  record HearsNothing(String who) implements Step {}

  /** The server has closed its connection. */
  record IsClosed(String who) implements Step {}

  /** Its connection is cut. */
  record HangsUp(String who) implements Step {}

  /** It will send nothing more, but still reads. */
  record EndsInput(String who) implements Step {}

  /** It leaves what it is sent unread. */
  record StopsReading(String who) implements Step {}

  /** It reads again. */
  record ReadsAgain(String who) implements Step {}

  /** The server's clock moves on. */
  record TimePasses(long ms) implements Step {}

  /** The server shuts down in good order. */
  record ShutsDown() implements Step {}
}
