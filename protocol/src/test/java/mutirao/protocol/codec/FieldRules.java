package mutirao.protocol.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads {@code field-rules.txt}: which values each field of a client's frame may have. */
final class FieldRules {

  /**
   * One field.
   *
   * @param others the members the frame needs beside the field
   * @param required whether the frame needs the field itself
   */
  record Rule(
      String name,
      String field,
      List<String> others,
      boolean required,
      List<String> good,
      List<String> bad) {

    /** The frame with one more member, which may be empty; its {@code ref} stands last. */
    String frame(String member) {
      List<String> members = new ArrayList<>(others);
      members.add(member);
      members.add(field.equals("ref") ? "" : "\"ref\":77");
      members.removeIf(String::isEmpty);
      return "{" + String.join(",", members) + "}";
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private final Map<String, List<String>> lists = new HashMap<>();
  private final Map<String, List<String>> frames = new HashMap<>();
  private final List<Rule> rules = new ArrayList<>();

  private FieldRules() {}

  static List<Rule> read() {
    FieldRules read = new FieldRules();
    Samples.lines("field-rules.txt").forEach(read::line);
    return read.rules;
  }

  private void line(String line) {
    String[] words = line.split(" +", 3);
    switch (words[0]) {
      case "list" -> lists.put("$" + words[1], values(words[2]));
      case "frame" -> frames.put(words[1], List.of(words[2].split(" , ")));
      case "+" -> rules.getLast().good().addAll(values(line.substring(2)));
      case "-" -> rules.getLast().bad().addAll(values(line.substring(2)));
      default -> begin(line);
    }
  }

  private void begin(String name) {
    String field = name.substring(name.indexOf('.') + 1);
    List<String> members = new ArrayList<>(frames.get(name.substring(0, name.indexOf('.'))));
    boolean required = members.removeIf(member -> member.startsWith("\"" + field + "\":"));
    rules.add(new Rule(name, field, members, required, new ArrayList<>(), new ArrayList<>()));
  }

  private List<String> values(String text) {
    return Stream.of(text.split(" \\| "))
        .flatMap(
            value ->
                value.startsWith("$")
                    ? lists.get(value).stream()
                    : Stream.of(Samples.expand(value)))
        .toList();
  }
}
