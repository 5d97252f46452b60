package mutirao.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mutirao.bench.peer.Events;
import mutirao.bench.peer.Payload;
import mutirao.bench.peer.Peer;
import mutirao.bench.peer.RunningServer;
import mutirao.bench.peer.Speaker;
import mutirao.bench.wire.Connection;

/**
 * Tasks from submitters through the server to workers and back, every byte checked. A slot of a
 * submitter's window holds one outstanding task; the slot is the sequence number modulo the window,
 * so that a late, doubled or foreign answer never passes for another's.
 */
public final class TaskLoad implements Load, Events.Tasks {
  private static final byte FREE = 0;
  private static final byte WAITING = 1;
  private static final byte ACCEPTED = 2;
  private static final byte ANSWERED = 4;

  private final Peer peer;
  private final TaskShape shape;
  private final String session;
  private final Schedule schedule;
  private final boolean confirms;
  private final Findings findings = new Findings();
  private final Tally tally;
  private final Crew crew;
  private final List<Speaker.Submitter> submitters = new ArrayList<>();
  private final List<Connection> connections = new ArrayList<>();
  private final long[] sequences;
  private final long[] startedNanos;
  private final long[] taskIds;
  private final byte[] states;
  private final FreeSlots[] free;
  private boolean stopped;
  private long sent;
  private long completed;

  /**
   * A workload that is not open yet.
   *
   * @param session part of the names used, unique among the runs on one server
   * @param schedule when tasks are due; {@link Schedule#closed()}: as soon as another is complete
   */
  public TaskLoad(
      Peer peer, RunningServer server, TaskShape shape, String session, Schedule schedule)
      throws IOException {
    this.peer = peer;
    this.shape = shape.withWindow(peer.window(shape.window()));
    this.session = session;
    this.schedule = schedule;
    this.tally = new Tally(schedule.isOpen());
    this.confirms = peer.confirmsAcceptance();
    this.crew = new Crew(server, findings);
    int window = this.shape.window();
    int slots = this.shape.submitters() * window;
    sequences = new long[slots];
    startedNanos = new long[slots];
    taskIds = new long[slots];
    states = new byte[slots];
    free = new FreeSlots[this.shape.submitters()];
    for (int i = 0; i < slots; i++) {
      sequences[i] = i % window - (long) window;
    }
  }

  @Override
  public void open() throws IOException {
    Optional<Speaker> founder = peer.founder(session, this);
    if (founder.isPresent()) {
      crew.join(founder.get());
      crew.awaitReady();
    }
    for (int i = 0; i < shape.workers(); i++) {
      crew.join(peer.worker(i, shape.slots(), session, this));
    }
    for (int i = 0; i < shape.submitters(); i++) {
      Speaker.Submitter submitter = peer.submitter(i, session, this);
      submitters.add(submitter);
      connections.add(crew.join(submitter));
      for (Speaker lane : submitter.lanes(shape.window())) {
        crew.join(lane);
      }
      free[i] = new FreeSlots(shape.window());
    }
    crew.awaitReady();
    long now = System.nanoTime();
    schedule.start(now);
    if (!schedule.isOpen()) {
      for (int slot = 0; slot < shape.window(); slot++) {
        for (int i = 0; i < shape.submitters(); i++) {
          submit(i, slot, now);
        }
      }
    }
  }

  @Override
  public void drive(long nanos, Runnable tick) throws IOException {
    long end = System.nanoTime() + nanos;
    for (long now = System.nanoTime(); now - end < 0; now = System.nanoTime()) {
      if (schedule.isOpen()) {
        submitDue(now);
        crew.turnNow();
        Thread.onSpinWait();
      } else {
        crew.turn();
      }
      crew.tick(tick, now);
    }
  }

  @Override
  public void beginMeasuring() {
    tally.begin(System.nanoTime());
  }

  @Override
  public long endMeasuring() {
    tally.end(System.nanoTime());
    return tally.completed();
  }

