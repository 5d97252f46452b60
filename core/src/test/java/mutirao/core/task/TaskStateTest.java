package mutirao.core.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TaskStateTest {
  private static final Pattern SPACES = Pattern.compile(" +");

  /** From each row's state to each column's; the order is that of the constants. */
  private static final String[] MAY_BECOME = {
    //           scheduled queued running done failed cancelled expired
    "SCHEDULED   .         x      .       .    .      x         x",
    "QUEUED      .         x      x       .    .      x         x",
    "RUNNING     x         x      .       x    x      x         x",
    "DONE        .         .      .       .    .      .         .",
    "FAILED      .         .      .       .    .      .         .",
    "CANCELLED   .         .      .       .    .      .         .",
    "EXPIRED     .         .      .       .    .      .         .",
  };

  @Test
  void statesFollowEachOtherAsTheTableSays() {
    assertEquals(TaskState.values().length, MAY_BECOME.length);
    for (String row : MAY_BECOME) {
      List<String> cells = SPACES.splitAsStream(row).toList();
      TaskState from = TaskState.valueOf(cells.getFirst());
      for (TaskState to : TaskState.values()) {
        boolean expected = cells.get(1 + to.ordinal()).equals("x");
        assertEquals(expected, from.mayBecome(to), from + " to " + to);
      }
    }
  }

  @Test
  void nothingFollowsAnEnd() {
    for (TaskState from : TaskState.values()) {
      boolean canChange = false;
      for (TaskState to : TaskState.values()) {
        canChange |= from.mayBecome(to);
      }
      assertEquals(from.ended(), !canChange, from.name());
    }
  }
}
