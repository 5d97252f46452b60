package mutirao.sim.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * All that happened in one world, as a hash and, where a file is given, as text for people. Two
 * runs of a seed must have the same hash.
 */
public final class Trace implements AutoCloseable {
  private static final long PRIME = 0x100000001b3L;
  private static final int MAX_SHOWN_BYTES = 400;

  private final @Nullable PrintWriter out;
  private long hash = 0xcbf29ce484222325L;

  private Trace(@Nullable PrintWriter out) {
    this.out = out;
  }

  /** A trace that keeps the hash alone. */
  public static Trace hashOnly() {
    return new Trace(null);
  }

  /** A trace that people can read, too. */
  public static Trace into(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return new Trace(new PrintWriter(Files.newBufferedWriter(file, UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The hash of everything so far. */
  public long hash() {
    return hash;
  }

  /** Something happened to {@code who} at {@code timeMs}. */
  public void line(long timeMs, String who, String what) {
    mix(timeMs);
    mix(who.hashCode());
    mix(what.hashCode());
    if (out != null) {
      show(timeMs, who, what);
    }
  }

  /** Bytes that went from {@code who} in the direction {@code arrow}. */
  public void bytes(long timeMs, String who, String arrow, byte[] bytes, int length) {
    mix(timeMs);
    mix(who.hashCode());
    for (int i = 0; i < length; i++) {
      mix(bytes[i]);
    }
    if (out != null) {
      int shown = Math.min(length, MAX_SHOWN_BYTES);
      String text = new String(bytes, 0, shown, UTF_8).replace("\n", "⏎");
      String more = shown < length ? "… (" + length + " bytes)" : "";
      show(timeMs, who, arrow + " " + text + more);
    }
  }

  private void show(long timeMs, String who, String what) {
    PrintWriter writer = out;
    if (writer != null) {
      writer.printf("%7d  %-14s %s%n", timeMs - World.START_MS, who, what);
    }
  }

  private void mix(long value) {
    hash = (hash ^ value) * PRIME;
    hash ^= hash >>> 32;
  }

  @Override
  public void close() {
    if (out != null) {
      out.close();
    }
  }
}
