package mutirao.cli.text;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Keeps back what Ratis calls an error and is none: the others of a group go on speaking to a
 * server that is on its way out, and are told that it does not listen any more. Thread-safe.
 */
public final class NotWhileStopping extends Filter<ILoggingEvent> {
  private static final String NOT_READY =
      "org.apache.ratis.protocol.exceptions.ServerNotReadyException";

  @Override
  public FilterReply decide(ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    return thrown != null && thrown.getClassName().equals(NOT_READY)
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }
}