  @Override
  public Verdict drain(long nanos) throws IOException {
    stopped = true;
    crew.turnUntil(() -> completed == sent, nanos);
    return findings.verdict(sent, completed, sent - completed);
  }

  @Override
  public Latencies latencies() {
    return tally.latencies();
  }

  @Override
  public void close() throws IOException {
    crew.close();
  }

  @Override
  public void ready() {
    crew.ready();
  }

  @Override
  public void failed(String what) {
    crew.failed(what);
  }

  @Override
  public void accepted(int submitter, long sequence, long taskId) {
    int index = outstanding(submitter, sequence);
    if (index < 0 || (states[index] & ACCEPTED) != 0) {
      findings.bad(() -> "accepted what was not submitted: " + sequence);
      return;
    }
    if ((states[index] & ANSWERED) != 0 && taskIds[index] != taskId) {
      findings.bad(() -> "result and acceptance of " + sequence + " name different tasks");
    }
    taskIds[index] = taskId;
    progress(submitter, index, ACCEPTED);
  }

  @Override
  public void result(int submitter, byte[] bytes, int from, int to, long taskId) {
    if (to - from != Payload.LENGTH || Payload.sender(bytes, from) != submitter) {
      findings.bad(() -> "submitter " + submitter + " got a foreign result");
      return;
    }
    long sequence = Payload.sequence(bytes, from);
    int index = outstanding(submitter, sequence);
    if (index < 0 || (states[index] & ANSWERED) != 0) {
      judgeUnexpected(submitter, sequence);
    } else if (!Payload.isAnswer(bytes, from, sequence)) {
      findings.bad(() -> "wrong text in the result of " + sequence);
    } else if ((states[index] & ACCEPTED) != 0 && taskIds[index] != taskId) {
      findings.bad(() -> "acceptance and result of " + sequence + " name different tasks");
    } else {
      taskIds[index] = taskId;
      progress(submitter, index, ANSWERED);
    }
  }

  private void judgeUnexpected(int submitter, long sequence) {
    boolean known = sequence >= 0 && sequence <= sequences[index(submitter, sequence)];
    if (known) {
      findings.duplicate(() -> "a second result of " + sequence);
    } else {
      findings.bad(() -> "a result of what was not submitted: " + sequence);
    }
  }

  private void progress(int submitter, int index, byte step) {
    states[index] |= step;
    if ((states[index] & ANSWERED) == 0 || (confirms && (states[index] & ACCEPTED) == 0)) {
      return;
    }
    states[index] = FREE;
    completed++;
    long now = crew.loop().readNanos();
    tally.complete(startedNanos[index], now);
    int slot = index - submitter * shape.window();
    if (schedule.isOpen()) {
      free[submitter].release(slot);
    } else if (!stopped) {
      submit(submitter, slot, now);
    }
  }

  private void submitDue(long now) {
    while (schedule.dueNanos() - now <= 0) {
      int submitter = schedule.submitter(shape.submitters());
      int slot = free[submitter].take();
      if (slot < 0) {
        return;
      }
      submit(submitter, slot, schedule.dueNanos());
      schedule.next();
    }
  }

  private void submit(int submitter, int slot, long startNanos) {
    int index = submitter * shape.window() + slot;
    long sequence = sequences[index] + shape.window();
    sequences[index] = sequence;
    startedNanos[index] = startNanos;
    states[index] = WAITING;
    sent++;
    submitters.get(submitter).submit(connections.get(submitter), sequence);
  }

  /** The index of the outstanding task with this number, or -1. */
  private int outstanding(int submitter, long sequence) {
    if (sequence < 0) {
      return -1;
    }
    int index = index(submitter, sequence);
    return states[index] != FREE && sequences[index] == sequence ? index : -1;
  }

  private int index(int submitter, long sequence) {
    return submitter * shape.window() + (int) (sequence & (shape.window() - 1));
  }
}
