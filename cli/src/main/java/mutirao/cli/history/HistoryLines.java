package mutirao.cli.history;

import java.util.LinkedHashMap;
import java.util.Map;
import mutirao.cli.terminal.Output;
import mutirao.protocol.Archived;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.codec.FrameWriter;
import mutirao.protocol.codec.Json;

/** For scripts: a JSON object a line, as the protocol has them, and one for each gap. */
public final class HistoryLines implements HistoryView {
  private final Output output;

  public HistoryLines(Output output) {
    this.output = output;
  }

  @Override
  public void show(ServerFrame.Found page) {
    page.found().forEach(one -> output.printRaw(FrameWriter.toText(one)));
    page.gaps().forEach(gap -> output.printRaw(line(gap)));
  }

  private static String line(Archived.Gap gap) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("kind", "gap");
    members.put("since", gap.since());
    members.put("until", gap.until());
    members.put("reason", gap.reason());
    return Json.write(members).toString();
  }

  @Override
  public void end(boolean more) {
    if (more) {
      output.complain("history.more");
    }
  }
}
