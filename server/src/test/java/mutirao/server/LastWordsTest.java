package mutirao.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import mutirao.raft.codec.BadBytesException;
import mutirao.raft.codec.LogRecord;
import org.junit.jupiter.api.Test;

/** A server that cannot go on says why, and what to do. */
class LastWordsTest {
  private static final Storage STORAGE = new Storage(Path.of("d"), Storage.Sync.MAJORITY);

  private static BadBytesException reading(int... bytes) {
    byte[] record = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      record[i] = (byte) bytes[i];
    }
    return assertThrows(BadBytesException.class, () -> LogRecord.of(record));
  }

  @Test
  void aLogOfALaterVersionIsNotTakenForAFailingDisk() {
    BadBytesException later = reading(LogRecord.VERSION + 1);
    String words = LastWords.about(later, STORAGE);

    assertTrue(words.contains("a later version of this program"), words);
    assertFalse(words.contains("disk"), words);
    assertTrue(LastWords.speakForThemselves(later));
  }

  @Test
  void aRecordThatCannotBeReadIsAFaultOfOurs() {
    BadBytesException damaged = reading(LogRecord.VERSION, 99);

    assertFalse(LastWords.speakForThemselves(damaged));
    assertFalse(LastWords.about(damaged, STORAGE).contains("disk"));
  }

  @Test
  void aFullDiskIsCalledFull() {
    IOException full = new IOException("write", new IOException("No space left on device"));

    assertTrue(LastWords.about(full, STORAGE).contains("the disk is full"));
  }
}
