package mutirao.raft.codec;

import java.util.List;
import mutirao.core.Event;
import mutirao.core.Machine;
import mutirao.core.Origin;
import org.jspecify.annotations.Nullable;

/**
 * A number that tells what a machine did from one place of the log to another: two servers that
 * made something else of the same entries have different ones, but for a chance of one in four
 * billion. Owned by the thread that owns the machine.
 */
public final class EventHash {
  /**
   * Raised whenever the same log may make other events than before: what servers of different
   * versions made of it is not compared.
   */
  public static final int VERSION = 2;

  private final Encoder out = new Encoder();
  private long value;

  /** These events happened. */
  public void add(List<Event> events) {
    for (Event event : events) {
      out.clear();
      write(event);
      mix(out.checksum());
    }
  }

  /** The number so far. */
  public long value() {
    return value;
  }

  /** Goes on from a number that was so far. */
  public void goOnFrom(long before) {
    value = before;
  }

  /** Ends here, where {@code machine} is now, and begins anew. */
  public long end(Machine machine) {
    mix(machine.state().tasks().size());
    mix(machine.state().sessions().size());
    mix(machine.state().accounts().users().size());
    mix(machine.state().accounts().tokens().size());
    mix(machine.nextDeadlineMs());
    long ended = value;
    value = 0;
    return ended;
  }

  private void mix(long next) {
    long mixed = (value ^ next) * 0x9E3779B97F4A7C15L;
    value = mixed ^ (mixed >>> 32);
  }

  private void write(Event event) {
    switch (event) {
      case Event.OfTask task -> write(task);
      case Event.OfSession session -> write(session);
      case Event.OfRoom room -> write(room);
      case Event.OfAccount account -> AccountWords.write(out, account);
    }
  }

  private void write(Event.OfTask event) {
    switch (event) {
      case Event.TaskAccepted e -> {
        out.tag(1).number(e.task()).text(e.submitter());
        TaskSpecs.write(out, e.spec());
        out.number(e.notBeforeMs()).number(e.expiresAtMs()).number(e.timeMs());
      }
      case Event.TaskQueued e -> out.tag(2).number(e.task()).text(e.because().name());
      case Event.TaskStarted e ->
          out.tag(3).number(e.task()).number(e.attempt()).number(e.worker()).number(e.timeMs());
      case Event.TaskRetryScheduled e ->
          out.tag(4).number(e.task()).number(e.notBeforeMs()).bytes(e.error());
      case Event.TaskRenewed e -> out.tag(5).number(e.task()).number(e.timeMs());
      case Event.TaskProgressed e ->
          out.tag(6)
              .number(e.task())
              .number(e.attempt())
              .optionalBytes(e.percent())
              .optionalBytes(e.message());
      case Event.TaskFinished e ->
          out.tag(7)
              .number(e.task())
              .tag(Words.code(e.state()))
              .optionalBytes(e.result())
              .optionalBytes(e.error())
              .number(e.deliverTo())
              .number(e.timeMs());
      case Event.ResultsHandedOver e -> {
        out.tag(8).number(e.session()).number(e.nextAtMs());
        e.tasks().forEach(out::number);
      }
      case Event.AttemptRevoked e ->
          out.tag(9).number(e.worker()).number(e.task()).number(e.attempt());
      case Event.TaskForgotten e -> out.tag(10).number(e.task());
      case Event.WorkerDraining e -> out.tag(11).number(e.worker());
    }
  }

  private void write(Event.OfSession event) {
    switch (event) {
      case Event.SessionOpened e -> {
        out.tag(21).number(e.session()).text(e.name()).tag(Words.code(e.role()));
        write(e.origin());
        e.operations().forEach(out::text);
        out.number(e.slots()).flag(e.confirm()).flag(e.presence()).text(e.secretHash());
        AccountWords.login(out, e.login());
      }
      case Event.SessionDetached e -> {
        out.tag(22).number(e.session()).number(e.untilMs());
        write(e.origin());
      }
      case Event.SessionKept e -> out.tag(23).number(e.session()).number(e.untilMs());
      case Event.SessionResumed e -> {
        out.tag(24).number(e.session());
        write(e.origin());
        write(e.replaced());
      }
      case Event.SessionClosed e -> {
        out.tag(25).number(e.session()).text(e.name()).tag(Words.code(e.role()));
        out.text(e.reason().name());
        write(e.origin());
      }
      case Event.DirectSent e ->
          out.tag(26)
              .number(e.session())
              .text(e.sender())
              .bytes(e.text())
              .number(e.seq())
              .optionalText(e.senderKey())
              .number(e.timeMs());
    }
  }

  private void write(Event.OfRoom event) {
    switch (event) {
      case Event.RoomJoined e -> out.tag(31).number(e.session()).text(e.room());
      case Event.RoomLeft e -> out.tag(32).number(e.session()).text(e.room()).text(e.name());
      case Event.MessagePosted e ->
          out.tag(33)
              .number(e.session())
              .text(e.room())
              .text(e.sender())
              .bytes(e.text())
              .number(e.seq())
              .optionalText(e.senderKey())
              .number(e.timeMs());
      case Event.MessageKeysForgotten e -> out.tag(34).number(e.beforeMs());
    }
  }

  private void write(@Nullable Origin origin) {
    out.flag(origin != null);
    if (origin != null) {
      Words.write(out, origin);
    }
  }
}
