package mutirao.core.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TaskStateTest {

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
      String[] cells = row.split(" +");
      TaskState from = TaskState.valueOf(cells[0]);
      for (TaskState to : TaskState.values()) {
        boolean expected = cells[1 + to.ordinal()].equals("x");
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
