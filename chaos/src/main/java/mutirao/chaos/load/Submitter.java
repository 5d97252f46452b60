package mutirao.chaos.load;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import mutirao.chaos.history.Action;
import mutirao.chaos.history.HistoryEvent;
import mutirao.chaos.history.Phase;
import mutirao.chaos.history.Recorder;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoException;
import mutirao.client.Reply;
import mutirao.client.TaskHandle;
import mutirao.client.TaskRequest;
import mutirao.client.TaskResult;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.codec.Json;
import org.jspecify.annotations.Nullable;

/** Hands in tasks without pause, a few at a time, and waits for their results. */
final class Submitter {
  private static final int OUTSTANDING = 8;

  private final MutiraoClient client;
  private final Recorder recorder;
  private final Pace pace;
  private final int outstanding;
  private final Semaphore room;
  private final AtomicLong unique = new AtomicLong();
  private final Queue<String> accepted = new ConcurrentLinkedQueue<>();

  Submitter(MutiraoClient client, Recorder recorder, Pace pace) {
    this(client, recorder, pace, OUTSTANDING);
  }

  /** One that has this many tasks outstanding at most. */
  Submitter(MutiraoClient client, Recorder recorder, Pace pace, int outstanding) {
    this.client = client;
    this.recorder = recorder;
    this.pace = pace;
    this.outstanding = outstanding;
    this.room = new Semaphore(outstanding);
  }

  /** Goes on until the pace says that it is over, then waits for what is outstanding. */
  void run() throws InterruptedException {
    while (pace.next()) {
      submit(recorder.process() + "-" + unique.incrementAndGet());
    }
    room.acquire(outstanding);
  }

  /** Hands in again what others of this name handed in, and waits until all of it has ended. */
  void takeUp(Collection<String> values) throws InterruptedException {
    for (String value : values) {
      submit(value);
    }
    room.acquire(outstanding);
    room.release(outstanding);
  }

  private void submit(String value) throws InterruptedException {
    room.acquire();
    HistoryEvent asked =
        recorder.write(recorder.ask(Action.SUBMIT).by(client.name()).key(value).value(value));
    TaskHandle handle =
        client.submit(
            TaskRequest.of(Laborer.OPERATION)
                .params(Map.of(Laborer.VALUE, value))
                .key(value)
                .maxAttempts(Load.MAX_ATTEMPTS));
    var _ =
        handle
            .accepted()
            .whenComplete((acceptance, failure) -> accepted(asked, acceptance, failure));
    var _ =
        handle
            .result()
            .whenComplete(
                (result, failure) -> {
                  if (failure == null) {
                    recorder.write(ended(result));
                  }
                  room.release();
                });
  }

  private void accepted(
      HistoryEvent asked, TaskHandle.@Nullable Acceptance acceptance, @Nullable Throwable failure) {
    if (acceptance != null) {
      recorder.write(asked.task(acceptance.taskId(), 0), Phase.OK);
      accepted.add(acceptance.taskId());
      pace.acknowledged();
    } else if (failure != null) {
      recorder.write(asked.state(failure.toString()), Doubt.phase(failure));
    }
  }

  /**
   * Reads every accepted task again; one that cannot be read is not written down.
   *
   * @throws MutiraoException where nobody knows whether it can be read
   */
  void readAll() {
    List<Reply<ServerFrame.TaskView>> asked = new ArrayList<>();
    // All at once: a reading in a group takes its time, and so many after one another take minutes.
    accepted.forEach(task -> asked.add(client.query(task)));
    for (Reply<ServerFrame.TaskView> reply : asked) {
      try {
        ServerFrame.TaskView view = reply.await();
        HistoryEvent event =
            recorder
                .saw(Action.READ_TASK, Phase.OK)
                .task(view.task(), view.attempt())
                .state(view.state());
        RawJson result = view.result();
        recorder.write(
            result != null && Json.parse(result) instanceof String text
                ? event.value(text)
                : event);
      } catch (MutiraoException e) {
        if (!e.definite()) {
          throw e;
        }
      }
    }
  }

  private HistoryEvent ended(TaskResult result) {
    HistoryEvent event =
        recorder
            .saw(Action.RESULT, Phase.OK)
            .task(result.taskId(), result.attempt())
            .state(result.state());
    return result.value() instanceof String text ? event.value(text) : event;
  }
}
