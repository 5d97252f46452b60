package mutirao.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import mutirao.cli.terminal.Screen;
import org.jline.terminal.Terminal;
import org.jline.utils.ScreenTerminal;

/** A person in front of an emulated terminal: types keys, and reads what the screen shows. */
final class Seat implements Screen {
  private static final int COLUMNS = 100;
  private static final int ROWS = 30;
  private static final long LOOK_AGAIN_MS = 50;

  private final ScreenTerminal.VirtualTerminal virtual;

  Seat() throws IOException {
    virtual = ScreenTerminal.withTerminal("test", "xterm-256color", COLUMNS, ROWS);
  }

  @Override
  public boolean input() {
    return true;
  }

  @Override
  public boolean output() {
    return true;
  }

  @Override
  public Terminal open() {
    return virtual.terminal();
  }

  /** Types these keys. */
  Seat type(String keys) throws IOException {
    virtual.terminal().processInputBytes(keys.getBytes(UTF_8));
    return this;
  }

  /** The lines of the screen that show anything. */
  List<String> lines() {
    return rows().stream().filter(row -> !row.isBlank()).toList();
  }

  /** The line that the cursor is in, up to the cursor. */
  String typed() {
    int[] cursor = new int[2];
    long[] cells = new long[COLUMNS * ROWS];
    virtual.screen().dump(cells, cursor);
    return row(cells, cursor[1]).substring(0, cursor[0]);
  }

  private List<String> rows() {
    long[] cells = new long[COLUMNS * ROWS];
    virtual.screen().dump(cells, new int[2]);
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      rows.add(row(cells, row).stripTrailing());
    }
    return rows;
  }

  private static String row(long[] cells, int row) {
    StringBuilder text = new StringBuilder();
    for (int column = 0; column < COLUMNS; column++) {
      int codePoint = ScreenTerminal.cellCodePoint(cells[row * COLUMNS + column]);
      text.appendCodePoint(codePoint == 0 ? ' ' : codePoint);
    }
    return text.toString();
  }

  /** Whether anything on the screen is coloured. */
  boolean coloured() {
    long[] cells = new long[COLUMNS * ROWS];
    virtual.screen().dump(cells, new int[2]);
    for (long cell : cells) {
      if (ScreenTerminal.cellHasForeground(cell)) {
        return true;
      }
    }
    return false;
  }

  /** Waits until the screen is as expected. */
  Seat await(String what, Predicate<Seat> expected) throws InterruptedException {
    long end = System.nanoTime() + Watched.PATIENCE.toNanos();
    while (!expected.test(this)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(what + "; the screen:\n" + String.join("\n", lines()));
      }
      virtual.screen().waitDirty(LOOK_AGAIN_MS);
    }
    return this;
  }

  /** Waits until a line contains this. */
  Seat awaitLine(String text) throws InterruptedException {
    return await(
        "no line with '" + text + "'",
        seat -> seat.lines().stream().anyMatch(line -> line.contains(text)));
  }

  /** Waits until exactly this stands before the cursor. */
  Seat awaitTyped(String text) throws InterruptedException {
    return await("'" + text + "' is not before the cursor", seat -> seat.typed().equals(text));
  }
}
