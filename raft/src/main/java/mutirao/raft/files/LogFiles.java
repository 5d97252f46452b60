package mutirao.raft.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.server.protocol.TermIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the files of the log before Ratis does. A power cut may tear the last write, which
 * nobody was told of: that tail is cut. Anything else that is missing or damaged stops the start,
 * because what was acknowledged would be forgotten.
 */
public final class LogFiles {
  private static final Logger LOG = LoggerFactory.getLogger(LogFiles.class);
  private static final Pattern CLOSED = Pattern.compile("log_(\\d+)-(\\d+)");
  private static final Pattern OPEN = Pattern.compile("log_inprogress_(\\d+)");

  private record Segment(Path file, long first, long last, boolean open) {}

  private LogFiles() {}

  /**
   * Checks, and cuts a torn tail.
   *
   * @param alone whether no other server votes
   * @param group Ratis's folder of the group
   * @param seen the last index that is known to have taken effect
   * @param remedy what helps where something is missing or damaged: part of a sentence
   * @throws DataFolderException where something is missing or damaged
   */
  public static void check(Path group, long seen, int maxEntryBytes, boolean alone, String remedy)
      throws IOException {
    List<TermIndex> snapshots = SnapshotFiles.places(group.resolve("sm"));
    long covered = snapshots.isEmpty() ? -1 : snapshots.getLast().getIndex();
    long last = covered;
    long term = snapshots.isEmpty() ? 0 : snapshots.getFirst().getTerm();
    for (Segment segment : segments(group.resolve("current"))) {
      if (segment.first() > last + 1) {
        throw new DataFolderException(
            "the log in "
                + group
                + " has no entries "
                + (last + 1)
                + " to "
                + (segment.first() - 1)
                + ": a file is missing; "
                + remedy);
      }
      SegmentReader entries = read(segment, seen, maxEntryBytes, remedy);
      last = Math.max(last, segment.first() + entries.entries() - 1);
      if (entries.entries() > 0) {
        term = Math.max(term, LogEntryProto.parseFrom(entries.last()).getTerm());
      }
    }
    long newest = snapshots.isEmpty() ? -1 : snapshots.getFirst().getIndex();
    if (Math.max(last, newest) < seen) {
      throw new DataFolderException(
          "the log in "
              + group
              + " ends at entry "
              + last
              + ", but entry "
              + seen
              + " had been acknowledged: a file is missing or was cut; "
              + remedy);
    }
    if (term > 0) {
      VoteFile.check(group.resolve("current"), term, alone, remedy);
    }
  }

  private static List<Segment> segments(Path folder) throws IOException {
    List<Segment> segments = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          String name = file.getFileName().toString();
          Matcher closed = CLOSED.matcher(name);
          Matcher open = OPEN.matcher(name);
          if (closed.matches()) {
            long first = Long.parseLong(closed.group(1));
            segments.add(new Segment(file, first, Long.parseLong(closed.group(2)), false));
          } else if (open.matches()) {
            segments.add(new Segment(file, Long.parseLong(open.group(1)), -1, true));
          }
        }
      }
    }
    segments.sort(Comparator.comparingLong(Segment::first));
    return segments;
  }

  private static SegmentReader read(Segment segment, long seen, int maxEntryBytes, String remedy)
      throws IOException {
    SegmentReader reader = SegmentReader.read(segment.file(), maxEntryBytes);
    long last = segment.first() + reader.entries() - 1;
    String damage = reader.damage();
    if (segment.open() ? damage != null && last < seen : last != segment.last()) {
      throw new DataFolderException(
          segment.file()
              + " is damaged after entry "
              + last
              + " ("
              + (damage == null ? "it ends there" : damage)
              + "), and entry "
              + Math.max(seen, segment.last())
              + " had been acknowledged; "
              + remedy);
    }
    if (segment.open() && damage != null) {
      cut(segment.file(), reader.goodBytes());
    }
    return reader;
  }

  private static void cut(Path file, long goodBytes) throws IOException {
    Path aside = file.resolveSibling("torn-" + file.getFileName());
    Files.copy(file, aside, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(goodBytes);
      channel.force(true);
    }
    LOG.warn(
        "the last write to {} was torn, as by a power cut; nobody was told of it, and it was cut"
            + " off (what it was is in {})",
        file,
        aside.getFileName());
  }
}
