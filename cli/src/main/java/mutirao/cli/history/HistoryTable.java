package mutirao.cli.history;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import mutirao.cli.tasks.Results;
import mutirao.cli.terminal.Columns;
import mutirao.cli.terminal.Output;
import mutirao.cli.text.Line;
import mutirao.cli.text.Texts;
import mutirao.cli.text.Tone;
import mutirao.client.TaskResult;
import mutirao.protocol.Archived;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.codec.Json;
import org.jspecify.annotations.Nullable;

/**
 * For people: when, where, who, what. Where something may be missing is said beside it, on standard
 * error.
 */
public final class HistoryTable implements HistoryView {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  /** More of a task's params would hide its result. */
  private static final int SHOWN_PARAMS = 60;

  /** More gaps nobody reads. */
  private static final int SHOWN_GAPS = 5;

  private final Output output;
  private final Texts texts;
  private final ZoneId zone;
  private final List<Archived.Gap> gaps = new ArrayList<>();
  private boolean empty = true;

  /** A table with times in {@code zone}. */
  public HistoryTable(Output output, ZoneId zone) {
    this.output = output;
    this.texts = output.texts();
    this.zone = zone;
  }

  @Override
  public void show(ServerFrame.Found page) {
    int places = Columns.widest(page.found().stream().map(HistoryTable::place).toList());
    int names = Columns.widest(page.found().stream().map(HistoryTable::who).toList());
    for (Archived one : page.found()) {
      empty = false;
      output.print(
          Line.of(Tone.FAINT, time(timeMs(one)) + "  ")
              .plus(Tone.FAINT, Columns.pad(place(one), places) + "  ")
              .plus(Tone.NAME, Columns.pad(who(one), names) + "  ")
              .plus(what(one)));
    }
    gaps.addAll(page.gaps());
  }

  @Override
  public void end(boolean more) {
    if (empty) {
      note(texts.get("history.none"));
    }
    gaps.stream().limit(SHOWN_GAPS).forEach(gap -> note(describe(gap)));
    if (gaps.size() > SHOWN_GAPS) {
      note(texts.get("history.gaps", gaps.size() - SHOWN_GAPS));
    }
    if (more) {
      note(texts.get("history.more"));
    }
  }

  private void note(String text) {
    output.printError(Line.of(Tone.NOTICE, text));
  }

  private String describe(Archived.Gap gap) {
    String since = gap.since() == 0 ? texts.get("history.ever") : time(gap.since());
    String key = "history.gap." + gap.reason();
    return texts.get(texts.has(key) ? key : "history.gap.not_recorded", since, time(gap.until()));
  }

  private String time(long epochMs) {
    return TIME.format(Instant.ofEpochMilli(epochMs).atZone(zone));
  }

  private static long timeMs(Archived one) {
    return switch (one) {
      case Archived.Message message -> message.timestamp();
      case Archived.Task task -> task.finishedAt();
    };
  }

  private static String place(Archived one) {
    return switch (one) {
      case Archived.Message message ->
          message.room() == null ? "→ " + message.target() : message.room();
      case Archived.Task task -> task.operation();
    };
  }

  private static String who(Archived one) {
    return switch (one) {
      case Archived.Message message -> message.sender();
      case Archived.Task task -> task.submitter();
    };
  }

  private Line what(Archived one) {
    return switch (one) {
      case Archived.Message message -> Line.of(Json.text(message.message()));
      case Archived.Task task -> ended(task).plus(Tone.FAINT, params(task.params()));
    };
  }

  private Line ended(Archived.Task task) {
    TaskResult result =
        Results.untimed(
            task.task(), task.state(), task.result(), task.error(), task.worker(), task.attempt());
    return task.omitted().contains("result")
        ? Line.of(Tone.GOOD, texts.get("task.done", task.task(), String.valueOf(task.worker())))
            .plus(" " + texts.get("history.omitted"))
        : Results.ended(texts, result);
  }

  private static String params(@Nullable RawJson params) {
    if (params == null) {
      return "";
    }
    String text = params.toString();
    boolean whole = text.codePointCount(0, text.length()) <= SHOWN_PARAMS;
    return "  "
        + (whole ? text : text.substring(0, text.offsetByCodePoints(0, SHOWN_PARAMS)) + "…");
  }
}
