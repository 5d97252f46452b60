package mutirao.protocol;

import java.util.regex.Pattern;

/** How a trace is named: W3C Trace Context, level 1. */
public final class TraceContext {
  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  private TraceContext() {}

  /** Whether this is a {@code traceparent}: version, trace, span and flags, in hexadecimal. */
  public static boolean isTraceparent(String text) {
    return TRACEPARENT.matcher(text).matches();
  }
}
