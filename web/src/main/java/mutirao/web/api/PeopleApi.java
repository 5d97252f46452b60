package mutirao.web.api;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import mutirao.core.room.Message;
import mutirao.core.room.Room;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Limits;
import mutirao.protocol.Problem;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.codec.Json;
import mutirao.server.access.Permissions.Action;
import mutirao.web.http.ApiException;
import mutirao.web.http.JsonObject;
import mutirao.web.http.Requests;
import mutirao.web.line.Callers;
import mutirao.web.line.Line;
import org.jspecify.annotations.Nullable;

/** Who is there, and what is said in rooms. */
final class PeopleApi {
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int MAX_ROOMS = 1000;

  private final Callers callers;

  PeopleApi(Callers callers) {
    this.callers = callers;
  }

  void clients(Context context) {
    ServerFrame.ClientList list =
        Requests.await(
            context,
            callers
                .line(context)
                .ask(
                    ClientFrame.Status::new,
                    ServerFrame.ClientList.class,
                    Requests.language(context)));
    List<Object> clients = new ArrayList<>();
    for (ServerFrame.Presence client : list.clients()) {
      clients.add(
          new JsonObject()
              .put("name", client.name())
              .put("role", client.role().wireName())
              .members());
    }
    Requests.answer(
        context, OK, new JsonObject().put("clients", clients).put("total", list.total()));
  }

  void rooms(Context context) {
    List<Object> rooms =
        Requests.await(
            context,
            callers
                .line(context)
                .read(
                    Action.READ,
                    (state, _) -> {
                      List<Object> found = new ArrayList<>();
                      for (Room room : state.rooms().all()) {
                        if (found.size() < MAX_ROOMS) {
                          found.add(
                              new JsonObject()
                                  .put("name", room.name())
                                  .put("members", room.members().size())
                                  .put("seq", room.lastSeq())
                                  .members());
                        }
                      }
                      return found;
                    },
                    Requests.language(context)));
    Requests.answer(context, OK, new JsonObject().put("rooms", rooms));
  }

  /** Rooms are open to whoever may read: anybody could enter and ask the same. */
  void messages(Context context) {
    String name = context.pathParam("room");
    Locale language = Requests.language(context);
    int limit = (int) Requests.number(context, "limit", 1, Limits.MAX_PAGE, Limits.DEFAULT_PAGE);
    long before = Requests.number(context, "before_seq", 0, Long.MAX_VALUE, Long.MAX_VALUE);
    JsonObject page =
        Requests.await(
            context,
            callers
                .line(context)
                .read(
                    Action.READ,
                    (state, _) -> page(state.rooms().byName(name), before, limit),
                    language));
    if (page.members().isEmpty()) {
      throw new ApiException(
          language, Problem.field(null, ErrorCode.UNKNOWN_ROOM, "room", "unknown_room", name));
    }
    Requests.answer(context, OK, page);
  }

  private static JsonObject page(@Nullable Room room, long before, int limit) {
    if (room == null) {
      return new JsonObject();
    }
    List<Object> messages = new ArrayList<>();
    for (Message message : room.before(before, limit)) {
      messages.add(
          new JsonObject()
              .put("sender", message.sender())
              .put("message", new RawJson(message.text()))
              .put("seq", message.seq())
              .put("timestamp", message.timeMs())
              .members());
    }
    return new JsonObject().put("room", room.name()).put("messages", messages);
  }

  /** Says something; whoever is not in the room enters it first. */
  void post(Context context) {
    Line line = callers.line(context);
    Locale language = Requests.language(context);
    String room = context.pathParam("room");
    Map<String, @Nullable Object> body = Requests.object(context);
    body.put("room", room);
    RawJson fields = Json.write(body);
    Requests.await(
        context, enter(line, room, language).thenCompose(_ -> say(line, fields, language)));
    Requests.answer(context, CREATED, new JsonObject().put("room", room));
  }

  private static CompletableFuture<ServerFrame.Joined> enter(
      Line line, String room, Locale language) {
    RawJson fields = new JsonObject().put("room", room).toJson();
    return line.ask("join", fields, ClientFrame.Join.class, ServerFrame.Joined.class, language);
  }

  private static CompletableFuture<ServerFrame> say(Line line, RawJson fields, Locale language) {
    return line.ask("broadcast", fields, ClientFrame.Broadcast.class, ServerFrame.class, language);
  }
}
