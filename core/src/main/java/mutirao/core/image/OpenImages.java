package mutirao.core.image;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts images that are taken, and those that are yet to be made. Whoever changes something keeps
 * what was there before while any is open: the image with number n is of what was there when fewer
 * than n had been taken. One thread takes images and changes the state; any thread may make one.
 */
public final class OpenImages {
  private int taken;
  private volatile int closed;

  /** How many were taken so far: the number of the latest. */
  public int taken() {
    return taken;
  }

  /** Whether some image is still to be made. */
  public boolean areOpen() {
    return closed < taken;
  }

  /** Takes another one, which is made by {@code maker} where somebody first asks for it. */
  public <T> Supplier<T> take(Supplier<T> maker) {
    taken++;
    return new Supplier<>() {
      private @Nullable T made;

      @Override
      public synchronized T get() {
        if (made == null) {
          made = maker.get();
          close();
        }
        return Objects.requireNonNull(made);
      }
    };
  }

  private synchronized void close() {
    closed++;
  }
}
