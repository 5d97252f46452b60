package mutirao.chaos.check;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import mutirao.chaos.history.Action;
import mutirao.chaos.history.HistoryEvent;
import mutirao.chaos.history.Phase;
import org.jspecify.annotations.Nullable;

/** Promises about what is said in rooms. */
final class RoomChecks {
  /** Messages that a room remembers; what is older may be forgotten. */
  private static final long KEPT = 1000;

  private final History history;
  private final boolean complete;
  private final Violations found;
  private final List<HistoryEvent> seen;

  RoomChecks(History history, boolean complete, Violations found) {
    this.history = history;
    this.complete = complete;
    this.found = found;
    this.seen = history.heardOrRead().filter(event -> event.room() != null).toList();
  }

  void run() {
    Map<String, HistoryEvent> places = everybodySeesTheSame();
    if (complete) {
      acknowledgedMessagesAreThere(newest(places));
    }
    sendersKeepTheirOrder(places);
    timeIsKept();
    streamsAreWhole();
  }

  private static String place(HistoryEvent event) {
    return event.room() + " " + event.seq();
  }

  private Map<String, HistoryEvent> everybodySeesTheSame() {
    Map<String, HistoryEvent> places = new HashMap<>();
    Stream<HistoryEvent> acknowledged =
        history.of(Action.SEND, Phase.OK).stream().filter(event -> event.room() != null);
    Stream.concat(seen.stream(), acknowledged)
        .forEach(
            event -> {
              HistoryEvent first = places.putIfAbsent(place(event), event);
              if (first != null
                  && !(Objects.equals(first.value(), event.value())
                      && Objects.equals(first.name(), event.name()))) {
                found.add(Invariant.ORDER_DIFFERS, place(event), first, event);
              }
            });
    return places;
  }

  private static Map<String, Long> newest(Map<String, HistoryEvent> places) {
    Map<String, Long> newest = new HashMap<>();
    places
        .values()
        .forEach(event -> newest.merge(String.valueOf(event.room()), event.seq(), Math::max));
    return newest;
  }

  private void acknowledgedMessagesAreThere(Map<String, Long> newest) {
    Map<String, List<HistoryEvent>> read =
        History.by(history.of(Action.READ_ROOM, Phase.OK), RoomChecks::place);
    for (HistoryEvent sent : history.of(Action.SEND, Phase.OK)) {
      if (sent.room() != null
          && sent.seq() > newest.getOrDefault(sent.room(), 0L) - KEPT
          && read.getOrDefault(place(sent), List.of()).stream()
              .noneMatch(event -> Objects.equals(event.value(), sent.value()))) {
        found.add(Invariant.MESSAGE_LOST, place(sent), sent);
      }
    }
  }

  /** The order in which a client asked, where it asked one after the other. */
  private void sendersKeepTheirOrder(Map<String, HistoryEvent> places) {
    Map<@Nullable String, Long> seqs = new HashMap<>();
    places.values().forEach(event -> seqs.put(event.value(), event.seq()));
    Map<String, HistoryEvent> last = new HashMap<>();
    for (HistoryEvent sent : history.of(Action.SEND, Phase.INVOKE)) {
      Long seq = sent.room() == null ? null : seqs.get(sent.value());
      if (seq == null) {
        continue;
      }
      HistoryEvent before = last.put(sent.process() + ' ' + sent.room(), sent);
      if (before != null && Objects.requireNonNull(seqs.get(before.value())) >= seq) {
        found.add(Invariant.SENDER_ORDER, sent.process(), before, sent);
      }
    }
  }

  private void timeIsKept() {
    Map<String, List<HistoryEvent>> rooms =
        History.by(history.of(Action.SEND, Phase.OK), HistoryEvent::room);
    rooms.forEach(
        (room, sent) -> {
          List<HistoryEvent> byQuestion =
              sent.stream()
                  .filter(event -> history.invoke(event) != null)
                  .sorted(Comparator.comparingLong(this::askedAt))
                  .toList();
          @Nullable HistoryEvent newest = null;
          int answered = 0;
          for (HistoryEvent event : byQuestion) {
            for (;
                answered < sent.size() && sent.get(answered).nanos() < askedAt(event);
                answered++) {
              HistoryEvent answer = sent.get(answered);
              newest = newest == null || newest.seq() < answer.seq() ? answer : newest;
            }
            if (newest != null && newest.seq() > event.seq()) {
              found.add(Invariant.REAL_TIME_ORDER, room, newest, event);
            }
          }
        });
  }

  private long askedAt(HistoryEvent answer) {
    return Objects.requireNonNull(history.invoke(answer)).nanos();
  }

  /** In the order in which each listener heard it. */
  private void streamsAreWhole() {
    Map<String, HistoryEvent> last = new HashMap<>();
    Map<String, Long> allowedUpTo = new HashMap<>();
    for (HistoryEvent event : history.all()) {
      if (event.is(Action.RESUME, Phase.FAIL) || event.is(Action.REGISTER, Phase.OK)) {
        // A new session: nobody promised it what came before.
        last.keySet().removeIf(stream -> stream.startsWith(event.process() + ' '));
        continue;
      }
      String stream = event.process() + ' ' + event.room();
      if (event.is(Action.GAP, Phase.OK)) {
        allowedUpTo.put(stream, event.attempt());
      } else if (event.is(Action.HEAR, Phase.OK) && event.room() != null) {
        HistoryEvent before = last.put(stream, event);
        if (before == null || event.seq() == before.seq() + 1) {
          continue;
        }
        boolean told =
            event.seq() > before.seq() && allowedUpTo.getOrDefault(stream, 0L) == event.seq() - 1;
        if (!told) {
          found.add(Invariant.STREAM_BROKEN, stream, before, event);
        }
      }
    }
  }
}
