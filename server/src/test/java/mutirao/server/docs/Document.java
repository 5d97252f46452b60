package mutirao.server.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A page of {@code docs/} as lines, tables and fenced blocks. */
final class Document {

  /** A fenced block: its first line of text, counted from 1, and its text. */
  record Block(int line, List<String> text) {}

  private final List<String> lines;

  Document(String name) {
    try {
      lines = Files.readAllLines(Path.of("../docs").resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> lines() {
    return lines;
  }

  /** The blocks fenced with a language. */
  List<Block> blocks(String language) {
    List<Block> blocks = new ArrayList<>();
    for (int at = 0; at < lines.size(); at++) {
      if (lines.get(at).equals("```" + language)) {
        int end = lines.subList(at, lines.size()).indexOf("```") + at;
        blocks.add(new Block(at + 2, lines.subList(at + 1, end)));
        at = end;
      }
    }
    return blocks;
  }

  /** The first table after a line, as rows of cells; the header comes first. */
  List<List<String>> tableAfter(String line) {
    int start = lines.indexOf(line);
    if (start < 0) {
      throw new IllegalArgumentException("there is no line " + line);
    }
    return lines.stream()
        .skip(start + 1L)
        .dropWhile(text -> !text.startsWith("|"))
        .takeWhile(text -> text.startsWith("|"))
        .filter(text -> !text.startsWith("|---"))
        .map(Document::cells)
        .toList();
  }

  private static List<String> cells(String row) {
    String inner = row.substring(1, row.lastIndexOf('|'));
    return Stream.of(inner.split("\\|", -1)).map(String::strip).toList();
  }

  /** A cell without its backticks. */
  static String plain(String cell) {
    return cell.replace("`", "");
  }
}
