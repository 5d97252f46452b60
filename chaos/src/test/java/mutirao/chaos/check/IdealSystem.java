package mutirao.chaos.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import mutirao.chaos.history.Action;
import mutirao.chaos.history.HistoryEvent;
import mutirao.chaos.history.Phase;

/** A system that keeps every promise, with clients that lose answers: makes valid histories. */
final class IdealSystem {
  private static final List<String> CLIENTS = List.of("c1", "c2", "c3");
  private static final List<String> WORKERS = List.of("w1", "w2");
  private static final List<String> ROOMS = List.of("lobby", "works");

  private record Said(String sender, String value) {}

  private record TaskEnd(String value, long attempt) {}

  private final Random random;
  private final List<HistoryEvent> events = new ArrayList<>();
  private final Map<String, List<Said>> rooms = new HashMap<>();
  private final Map<String, Integer> heardUpTo = new HashMap<>();
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, Long> attempts = new HashMap<>();
  private final Map<String, TaskEnd> ends = new LinkedHashMap<>();
  private long nanos;
  private long call;
  private long unique;

  private IdealSystem(long seed) {
    random = new Random(seed);
  }

  /** One valid history. */
  static List<HistoryEvent> history(long seed) {
    return new IdealSystem(seed).live();
  }

  private HistoryEvent add(String process, Action action, Phase phase) {
    return HistoryEvent.of(nanos += 1 + random.nextInt(9), process, 0, action, phase);
  }

  private List<HistoryEvent> live() {
    for (String client : CLIENTS) {
      events.add(add(client, Action.REGISTER, Phase.OK).by(client));
      ROOMS.forEach(room -> heardUpTo.put(client + room, 0));
    }
    ROOMS.forEach(room -> rooms.put(room, new ArrayList<>()));
    for (int step = 0; step < 60; step++) {
      switch (random.nextInt(6)) {
        case 0, 1 -> submit();
        case 2 -> send();
        case 3 -> hear();
        case 4 -> whisper();
        default -> work();
      }
    }
    while (values.size() > ends.size()) {
      work();
    }
    readEverything();
    return events;
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private void submit() {
    String client = one(CLIENTS);
    String value = client + "-" + ++unique;
    HistoryEvent invoke = submitting(client, value);
    events.add(invoke);
    if (random.nextInt(8) == 0) {
      events.add(invoke.then(nanos += 5, Phase.FAIL).state("overloaded"));
      return;
    }
    String task = "t" + unique;
    values.put(task, value);
    if (random.nextInt(5) == 0) {
      events.add(invoke.then(nanos += 5, Phase.INFO));
      invoke = submitting(client, value);
      events.add(invoke);
    }
    events.add(invoke.then(nanos += 5, Phase.OK).task(task, 0));
  }

  private HistoryEvent submitting(String client, String value) {
    return HistoryEvent.of(++nanos, client, ++call, Action.SUBMIT, Phase.INVOKE)
        .by(client)
        .key("k" + unique)
        .value(value);
  }

  private void work() {
    List<String> open = values.keySet().stream().filter(task -> !ends.containsKey(task)).toList();
    if (open.isEmpty()) {
      return;
    }
    String task = one(open);
    String worker = one(WORKERS);
    long attempt = attempts.merge(task, 1L, Long::sum);
    String value = values.get(task);
    events.add(add(worker, Action.START, Phase.OK).task(task, attempt).value(value));
    String result = value + "/" + worker + "/" + ++unique;
    HistoryEvent report =
        HistoryEvent.of(++nanos, worker, ++call, Action.REPORT, Phase.INVOKE)
            .task(task, attempt)
            .value(result);
    if (attempt < 3 && random.nextInt(4) == 0) {
      // The worker dies, or its report comes too late.
      return;
    }
    events.add(report);
    ends.put(task, new TaskEnd(result, attempt));
    events.add(report.then(nanos += 2, Phase.OK));
    events.add(
        add(value.substring(0, 2), Action.RESULT, Phase.OK)
            .task(task, attempt)
            .value(result)
            .state("done"));
  }

  private void send() {
    String client = one(CLIENTS);
    String room = one(ROOMS);
    String value = client + "-" + ++unique;
    HistoryEvent invoke =
        HistoryEvent.of(++nanos, client, ++call, Action.SEND, Phase.INVOKE)
            .by(client)
            .room(room, 0)
            .value(value);
    events.add(invoke);
    rooms.get(room).add(new Said(client, value));
    Phase phase = random.nextInt(6) == 0 ? Phase.INFO : Phase.OK;
    long seq = phase == Phase.OK ? rooms.get(room).size() : 0;
    events.add(invoke.then(nanos += 3, phase).room(room, seq));
  }

  private void whisper() {
    String from = one(CLIENTS);
    String to = one(CLIENTS);
    String value = from + "-" + ++unique;
    HistoryEvent invoke =
        HistoryEvent.of(++nanos, from, ++call, Action.SEND, Phase.INVOKE)
            .by(from)
            .to(to)
            .value(value);
    events.add(invoke);
    events.add(invoke.then(nanos += 3, Phase.OK));
    events.add(add(to, Action.HEAR, Phase.OK).by(from).to(to).value(value));
  }

  private void hear() {
    String client = one(CLIENTS);
    String room = one(ROOMS);
    List<Said> said = rooms.get(room);
    int next = heardUpTo.get(client + room);
    if (next > 0 && said.size() - next > 2) {
      events.add(
          HistoryEvent.of(++nanos, client, 0, Action.GAP, Phase.OK)
              .room(room, next + 1)
              .task("-", next + 2));
      next += 2;
    }
    for (; next < said.size(); next++) {
      events.add(
          add(client, Action.HEAR, Phase.OK)
              .by(said.get(next).sender())
              .to(client)
              .room(room, next + 1)
              .value(said.get(next).value()));
    }
    heardUpTo.put(client + room, next);
  }

  private void readEverything() {
    ends.forEach(
        (task, end) ->
            events.add(
                add("reader", Action.READ_TASK, Phase.OK)
                    .task(task, end.attempt())
                    .value(end.value())
                    .state("done")));
    rooms.forEach(
        (room, said) -> {
          for (int i = 0; i < said.size(); i++) {
            events.add(
                add("reader", Action.READ_ROOM, Phase.OK)
                    .by(said.get(i).sender())
                    .room(room, i + 1)
                    .value(said.get(i).value()));
          }
        });
    events.add(add("reader", Action.READ_ALL, Phase.OK));
  }
}
