package mutirao.server.story;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mutirao.server.story.wire.Wire;

/**
 * Writes a story anew with what is really heard. Lines that still hold are kept as they are, with
 * their holes; others are replaced, added where something is heard that the story does not mention,
 * and dropped where nothing is. What comes out is to be reviewed as prose.
 */
final class StoryRecorder {
  private static final Pattern VARYING =
      Pattern.compile(
          "(\"(?:timestamp|session|resume|accepted_at|run_at|started_at|finished_at)\":)"
              + "(\"[^\"]*\"|\\d+)");
  private static final Pattern TASK = Pattern.compile("\"task\":(\"[^\"]*\")");

  private final Story story;
  private final Performance performance;
  private final List<String> out = new ArrayList<>();

  private StoryRecorder(Story story, Performance performance) {
    this.story = story;
    this.performance = performance;
  }

  /** The story's lines as they should be. */
  static List<String> record(Story story, Wire wire) {
    StoryRecorder recorder = new StoryRecorder(story, new Performance(wire, Witness.NOBODY));
    int written = 0;
    for (Story.Scene scene : story.scenes()) {
      recorder.out.addAll(story.lines().subList(written, scene.line()));
      recorder.play(scene);
      written = scene.endLine();
    }
    recorder.writeUnmentioned();
    recorder.out.addAll(story.lines().subList(written, story.lines().size()));
    return recorder.out;
  }

  private void play(Story.Scene scene) {
    switch (scene.step()) {
      case Step.Hears hears -> {
        String heard = performance.next(hears.who());
        if (performance.mismatch(hears.template(), heard) == null) {
          keep(scene);
        } else if (!heard.equals(Wire.NOTHING)) {
          write(hears.who(), heard);
        }
      }
      case Step.IsClosed closed -> {
        writeUnmentioned(closed.who());
        if (performance.now(closed.who()).equals(Wire.CLOSED)) {
          keep(scene);
        }
      }
      case Step.HearsNothing nothing -> {
        writeUnmentioned(nothing.who());
        keep(scene);
      }
      case Step action -> {
        writeUnmentioned();
        keep(scene);
        performance.act(action);
      }
    }
  }

  private void keep(Story.Scene scene) {
    out.addAll(story.lines().subList(scene.line(), scene.endLine()));
  }

  private void writeUnmentioned() {
    List.copyOf(performance.connected()).forEach(this::writeUnmentioned);
  }

  private void writeUnmentioned(String who) {
    for (String heard = performance.now(who); heard.startsWith("{"); heard = performance.now(who)) {
      write(who, heard);
    }
  }

  private void write(String who, String heard) {
    out.add(who + " < " + (heard.startsWith("{") ? withHoles(heard) : heard));
  }

  private String withHoles(String frame) {
    Map<Object, String> names = new HashMap<>();
    performance.kept().forEach((name, value) -> names.put("\"" + value + "\"", "\\$" + name));
    String timeless = VARYING.matcher(frame).replaceAll("$1*");
    Matcher task = TASK.matcher(timeless);
    return task.replaceAll(found -> "\"task\":" + names.getOrDefault(found.group(1), "*task"));
  }
}
