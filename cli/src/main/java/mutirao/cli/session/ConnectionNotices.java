package mutirao.cli.session;

import java.util.function.Consumer;
import mutirao.cli.text.Line;
import mutirao.cli.text.Texts;
import mutirao.cli.text.Tone;
import mutirao.client.ClientListener.Connection;
import mutirao.client.MutiraoException;
import org.jspecify.annotations.Nullable;

/** Says when the connection breaks and when it is back. Thread-safe. */
public final class ConnectionNotices {
  /** Between two signs that it is still trying. */
  private static final int TRIES_PER_NOTICE = 10;

  private final Texts texts;
  private final Consumer<Line> printer;
  private boolean wasConnected;
  private int triesInVain;
  private Connection.@Nullable Closed end;

  /** Says it to {@code printer}. */
  public ConnectionNotices(Texts texts, Consumer<Line> printer) {
    this.texts = texts;
    this.printer = printer;
  }

  /** Something happened to the connection. */
  public synchronized void changed(Connection change) {
    switch (change) {
      case Connection.Connected _ -> {
        if (wasConnected) {
          back(Tone.NOTICE, "connection.replaced");
        }
        wasConnected = true;
      }
      case Connection.Reconnecting again -> {
        triesInVain++;
        if (triesInVain == 1) {
          say(Tone.BAD, "connection.lost");
        } else if (triesInVain % TRIES_PER_NOTICE == 0) {
          say(Tone.BAD, "connection.still.lost", again.reason());
        }
      }
      case Connection.Resumed _ -> back(Tone.GOOD, "connection.resumed");
      case Connection.Replaced _ -> back(Tone.NOTICE, "connection.replaced");
      case Connection.Closed closed -> {
        end = closed;
        if (!wasOurs(closed)) {
          MutiraoException why = new MutiraoException(closed.code(), closed.message(), true, null);
          printer.accept(
              Line.of(Tone.BAD, texts.get("connection.ended", Failures.describe(texts, why))));
        }
      }
    }
  }

  /** The code for which the connection ended by itself; null where it did not. */
  public synchronized @Nullable String endedBy() {
    return end == null || wasOurs(end) ? null : end.code();
  }

  private static boolean wasOurs(Connection.Closed closed) {
    return closed.code().equals(MutiraoException.CLOSED);
  }

  private void back(Tone tone, String key) {
    triesInVain = 0;
    say(tone, key);
  }

  private void say(Tone tone, String key, Object... arguments) {
    printer.accept(Line.of(tone, texts.get(key, arguments)));
  }
}
