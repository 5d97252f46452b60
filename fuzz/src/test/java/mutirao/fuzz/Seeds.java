package mutirao.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the fuzzer begins: what the other tests hold for good, and what it has found before. */
final class Seeds {
  private static final Path ROOT = Path.of("..");
  private static final Path GOLDEN = ROOT.resolve("raft/src/test/resources/golden");
  private static final Path STORIES = ROOT.resolve("server/src/test/stories");
  private static final Path FINDINGS = Path.of("src/test/resources/findings");
  private static final Pattern SAID = Pattern.compile("\\w+ > (\\{.*})");
  private static final int MAGIC_AND_HEADER = 16;
  private static final int END = 8;

  private Seeds() {}

  /** Those of a target. */
  static List<byte[]> of(Class<?> target) throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    if (target == FrameFuzz.class) {
      seeds.addAll(frames());
    } else if (target == CommandFuzz.class) {
      seeds.addAll(records());
    } else {
      seeds.addAll(snapshots());
    }
    seeds.addAll(findings(target));
    return seeds;
  }

  /** What was found once, and was mended. */
  private static List<byte[]> findings(Class<?> target) throws IOException {
    Path folder = FINDINGS.resolve(target.getSimpleName());
    return Files.isDirectory(folder) ? contents(folder, "") : List.of();
  }

  /** Every frame of the stories by itself, as from a client and as from a server. */
  private static List<byte[]> frames() throws IOException {
    List<byte[]> frames = new ArrayList<>();
    for (byte[] story : contents(STORIES, ".txt")) {
      for (String line : new String(story, UTF_8).lines().toList()) {
        var said = SAID.matcher(line);
        if (said.matches()) {
          frames.add(("\0\3" + said.group(1) + "\n").getBytes(UTF_8));
        } else if (line.contains(" < {")) {
          frames.add(("\1\7" + line.substring(line.indexOf('{')) + "\n").getBytes(UTF_8));
        }
      }
    }
    return frames;
  }

  private static List<byte[]> records() throws IOException {
    return Files.readAllLines(GOLDEN.resolve("records-v1.txt"), UTF_8).stream()
        .filter(line -> !line.startsWith("#"))
        .map(HexFormat.of()::parseHex)
        .toList();
  }

  /** Whole files, and what the first chunk of each holds. */
  private static List<byte[]> snapshots() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (int version = 1; version <= 3; version++) {
      byte[] file = Files.readAllBytes(GOLDEN.resolve("snapshot-v" + version + ".bin"));
      seeds.add(headed(1, file));
      byte[] content = Arrays.copyOfRange(file, MAGIC_AND_HEADER, file.length - END);
      seeds.add(headed((version - 1) << 1, content));
    }
    return seeds;
  }

  private static byte[] headed(int first, byte[] rest) {
    ByteArrayOutputStream seed = new ByteArrayOutputStream();
    seed.write(first);
    seed.writeBytes(rest);
    return seed.toByteArray();
  }

  private static List<byte[]> contents(Path folder, String ending) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(one -> one.toString().endsWith(ending)).sorted().toList()) {
        contents.add(Files.readAllBytes(file));
      }
    }
    return contents;
  }

  /** Writes them where the fuzzer looks for them. */
  static void write(Class<?> target, Path corpus) throws IOException {
    Files.createDirectories(corpus);
    int number = 0;
    for (byte[] seed : of(target)) {
      Files.write(corpus.resolve("seed-" + number++), seed);
    }
  }
}
