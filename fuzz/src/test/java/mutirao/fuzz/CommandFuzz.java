package mutirao.fuzz;

import java.io.IOException;
import java.util.Arrays;
import mutirao.raft.codec.BadBytesException;
import mutirao.raft.codec.LogRecord;

/** An entry of the log: it is read and written back as it was read, or it is bad bytes. */
public final class CommandFuzz {
  private CommandFuzz() {}

  /** One input. */
  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    LogRecord record;
    try {
      record = LogRecord.of(data);
    } catch (BadBytesException e) {
      return;
    }
    byte[] once = record.toBytes();
    if (!Arrays.equals(once, LogRecord.of(once).toBytes())) {
      throw new IllegalStateException("it does not come back as it was: " + record);
    }
  }
}
