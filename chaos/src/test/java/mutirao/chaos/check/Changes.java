package mutirao.chaos.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import mutirao.chaos.history.Action;
import mutirao.chaos.history.HistoryEvent;
import mutirao.chaos.history.Phase;

/** Ways to make a history wrong in one place. */
final class Changes {
  private Changes() {}

  static boolean heardInRoom(HistoryEvent event) {
    return event.is(Action.HEAR, Phase.OK) && event.room() != null;
  }

  /** Where something stands in a history; -1: nowhere. */
  interface Place {
    int in(List<HistoryEvent> history);
  }

  static int find(List<HistoryEvent> list, Predicate<HistoryEvent> wanted, boolean last) {
    int at = -1;
    for (int i = 0; i < list.size(); i++) {
      if (wanted.test(list.get(i))) {
        at = i;
        if (!last) {
          break;
        }
      }
    }
    return at;
  }

  static Place first(Action action) {
    return list -> find(list, event -> event.action() == action && !isAnswer(event), false);
  }

  static Place last(Action action) {
    return list -> find(list, event -> event.action() == action && !isAnswer(event), true);
  }

  static boolean isAnswer(HistoryEvent event) {
    return event.action() == Action.REPORT && event.phase() != Phase.INVOKE;
  }

  static Place accepted() {
    return list -> find(list, event -> event.is(Action.SUBMIT, Phase.OK), false);
  }

  /** A line of the history whose sending was acknowledged. */
  static Place acknowledgedRead() {
    return list -> {
      int sent = find(list, Changes::sentToRoom, false);
      return sent < 0 ? -1 : find(list, event -> isReadOf(list.get(sent), event), false);
    };
  }

  static boolean sentToRoom(HistoryEvent event) {
    return event.is(Action.SEND, Phase.OK) && event.room() != null;
  }

  static boolean isReadOf(HistoryEvent sent, HistoryEvent event) {
    return event.action() == Action.READ_ROOM && Objects.equals(event.value(), sent.value());
  }

  static UnaryOperator<List<HistoryEvent>> without(Place place) {
    return list -> {
      List<HistoryEvent> copy = new ArrayList<>(list);
      int at = place.in(list);
      if (at >= 0) {
        copy.remove(at);
      }
      return copy;
    };
  }

  static UnaryOperator<List<HistoryEvent>> withoutAll(Action action) {
    return list -> list.stream().filter(event -> event.action() != action).toList();
  }

  static UnaryOperator<List<HistoryEvent>> withoutRead(boolean last) {
    return without(
        list -> {
          int sent = find(list, Changes::sentToRoom, last);
          return sent < 0 ? -1 : find(list, event -> isReadOf(list.get(sent), event), false);
        });
  }

  static UnaryOperator<List<HistoryEvent>> changed(
      Place place, UnaryOperator<HistoryEvent> change) {
    return list -> {
      List<HistoryEvent> copy = new ArrayList<>(list);
      int at = place.in(list);
      if (at >= 0) {
        copy.set(at, change.apply(list.get(at)));
      }
      return copy;
    };
  }

  static UnaryOperator<List<HistoryEvent>> repeated(
      Place place, UnaryOperator<HistoryEvent> change) {
    return list -> {
      List<HistoryEvent> copy = new ArrayList<>(list);
      int at = place.in(list);
      if (at >= 0) {
        copy.add(at + 1, change.apply(list.get(at)));
      }
      return copy;
    };
  }

  static UnaryOperator<List<HistoryEvent>> repeatAtEnd() {
    return list -> {
      List<HistoryEvent> copy = new ArrayList<>(list);
      int at = first(Action.START).in(list);
      if (at >= 0) {
        HistoryEvent start = list.get(at);
        copy.add(
            HistoryEvent.of(list.getLast().nanos(), "late", 0, Action.START, Phase.OK)
                .task(Objects.requireNonNull(start.task()), start.attempt())
                .value(start.value()));
      }
      return copy;
    };
  }

  static UnaryOperator<List<HistoryEvent>> shareKey(int distance) {
    return list -> {
      List<HistoryEvent> accepted =
          list.stream().filter(event -> event.is(Action.SUBMIT, Phase.OK)).toList();
      if (accepted.size() <= distance) {
        return list;
      }
      String key = accepted.getFirst().key();
      HistoryEvent other = accepted.get(distance);
      return list.stream().map(event -> event.equals(other) ? event.key(key) : event).toList();
    };
  }

  static List<HistoryEvent> runARefusedTask(List<HistoryEvent> list) {
    List<HistoryEvent> copy = new ArrayList<>(list);
    int at = find(list, event -> event.is(Action.SUBMIT, Phase.FAIL), false);
    if (at >= 0) {
      HistoryEvent refused = list.get(at);
      copy.add(
          HistoryEvent.of(refused.nanos() + 1, "w1", 0, Action.START, Phase.OK)
              .task("refused", 1)
              .value(refused.value()));
    }
    return copy;
  }

