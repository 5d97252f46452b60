package mutirao.chaos.load;

import java.util.concurrent.atomic.AtomicLong;
import mutirao.chaos.history.Action;
import mutirao.chaos.history.Phase;
import mutirao.chaos.history.Recorder;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoWorker;
import mutirao.client.OperationException;
import mutirao.client.TaskContext;

/** Runs tasks: a result is the value handed in, who ran it, and a number never used before. */
final class Laborer {
  /** The operation it offers. */
  static final String OPERATION = "chaos";

  /** The field of the params with the value. */
  static final String VALUE = "value";

  private static final int SLOTS = 4;

  private final Recorder recorder;
  private final AtomicLong unique = new AtomicLong();

  Laborer(Recorder recorder) {
    this.recorder = recorder;
  }

  MutiraoWorker start(ClientOptions options) {
    return MutiraoWorker.of(options).slots(SLOTS).operation(OPERATION, this::work).start();
  }

  private Object work(TaskContext task) throws OperationException {
    String value = task.text(VALUE);
    recorder.write(
        recorder.saw(Action.START, Phase.OK).task(task.taskId(), task.attempt()).value(value));
    String result = value + "/" + recorder.process() + "/" + unique.incrementAndGet();
    recorder.write(
        recorder
            .saw(Action.REPORT, Phase.INVOKE)
            .task(task.taskId(), task.attempt())
            .value(result));
    return result;
  }
}
