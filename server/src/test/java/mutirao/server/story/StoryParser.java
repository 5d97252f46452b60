package mutirao.server.story;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mutirao.protocol.codec.Json;

/** A story's text to its steps. Used once. */
final class StoryParser {
  private static final Pattern SPOKEN = Pattern.compile("(\\S+) (>>|>|<) (.+)");
  private static final Pattern REGISTERS =
      Pattern.compile(
          "(\\S+) registers(?: as (\\S+))?(?: for (.+?))?(?: with (\\d+) slots?)?( and confirms)?");
  private static final Pattern DOES = Pattern.compile("(\\S+) (\\S+(?: \\S+)*)");
  private static final Pattern TIME = Pattern.compile("time passes (\\S+)");

  private final String name;
  private final List<String> lines;
  private final List<Story.Scene> scenes = new ArrayList<>();
  private Setting setting = Setting.USUAL;
  private String title = "";

  StoryParser(String name, List<String> lines) {
    this.name = name;
    this.lines = lines;
  }

  Story parse() {
    int at = 0;
    while (at < lines.size()) {
      int end = at + 1;
      // What is indented continues the line above.
      while (end < lines.size() && lines.get(end).matches("\\s+\\S.*")) {
        end++;
      }
      String text =
          lines.subList(at, end).stream().map(String::strip).collect(Collectors.joining());
      try {
        line(text, at, end);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(name + ":" + (at + 1) + ": " + e.getMessage(), e);
      }
      at = end;
    }
    return new Story(name, title, lines, setting, scenes);
  }

  private void line(String text, int at, int end) {
    if (text.isEmpty()) {
      return;
    }
    if (text.startsWith("#")) {
      title = title.isEmpty() ? text.substring(1).strip() : title;
    } else if (text.startsWith("with ") && scenes.isEmpty()) {
      setting = setting.with(text.substring("with ".length()));
    } else if (text.startsWith("in process only: ") && scenes.isEmpty()) {
      setting = setting.inProcessOnly();
    } else {
      scenes.add(new Story.Scene(at, end, step(text)));
    }
  }

  private static Step step(String text) {
    Matcher spoken = SPOKEN.matcher(text);
    if (spoken.matches()) {
      return spoken(spoken.group(1), spoken.group(2), spoken.group(3));
    }
    Matcher time = TIME.matcher(text);
    if (time.matches()) {
      return new Step.TimePasses(Setting.durationMs(time.group(1)));
    }
    if (text.equals("the server shuts down")) {
      return new Step.ShutsDown();
    }
    Matcher registers = REGISTERS.matcher(text);
    if (registers.matches()) {
      return registers(registers);
    }
    Matcher does = DOES.matcher(text);
    if (!does.matches()) {
      throw new IllegalArgumentException("nobody does anything here: " + text);
    }
    return does(does.group(1), does.group(2));
  }

  private static Step spoken(String who, String direction, String what) {
    return switch (direction) {
      case ">" -> new Step.Sends(who, what);
      case ">>" -> new Step.SendsBytes(who, RawBytes.parse(what));
      default ->
          switch (what) {
            case "closed" -> new Step.IsClosed(who);
            case "nothing more" -> new Step.HearsNothing(who);
            default -> new Step.Hears(who, what);
          };
    };
  }

  private static Step registers(Matcher words) {
    Map<String, Object> frame = new LinkedHashMap<>();
    frame.put("type", "register");
    frame.put("name", words.group(1));
    if (words.group(2) != null) {
      frame.put("role", words.group(2));
    }
    if (words.group(3) != null) {
      frame.put("operations", List.of(words.group(3).split(",\\s*", -1)));
    }
    if (words.group(4) != null) {
      frame.put("slots", Integer.valueOf(words.group(4)));
    }
    if (words.group(5) != null) {
      frame.put("confirm", true);
    }
    frame.put("presence", false);
    return new Step.Registers(words.group(1), Json.write(frame).toString());
  }

  private static Step does(String who, String what) {
    return switch (what) {
      case "connects" -> new Step.Connects(who);
      case "hangs up" -> new Step.HangsUp(who);
      case "ends its input" -> new Step.EndsInput(who);
      case "stops reading" -> new Step.StopsReading(who);
      case "reads again" -> new Step.ReadsAgain(who);
      default -> throw new IllegalArgumentException("nobody can do this: " + what);
    };
  }
}