  /** A later attempt begins just before the report that counts. */
  static UnaryOperator<List<HistoryEvent>> beginNext(int later) {
    return list -> {
      List<HistoryEvent> copy = new ArrayList<>(list);
      int at = last(Action.REPORT).in(list);
      if (at >= 0) {
        HistoryEvent report = list.get(at);
        String task = Objects.requireNonNull(report.task());
        int start =
            find(list, event -> event.action() == Action.START && task.equals(event.task()), true);
        copy.add(
            HistoryEvent.of(report.nanos() - 1, "w9", 0, Action.START, Phase.OK)
                .task(task, report.attempt() + later)
                .value(list.get(start).value()));
      }
      return copy;
    };
  }

  static UnaryOperator<List<HistoryEvent>> swapReads() {
    return list -> {
      List<HistoryEvent> copy = new ArrayList<>(list);
      int at = acknowledgedRead().in(list);
      if (at >= 0) {
        HistoryEvent one = list.get(at);
        int other =
            find(
                list,
                event ->
                    event.action() == Action.READ_ROOM
                        && Objects.equals(event.room(), one.room())
                        && event.seq() != one.seq(),
                false);
        if (other >= 0) {
          String room = Objects.requireNonNull(one.room());
          copy.set(at, one.room(room, list.get(other).seq()));
          copy.set(other, list.get(other).room(room, one.seq()));
        }
      }
      return copy;
    };
  }

  /** One client asked for two messages, and the server put the later one first. */
  static UnaryOperator<List<HistoryEvent>> swapQuestions(int skip) {
    return list -> {
      List<HistoryEvent> questions =
          list.stream()
              .filter(event -> event.is(Action.SEND, Phase.INVOKE) && event.room() != null)
              .toList();
      int skipped = 0;
      for (HistoryEvent one : questions) {
        for (HistoryEvent other : questions) {
          boolean pair =
              other.nanos() > one.nanos()
                  && other.process().equals(one.process())
                  && Objects.equals(other.room(), one.room());
          if (pair && skipped++ == skip) {
            return list.stream()
                .map(
                    event ->
                        event.equals(one)
                            ? event.value(other.value())
                            : event.equals(other) ? event.value(one.value()) : event)
                .toList();
          }
        }
      }
      return list;
    };
  }

  /** An answer with a later number comes before the question for an earlier one. */
  static UnaryOperator<List<HistoryEvent>> answerEarly(int skip) {
    return list -> {
      List<HistoryEvent> answers = list.stream().filter(Changes::sentToRoom).toList();
      int skipped = 0;
      for (HistoryEvent late : answers) {
        for (HistoryEvent early : answers) {
          boolean pair = Objects.equals(late.room(), early.room()) && late.seq() > early.seq();
          if (pair && skipped++ == skip) {
            return list.stream()
                .map(
                    event ->
                        event.process().equals(early.process())
                                && event.call() == early.call()
                                && event.phase() == Phase.INVOKE
                            ? event.then(late.nanos() + 1, Phase.INVOKE)
                            : event)
                .toList();
          }
        }
      }
      return list;
    };
  }

  /** In a stream that has one more before and behind. */
  static UnaryOperator<List<HistoryEvent>> inStream(boolean remove, int back) {
    return list -> {
      List<HistoryEvent> copy = new ArrayList<>(list);
      for (HistoryEvent one : list) {
        List<HistoryEvent> stream =
            list.stream()
                .filter(event -> heardInRoom(event) && heardInRoom(one))
                .filter(event -> event.process().equals(one.process()))
                .filter(event -> Objects.equals(event.room(), one.room()))
                .toList();
        if (stream.size() < 4 || stream.get(3).seq() != stream.get(0).seq() + 3) {
          continue;
        }
        if (remove) {
          copy.remove(stream.get(2));
        } else {
          HistoryEvent again = stream.get(3 - back);
          copy.add(
              HistoryEvent.of(stream.get(3).nanos(), again.process(), 0, Action.HEAR, Phase.OK)
                  .by(Objects.requireNonNull(again.name()))
                  .to(again.process())
                  .room(Objects.requireNonNull(again.room()), again.seq())
                  .value(again.value()));
        }
        return copy;
      }
      return list;
    };
  }

  static UnaryOperator<List<HistoryEvent>> takeName(String name) {
    return list -> {
      List<HistoryEvent> copy = new ArrayList<>(list);
      copy.add(
          HistoryEvent.of(list.get(4).nanos(), "thief", 0, Action.REGISTER, Phase.OK).by(name));
      return copy;
    };
  }

  static UnaryOperator<List<HistoryEvent>> takeNameAfterForeignRelease() {
    return list -> {
      List<HistoryEvent> copy = new ArrayList<>(list);
      long nanos = list.get(4).nanos();
      copy.add(HistoryEvent.of(nanos, "thief", 0, Action.RELEASE, Phase.INVOKE).by("c1"));
      copy.add(HistoryEvent.of(nanos, "thief", 0, Action.REGISTER, Phase.OK).by("c1"));
      return copy;
    };
  }

  static UnaryOperator<List<HistoryEvent>> overhear(String who) {
    return list -> {
      List<HistoryEvent> copy = new ArrayList<>(list);
      int at = find(list, event -> event.is(Action.HEAR, Phase.OK) && event.room() == null, false);
      if (at >= 0) {
        HistoryEvent heard = list.get(at);
        copy.add(
            HistoryEvent.of(heard.nanos(), who, 0, Action.HEAR, Phase.OK)
                .by(Objects.requireNonNull(heard.name()))
                .to(who)
                .value(heard.value()));
      }
      return copy;
    };
  }
}
