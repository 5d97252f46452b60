package mutirao.protocol.codec;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Frame;
import mutirao.protocol.Limits;
import mutirao.protocol.Problem;
import mutirao.protocol.codec.scan.Bytes;
import mutirao.protocol.codec.scan.MalformedException;
import mutirao.protocol.codec.scan.ObjectScanner;
import mutirao.protocol.codec.scan.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into frames: incremental, and it never looks at a byte twice while it
 * waits for more, so that a slow sender costs no more than a fast one. Not thread-safe: one reader
 * a connection.
 *
 * <p>A line that has arrived whole goes to the JSON parser straight away, which finds the ends of
 * its objects. What it refuses, and what has no newline yet, goes through {@link ObjectScanner},
 * which finds the end of an object by its braces alone; both ways lead to the same frames and
 * problems.
 *
 * <p>Positions in problems are byte offsets within the line.
 *
 * @param <F> the side of the conversation that is read
 */
public final class FrameReader<F extends Frame> {

  /** Where frames and problems go, in the order in which they were found. */
  public interface Sink<F extends Frame> {
    /** A well-formed frame with valid values. */
    void frame(F frame);

    /** Something that was no valid frame; {@code TOO_LARGE} is the last thing a reader reports. */
    void problem(Problem problem);
  }

  private enum State {
    /** Before a frame: only white space is welcome. */
    BETWEEN,
    /** In an object whose end has not arrived. */
    INSIDE,
    /** In text that has been complained about; the next line is read again. */
    SKIPPING,
    /** After a frame that was too large. */
    CLOSED
  }

  /**
   * The key of a problem whose line begins as requests of HTTP do. A page in somebody's browser can
   * make it say to any port whatever follows those lines: nobody should read on.
   */
  public static final String NO_HTTP = "malformed.http";

  private static final byte[] NOTHING = {};

  /** What is kept for the next unfinished frame; more would add up with 10,000 connections. */
  private static final int KEPT_BYTES = 1024;

  private static final int FIRST_BYTES = 256;

  /**
   * How far the parser may look behind a line: it matches names in one go where 12 bytes follow.
   */
  private static final int LOOK_AHEAD = 16;

  private final FrameDecoder<F> decoder;
  private final ObjectScanner scanner = new ObjectScanner();
  private int maxFrameBytes;

  private State state = State.BETWEEN;
  private boolean complained;
  private byte[] pending = NOTHING;
  private int pendingSize;

  /**
   * Bytes that came before the chunk being read; a place in the stream is this plus a place in the
   * chunk.
   */
  private long before;

  private long lineStart;
  private long frameStart;
  private int frameLimit;

  /** A reader with a bound on one frame's bytes. */
  public FrameReader(FrameDecoder<F> decoder, int maxFrameBytes) {
    this.decoder = decoder;
    this.maxFrameBytes = maxFrameBytes;
  }

  /** Changes the bound, for the frames that begin from now on. */
  public void maxFrameBytes(int bytes) {
    maxFrameBytes = bytes;
  }

  /** Bytes held of a frame that is not complete yet. */
  public int pendingBytes() {
    return pendingSize;
  }

  /** Whether a frame, or what is read instead of one, has begun and not ended. */
  public boolean unfinished() {
    return state == State.INSIDE || state == State.SKIPPING;
  }

