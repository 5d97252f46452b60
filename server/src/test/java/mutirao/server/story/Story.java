package mutirao.server.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One scenario.
 *
 * @param name where it stands, for messages: a file's name or a place in a document
 * @param title what it shows: its first comment
 * @param lines its text
 * @param setting the server it plays on
 * @param scenes what happens, in order
 */
public record Story(
    String name, String title, List<String> lines, Setting setting, List<Scene> scenes) {

  /**
   * A step and the lines it was written on, counted from 0; {@code endLine} is the one after the
   * last.
   */
  record Scene(int line, int endLine, Step step) {}

  /** Reads a story's text; {@code name} is where it stands. */
  public static Story parse(String name, List<String> lines) {
    return new StoryParser(name, lines).parse();
  }

  /** All stories below a folder, by name. */
  public static List<Story> readAll(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".txt"))
          .sorted()
          .map(Story::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Story read(Path file) {
    try {
      return parse(file.getFileName().toString(), Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The place of a scene, for messages. */
  String at(Scene scene) {
    return name + ":" + (scene.line() + 1);
  }
}
