package mutirao.cli.chat;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import mutirao.cli.session.Failures;
import mutirao.cli.session.PeopleTable;
import mutirao.cli.session.Refused;
import mutirao.cli.session.Roster;
import mutirao.cli.session.SessionLoop;
import mutirao.cli.session.SignIn;
import mutirao.cli.session.Typed;
import mutirao.cli.terminal.Exit;
import mutirao.cli.terminal.Terminal;
import mutirao.cli.text.Line;
import mutirao.cli.text.Texts;
import mutirao.cli.text.Tone;
import mutirao.client.ChatMessage;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.protocol.Limits;
import org.jspecify.annotations.Nullable;

/** One person in the chat, from signing in to leaving. */
public final class ChatSession implements SessionLoop.Commands {
  private static final int USUAL_HISTORY = 20;

  private static final List<String> COMMANDS =
      List.of("/list", "/msg", "/join", "/leave", "/history", "/help", "/quit");

  private final Terminal terminal;
  private final Texts texts;
  private final MutiraoClient client;
  private final MessageLines lines;
  private final Roster roster;
  private final Shown shown;
  private final Set<String> rooms = new LinkedHashSet<>(List.of(Limits.DEFAULT_ROOM));
  private String room = Limits.DEFAULT_ROOM;

  private ChatSession(
      Terminal terminal, MutiraoClient client, MessageLines lines, Roster roster, Shown shown) {
    this.terminal = terminal;
    this.texts = terminal.texts();
    this.client = client;
    this.lines = lines;
    this.roster = roster;
    this.shown = shown;
  }

  /**
   * Signs in, carries out what is typed, and leaves.
   *
   * @param name the wanted name; null: see {@link SignIn}
   * @return the exit code
   */
  public static int run(ClientOptions.Builder options, @Nullable String name, Terminal terminal) {
    MessageLines lines = new MessageLines(terminal.texts(), ZoneId.systemDefault());
    Roster roster = new Roster();
    Shown shown = new Shown();
    ChatEvents events = new ChatEvents(terminal, lines, roster, shown);
    Optional<MutiraoClient> signedIn = SignIn.connect(options.listener(events), name, terminal);
    if (signedIn.isEmpty()) {
      return Exit.DONE;
    }
    try (MutiraoClient client = signedIn.get()) {
      ChatSession session = new ChatSession(terminal, client, lines, roster, shown);
      terminal.completeFrom(session::completions);
      if (terminal.interactive()) {
        terminal.say(Tone.NOTICE, "chat.greeting", client.name(), client.server());
      } else if (name == null) {
        terminal.say(Tone.NOTICE, "chat.name", client.name());
      }
      boolean well = new SessionLoop(terminal, client, session).run();
      String ended = events.notices().endedBy();
      if (ended != null) {
        return Exit.ofCode(ended);
      }
      return well || terminal.interactive() ? Exit.DONE : Exit.FAILED;
    }
  }

  @Override
  public synchronized Line prompt() {
    return Line.of(Tone.STRONG, room + "> ");
  }

  @Override
  public CompletableFuture<?> run(Typed typed) {
    String command = typed.command();
    if (command == null) {
      return say(typed.rest());
    }
    return switch (command) {
      case "list" ->
          client.clients().thenAccept(list -> PeopleTable.print(terminal, list, client.name()));
      case "msg" -> direct(typed.split(1));
      case "join" -> join(typed.words());
      case "leave" -> leave(typed.words());
      case "history" -> history(typed.words());
      case "help" -> help();
      default -> throw new Refused(texts.get("unknown.command", "/" + command));
    };
  }

  private CompletableFuture<?> say(String text) {
    String here = currentRoom();
    if (here.isEmpty()) {
      throw new Refused(texts.get("chat.no.room"));
    }
    return client
        .broadcast(here, text)
        .handle((seq, failure) -> orNotSent(seq, failure, text))
        .thenCompose(seq -> seq == null ? done() : shown.upTo(here, seq));
  }

