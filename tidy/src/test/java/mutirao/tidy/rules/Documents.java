package mutirao.tidy.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Documents that say what is so: every relative link, every heading a link points at, and every
 * path between back-ticks exists; a document has one title.
 */
public final class Documents {
  private static final Pattern FENCE = Pattern.compile("^ {0,3}(```|~~~)");
  private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern LINK =
      Pattern.compile("\\]\\(<?([^)\\s>]+)>?(?:\\s+\"[^\"]*\")?\\)|(?:href|src)=\"([^\"]+)\"");
  private static final Pattern REFERENCE = Pattern.compile("(?m)^\\[[^\\]]+\\]:\\s+(\\S+)");
  private static final Pattern HEADING = Pattern.compile("(?m)^(#{1,6})\\s+(.+?)\\s*#*$");
  private static final Pattern PATH = Pattern.compile("(\\./)?\\.?\\w[\\w.-]*(/[\\w.-]+)*/?");

  private final Predicate<String> exists;
  private final UnaryOperator<String> texts;

  /**
   * @param exists whether a file or folder is there, relative to the root; {@code ""} is the root
   * @param texts what stands in a file
   */
  public Documents(Predicate<String> exists, UnaryOperator<String> texts) {
    this.exists = exists;
    this.texts = texts;
  }

  /** What is wrong in {@code document}. */
  public List<String> violations(String document) {
    String prose = withoutFences(texts.apply(document));
    List<String> findings = new ArrayList<>();
    long titles = headings(prose).filter(heading -> heading.group(1).length() == 1).count();
    if (titles != 1) {
      findings.add(document + ": has " + titles + " titles (lines with one #); it needs one");
    }
    String linked = CODE.matcher(prose).replaceAll("");
    Stream.concat(
            LINK.matcher(linked).results().map(m -> m.group(1) != null ? m.group(1) : m.group(2)),
            REFERENCE.matcher(linked).results().map(m -> m.group(1)))
        .filter(target -> !target.matches("[a-z][a-z0-9+.-]*:.*"))
        .forEach(target -> checkLink(document, target, findings));
    CODE.matcher(prose)
        .results()
        .flatMap(code -> Stream.of(code.group(1).split("[\\s,]+")))
        .forEach(word -> checkPath(document, word, findings));
    return findings;
  }

  /** Pages in the folder of {@code index} that it does not link to. */
  public List<String> notIn(String index, List<String> files) {
    String folder = folderOf(index);
    String text = texts.apply(index);
    return files.stream()
        .filter(
            file -> file.startsWith(folder + "/") && file.endsWith(".md") && !file.equals(index))
        .filter(file -> !text.contains("](" + file.substring(folder.length() + 1) + ")"))
        .map(file -> index + ": has no link to " + file)
        .toList();
  }

  private void checkLink(String document, String target, List<String> findings) {
    int hash = target.indexOf('#');
    String file = hash < 0 ? target : target.substring(0, hash);
    String path = file.isEmpty() ? document : resolve(folderOf(document), file);
    if (!exists.test(path)) {
      findings.add(document + ": links to " + target + ", which is not there");
    } else if (hash >= 0
        && path.endsWith(".md")
        && !anchors(path).contains(target.substring(hash + 1))) {
      findings.add(document + ": links to " + target + ", but there is no such heading");
    }
  }

  /** A word is a path of ours where it has a slash and begins with something that exists. */
  private void checkPath(String document, String word, List<String> findings) {
    String path = word.replaceFirst("[.:;]+$", "");
    if (!path.contains("/") || !PATH.matcher(path).matches() || path.contains("/target/")) {
      return;
    }
    String plain = resolve("", path);
    String first = plain.contains("/") ? plain.substring(0, plain.indexOf('/')) : plain;
    boolean ours = exists.test(first) || path.startsWith("./");
    if (ours && !exists.test(plain) && !exists.test(resolve(folderOf(document), path))) {
      findings.add(document + ": speaks of `" + word + "`, which is not there");
    }
  }

  private Set<String> anchors(String document) {
    return headings(withoutFences(texts.apply(document)))
        .map(heading -> slug(heading.group(2)))
        .collect(Collectors.toSet());
  }

  /** As GitHub makes them. */
  private static String slug(String heading) {
    return heading
        .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}\\p{M}_ -]", "")
        .replace(' ', '-');
  }

  private static Stream<MatchResult> headings(String prose) {
    return HEADING.matcher(prose).results();
  }

  private static String withoutFences(String text) {
    StringBuilder prose = new StringBuilder();
    boolean fenced = false;
    for (String line : text.lines().toList()) {
      boolean fence = FENCE.matcher(line).find();
      if (!fenced && !fence) {
        prose.append(line).append('\n');
      }
      fenced ^= fence;
    }
    return prose.toString();
  }

  private static String folderOf(String file) {
    return file.contains("/") ? file.substring(0, file.lastIndexOf('/')) : "";
  }

  /** {@code target} as seen from {@code folder}, relative to the root. */
  private static String resolve(String folder, String target) {
    List<String> parts = new ArrayList<>();
    for (String part : (folder + "/" + target).split("/")) {
      if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }
}
