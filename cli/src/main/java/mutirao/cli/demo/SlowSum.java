package mutirao.cli.demo;

import java.math.BigDecimal;
import mutirao.cli.tasks.Params;
import mutirao.client.Operation;
import mutirao.client.TaskContext;

/** A sum that takes its time, so that there is a middle of it: an operation of one's own. */
final class SlowSum implements Operation {
  static final String NAME = "slow_sum";

  private static final int STEPS = 5;
  private static final long STEP_MS = 250;

  @Override
  public Object run(TaskContext task) throws Exception {
    for (int step = 1; step <= STEPS; step++) {
      Thread.sleep(STEP_MS);
      task.progress(100.0 * step / STEPS, null);
    }
    return task.numbers(Params.NUMBERS).stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