  /** Takes in what arrived; calls {@code sink} for all that is complete. */
  public void feed(byte[] bytes, int offset, int length, Sink<F> sink) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    Chunk<F> chunk = new Chunk<>(bytes, offset, offset + length, sink);
    before -= offset;
    int at = offset;
    while (at < chunk.end) {
      at =
          switch (state) {
            case BETWEEN -> between(chunk, at);
            case INSIDE -> inside(chunk, at);
            case SKIPPING -> skip(chunk, at);
            case CLOSED -> chunk.end;
          };
    }
    before += chunk.end;
    chunk.close();
  }

  private int between(Chunk<F> chunk, int from) {
    for (int at = from; at < chunk.end; at++) {
      switch (chunk.bytes[at]) {
        case ' ', '\t', '\r' -> {}
        case '\n' -> {
          lineStart = before + at + 1;
          complained = false;
        }
        case '{' -> {
          return begin(chunk, at);
        }
        default -> {
          frameStart = before + at;
          frameLimit = maxFrameBytes;
          state = State.SKIPPING;
          if (!complained) {
            boolean browser = chunk.bytes[at] >= 'A' && chunk.bytes[at] <= 'Z';
            malformed(chunk, before + at, browser ? NO_HTTP : "malformed.not_object");
          }
          return at;
        }
      }
    }
    return chunk.end;
  }

  /** Reads the object at {@code at} at once where its whole line is here. */
  private int begin(Chunk<F> chunk, int at) {
    frameStart = before + at;
    frameLimit = maxFrameBytes;
    int lineEnd = chunk.lineEnd(at);
    if (lineEnd < chunk.end && lineEnd - at <= frameLimit) {
      int parsed = parseWithin(chunk, at, lineEnd);
      if (parsed >= 0) {
        return parsed;
      }
    }
    state = State.INSIDE;
    scanner.begin();
    return inside(chunk, at);
  }

  private int parseWithin(Chunk<F> chunk, int at, int lineEnd) {
    JsonCursor cursor = chunk.cursor();
    int end;
    try {
      end =
          cursor.readObject(
              chunk.bytes, at, Math.min(chunk.end, lineEnd + LOOK_AHEAD), cursor.fields());
      if (end > lineEnd) {
        return -1;
      }
      check(chunk.bytes, at, end, chunk.lineFlags);
    } catch (MalformedException e) {
      chunk.spoilCursor();
      return -1;
    }
    deliver(chunk, cursor.fields(), chunk.lineFlags);
    return end;
  }

  private int inside(Chunk<F> chunk, int at) {
    int allowed = (int) Math.min(chunk.end, (long) at + frameLimit - pendingSize);
    int stop = scanner.scan(chunk.bytes, at, allowed);
    switch (scanner.outcome()) {
      case COMPLETE -> {
        state = State.BETWEEN;
        parseAlone(chunk, at, stop);
      }
      case UNFINISHED -> {
        state = State.BETWEEN;
        dropPending();
        if (!complained) {
          malformed(chunk, before + stop, "malformed.unfinished");
        }
      }
      case TOO_DEEP -> {
        state = State.SKIPPING;
        dropPending();
        malformed(chunk, before + stop, "malformed.depth", Limits.MAX_DEPTH);
      }
      case MORE -> {
        if (stop < chunk.end) {
          tooLarge(chunk);
          return chunk.end;
        }
        keep(chunk.bytes, at, stop);
      }
    }
    return stop;
  }

  private void parseAlone(Chunk<F> chunk, int at, int end) {
    byte[] bytes = chunk.bytes;
    int from = at;
    int to = end;
    if (pendingSize > 0) {
      keep(bytes, at, end);
      bytes = pending;
      from = 0;
      to = pendingSize;
    }
    JsonCursor cursor = chunk.cursor();
    try {
      check(bytes, from, to, scanner.flags());
      if (cursor.readObject(bytes, from, to, cursor.fields()) != to) {
        throw new MalformedException("malformed", to);
      }
      deliver(chunk, cursor.fields(), scanner.flags());
    } catch (MalformedException e) {
      chunk.spoilCursor();
      malformed(chunk, frameStart + e.position() - from, e.key(), e.arguments());
    }
    dropPending();
  }

  private int skip(Chunk<F> chunk, int at) {
    int lineEnd = chunk.lineEnd(at);
    if (before + lineEnd - frameStart > frameLimit) {
      tooLarge(chunk);
      return chunk.end;
    }
    if (lineEnd < chunk.end) {
      state = State.BETWEEN;
    }
    return lineEnd;
  }

  private static void check(byte[] bytes, int from, int to, int flags) {
    if (flags != 0) {
      Utf8.check(bytes, from, to, (flags & Bytes.NON_ASCII) != 0, (flags & Bytes.BACKSLASH) != 0);
    }
  }

  private void deliver(Chunk<F> chunk, Fields fields, int flags) {
    fields.flags(flags);
    F frame = decoder.decode(fields);
    Problem problem = fields.problem();
    if (problem != null) {
      chunk.sink.problem(problem);
    } else if (frame != null) {
      chunk.sink.frame(frame);
    }
  }

  /**
   * Reports a problem at a place in the stream, which is also the last argument of its sentence.
   */
  private void malformed(Chunk<F> chunk, long place, String key, Object... arguments) {
    complained = true;
    Long position = place - lineStart;
    List<Object> all = Stream.concat(Stream.of(arguments), Stream.of(position)).toList();
    chunk.sink.problem(new Problem(ErrorCode.MALFORMED, key, all, null, position, null));
  }

  private void tooLarge(Chunk<F> chunk) {
    state = State.CLOSED;
    dropPending();
    chunk.sink.problem(Problem.of(null, ErrorCode.TOO_LARGE, "too_large", frameLimit));
  }

  private void keep(byte[] bytes, int from, int to) {
    int size = pendingSize + to - from;
    if (size > pending.length) {
      long roomy = Math.min(frameLimit, Math.max(FIRST_BYTES, 2L * pending.length));
      pending = Arrays.copyOf(pending, (int) Math.max(size, roomy));
    }
    System.arraycopy(bytes, from, pending, pendingSize, to - from);
    pendingSize = size;
  }

  private void dropPending() {
    pendingSize = 0;
    if (pending.length > KEPT_BYTES) {
      pending = NOTHING;
    }
  }

  /** What arrived in one call of {@link #feed}, and what is found out about it on the way. */
  private static final class Chunk<F extends Frame> {
    final byte[] bytes;
    final int end;
    final Sink<F> sink;
    int lineFlags;
    private int lineEnd;
    private @Nullable JsonCursor cursor;

    Chunk(byte[] bytes, int start, int end, Sink<F> sink) {
      this.bytes = bytes;
      this.end = end;
      this.sink = sink;
      this.lineEnd = start - 1;
    }

    /** The newline that ends the line at {@code at}, or the end of the chunk. */
    int lineEnd(int at) {
      if (at > lineEnd) {
        long scan = Bytes.scanLine(bytes, at, end);
        lineEnd = Bytes.index(scan);
        lineFlags = Bytes.flags(scan);
      }
      return lineEnd;
    }

    JsonCursor cursor() {
      if (cursor == null) {
        cursor = JsonCursor.take();
      }
      return cursor;
    }

    void spoilCursor() {
      cursor = null;
    }

    void close() {
      if (cursor != null) {
        cursor.giveBack();
      }
    }
  }
}
