package mutirao.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import mutirao.core.task.TaskState;

/** Bugs that somebody could write, each as a change to the events of an otherwise sound machine. */
public enum Bug {
  /** A report is taken, answered and forgotten: the task runs again and ends a second time. */
  FINISH_TWICE {
    @Override
    Function<Event, List<Event>> instead() {
      return event ->
          event instanceof Event.TaskFinished finished
                  && finished.state() == TaskState.DONE
                  && finished.result() != null
                  && finished.task() % 2 == 0
              ? List.of(
                  new Event.TaskRetryScheduled(
                      finished.task(), finished.timeMs(), finished.result()))
              : List.of(event);
    }
  },
  /** What a lost worker had is given back to nobody. */
  LOSE_TASK_OF_DEAD_WORKER {
    @Override
    Function<Event, List<Event>> instead() {
      return event ->
          event instanceof Event.TaskQueued queued
                  && queued.because() == Event.QueuedBecause.WORKER_LOST
              ? List.of()
              : List.of(event);
    }
  },
  /** Every fifth message takes two numbers, of which one is nobody's. */
  SKIP_ROOM_SEQ {
    @Override
    Function<Event, List<Event>> instead() {
      return event ->
          event instanceof Event.MessagePosted posted && posted.seq() % 5 == 0
              ? List.of(
                  posted,
                  new Event.MessagePosted(
                      posted.session(),
                      posted.room(),
                      posted.sender(),
                      posted.text(),
                      posted.seq() + 1,
                      null,
                      posted.timeMs()))
              : List.of(event);
    }
  },
  /** Every fifth message is answered and nowhere to be found; the next gets its number. */
  LOSE_MESSAGE {
    @Override
    Function<Event, List<Event>> instead() {
      return event ->
          event instanceof Event.MessagePosted posted && posted.seq() % 5 == 0
              ? List.of()
              : List.of(event);
    }
  },
  /** A worker is taken to have one slot more than it said. */
  EXCEED_SLOTS {
    @Override
    Function<Event, List<Event>> instead() {
      return event ->
          event instanceof Event.SessionOpened opened && opened.slots() > 0
              ? List.of(
                  new Event.SessionOpened(
                      opened.session(),
                      opened.origin(),
                      opened.name(),
                      opened.role(),
                      opened.operations(),
                      opened.slots() + 1,
                      opened.confirm(),
                      opened.presence(),
                      opened.secretHash(),
                      opened.login()))
              : List.of(event);
    }
  },
  /** Progress is heard, and the deadline stays where it was. */
  FORGET_TO_RENEW {
    @Override
    Function<Event, List<Event>> instead() {
      Map<Long, Long> startedAtMs = new HashMap<>();
      return event -> {
        if (event instanceof Event.TaskStarted started) {
          startedAtMs.put(started.task(), started.timeMs());
        }
        return event instanceof Event.TaskRenewed renewed
            ? List.of(
                new Event.TaskRenewed(
                    renewed.task(), startedAtMs.getOrDefault(renewed.task(), renewed.timeMs())))
            : List.of(event);
      };
    }
  };

  abstract Function<Event, List<Event>> instead();

  /** A machine with this bug and no other. */
  public Machine plant(Settings settings) {
    return Planted.machine(settings, instead());
  }
}
