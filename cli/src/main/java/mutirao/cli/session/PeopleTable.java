package mutirao.cli.session;

import java.util.ArrayList;
import java.util.List;
import mutirao.cli.terminal.Columns;
import mutirao.cli.terminal.Terminal;
import mutirao.cli.text.Line;
import mutirao.cli.text.Texts;
import mutirao.cli.text.Tone;
import mutirao.protocol.ServerFrame;

/** Who is there and as what: {@code /list}. */
public final class PeopleTable {
  private PeopleTable() {}

  /** Prints it. */
  public static void print(Terminal terminal, ServerFrame.ClientList list, String ownName) {
    lines(terminal.texts(), list, ownName).forEach(terminal::print);
  }

  private static List<Line> lines(Texts texts, ServerFrame.ClientList list, String ownName) {
    int width = Columns.widest(list.clients().stream().map(ServerFrame.Presence::name).toList());
    List<Line> lines = new ArrayList<>();
    lines.add(Line.of(Tone.STRONG, texts.get("list.heading", list.total())));
    for (ServerFrame.Presence client : list.clients()) {
      boolean own = client.name().equals(ownName);
      Line line =
          Line.of("  ")
              .plus(own ? Tone.OWN : Tone.NAME, Columns.pad(client.name(), width))
              .plus("  ")
              .plus(Tone.FAINT, texts.get("role." + client.role().wireName()));
      lines.add(own ? line.plus(Tone.FAINT, texts.get("list.you")) : line);
    }
    int more = list.total() - list.clients().size();
    if (more > 0) {
      lines.add(Line.of(Tone.FAINT, texts.get("list.more", more)));
    }
    return lines;
  }
}
