package mutirao.web.api;

import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mutirao.protocol.Archived;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.codec.FrameWriter;
import mutirao.web.http.JsonObject;
import mutirao.web.http.Requests;
import mutirao.web.line.Callers;
import org.jspecify.annotations.Nullable;

/** What was said and done, from the archive. */
final class HistoryApi {
  private static final int OK = 200;

  /** Those of the query that are texts, and those that are numbers: what {@code search} takes. */
  private static final List<String> TEXTS =
      List.of("words", "kind", "room", "task", "operation", "by", "cursor");

  private static final Map<String, Long> NUMBERS =
      Map.of("since", Long.MAX_VALUE, "until", Long.MAX_VALUE, "limit", 1_000_000L);

  private final Callers callers;

  HistoryApi(Callers callers) {
    this.callers = callers;
  }

  void search(Context context) {
    Locale language = Requests.language(context);
    JsonObject fields = new JsonObject();
    for (String name : TEXTS) {
      fields.optional(name, Requests.query(context, name));
    }
    NUMBERS.forEach(
        (name, most) -> {
          if (Requests.query(context, name) != null) {
            fields.put(name, Requests.number(context, name, 0, most, 0));
          }
        });
    fields.optional("any", flag(Requests.query(context, "any")));
    RawJson asked = fields.toJson();
    ServerFrame.Found found =
        Requests.await(
            context,
            callers
                .line(context)
                .ask("search", asked, ClientFrame.Search.class, ServerFrame.Found.class, language));
    Requests.answer(
        context,
        OK,
        new JsonObject()
            .put("found", found.found().stream().map(HistoryApi::json).toList())
            .put("next", found.next())
            .put("gaps", found.gaps().stream().map(HistoryApi::json).toList()));
  }

  /** What is neither yes nor no is refused as it is in a frame. */
  private static @Nullable Object flag(@Nullable String text) {
    return "true".equals(text) || "false".equals(text) ? Boolean.valueOf(text) : text;
  }

  private static Object json(Archived one) {
    return RawJson.of(FrameWriter.toText(one));
  }

  private static Object json(Archived.Gap gap) {
    return new JsonObject()
        .put("since", gap.since())
        .put("until", gap.until())
        .put("reason", gap.reason())
        .members();
  }
}
