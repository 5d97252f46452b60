package mutirao.core.log;

import org.jspecify.annotations.Nullable;

/**
 * The reference log: safe is what was appended, and a restart forgets it. Runs wholly on the
 * caller's thread.
 */
public final class MemoryLog implements Log {
  private @Nullable Listener listener;
  private long lastIndex;

  @Override
  public void start(Listener toTell) {
    if (listener != null) {
      throw new IllegalStateException("started already");
    }
    listener = toTell;
  }

  @Override
  public void append(Batch batch) {
    Listener toTell = listener;
    if (toTell == null) {
      throw new IllegalStateException("not started, or closed");
    }
    long firstIndex = lastIndex + 1;
    lastIndex += batch.commands().size();
    toTell.committed(firstIndex, batch, true);
  }

  @Override
  public void close() {
    listener = null;
  }
}
