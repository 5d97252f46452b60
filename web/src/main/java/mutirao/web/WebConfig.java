package mutirao.web;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the web edge is set up.
 *
 * @param bind address to listen on
 * @param webPort 0 picks a free one
 * @param port where the server speaks TCP, for the page to tell
 * @param join whether a browser may become a worker
 * @param stage servers to be killed by spectators; null: there are none
 */
public record WebConfig(String bind, int webPort, int port, Join join, @Nullable Stage stage) {

  /** The port where none is asked for. */
  public static final int DEFAULT_WEB_PORT = 5051;

  /**
   * Becoming a worker by opening a link.
   *
   * @param open whether that is possible
   * @param operations a folder with an ES module for each further operation; null: there is none
   */
  public record Join(boolean open, @Nullable Path operations) {
    /** Not possible. */
    public static final Join CLOSED = new Join(false, null);
  }

  /** As it is where nothing else is said. */
  public static WebConfig of(String bind, int webPort, int port) {
    return new WebConfig(bind, webPort, port, Join.CLOSED, null);
  }
}