  private CompletableFuture<?> direct(List<String> words) {
    if (words.size() < 2) {
      throw new Refused(texts.get("usage.msg"));
    }
    String target = words.get(0);
    String text = words.get(1);
    return client
        .direct(target, text)
        .handle((delivered, failure) -> orNotSent(delivered, failure, text))
        .thenAccept(
            _ -> terminal.print(lines.directSent(target, text, System.currentTimeMillis())));
  }

  /** What was typed is named where it did not get through: it may be long gone from the screen. */
  private <T> T orNotSent(T answer, @Nullable Throwable failure, String text) {
    if (failure != null) {
      String why = Failures.describe(texts, failure);
      String key = Failures.indefinite(failure) ? "chat.maybe.sent" : "chat.not.sent";
      throw new Refused(texts.get(key, why, text));
    }
    return answer;
  }

  private CompletableFuture<?> join(List<String> words) {
    if (words.isEmpty()) {
      terminal.say(Tone.PLAIN, "chat.rooms", String.join(", ", allRooms()), currentRoom());
      return done();
    }
    if (words.size() > 1) {
      throw new Refused(texts.get("usage.join"));
    }
    return client
        .join(words.getFirst())
        .thenAccept(
            joined -> {
              enter(joined.room());
              terminal.say(
                  Tone.NOTICE, "chat.joined", joined.room(), String.join(", ", joined.members()));
            });
  }

  private CompletableFuture<?> leave(List<String> words) {
    String which = words.isEmpty() ? currentRoom() : words.getFirst();
    if (words.size() > 1 || which.isEmpty()) {
      throw new Refused(texts.get("usage.leave"));
    }
    return client
        .leave(which)
        .thenAccept(
            left -> {
              leaveRoom(left.room());
              terminal.say(Tone.NOTICE, "chat.left", left.room());
            });
  }

  private CompletableFuture<?> history(List<String> words) {
    int limit = words.isEmpty() ? USUAL_HISTORY : positive(words.getFirst());
    String here = currentRoom();
    if (words.size() > 1 || limit < 1) {
      throw new Refused(texts.get("usage.history", Limits.MAX_PAGE));
    }
    if (here.isEmpty()) {
      throw new Refused(texts.get("chat.no.room"));
    }
    return client
        .history(here, Math.min(limit, Limits.MAX_PAGE))
        .thenAccept(messages -> printHistory(here, messages));
  }

  private void printHistory(String where, List<ChatMessage> messages) {
    if (messages.isEmpty()) {
      terminal.say(Tone.FAINT, "chat.history.empty", where);
    }
    messages.forEach(message -> terminal.print(lines.said(message, where, client.name())));
  }

  private CompletableFuture<?> help() {
    texts.get("chat.help").lines().forEach(line -> terminal.print(Line.of(line)));
    return done();
  }

  /** 0 where it is no number or none above 0. */
  private static int positive(String word) {
    try {
      return Math.max(0, Integer.parseInt(word));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static CompletableFuture<Void> done() {
    return CompletableFuture.completedFuture(null);
  }

  private synchronized String currentRoom() {
    return room;
  }

  private synchronized List<String> allRooms() {
    return List.copyOf(rooms);
  }

  private synchronized void enter(String entered) {
    rooms.add(entered);
    room = entered;
  }

  private synchronized void leaveRoom(String left) {
    rooms.remove(left);
    if (room.equals(left)) {
      room = rooms.isEmpty() ? "" : rooms.iterator().next();
    }
  }

  private List<String> completions(List<String> words) {
    String last = words.getLast();
    if (words.size() == 1 && last.startsWith("/")) {
      return COMMANDS;
    }
    return switch (words.getFirst()) {
      case "/msg" -> words.size() == 2 ? others() : List.of();
      case "/join", "/leave" -> words.size() == 2 ? allRooms() : List.of();
      case "/list", "/history", "/help", "/quit" -> List.of();
      default -> last.isEmpty() ? List.of() : addressed(words.size() == 1);
    };
  }

  /** Names as they stand in a sentence: with a colon at its beginning. */
  private List<String> addressed(boolean first) {
    return first ? others().stream().map(name -> name + ":").toList() : others();
  }

  private List<String> others() {
    List<String> names = new ArrayList<>(roster.names());
    names.remove(client.name());
    return names;
  }
}
