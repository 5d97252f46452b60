package mutirao.raft.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file in which Ratis notes for whom a server voted in which term. Where it is lost, a member
 * of a group could vote twice, so it does not start. Nobody else votes where a server is for
 * itself: there the log knows all that matters, and the file is made anew.
 */
final class VoteFile {
  private static final Logger LOG = LoggerFactory.getLogger(VoteFile.class);
  private static final String TERM = "term";

  private VoteFile() {}

  /**
   * Checks the file of a log that has entries.
   *
   * @param folder where it is
   * @param term the last term of the log
   * @param remedy what helps where it is lost: part of a sentence
   * @throws DataFolderException where it is lost and others vote too
   */
  static void check(Path folder, long term, boolean alone, String remedy) throws IOException {
    Path file = folder.resolve("raft-meta");
    if (isWhole(file)) {
      return;
    }
    if (!alone) {
      throw new DataFolderException(
          file + " is missing or damaged: nobody knows for whom this server voted; " + remedy);
    }
    Durably.write(file, TERM + "=" + term + "\nvotedFor=\n");
    LOG.warn("{} was missing or damaged, and was made anew from the log (term {})", file, term);
  }

  private static boolean isWhole(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
      properties.load(reader);
      return Long.parseLong(properties.getProperty(TERM, "")) > 0
          && properties.getProperty("votedFor") != null;
    } catch (IllegalArgumentException e) {
      // Also a Unicode escape that is none.
      return false;
    }
  }
}
