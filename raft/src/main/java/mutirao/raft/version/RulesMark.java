package mutirao.raft.version;

import java.io.IOException;
import mutirao.raft.codec.LogRecord;
import mutirao.raft.codec.Windows;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

/**
 * By which rules commands are applied, where the log is now. Whoever leads marks the log before the
 * first command that is to be applied by other rules than those before it, and whoever does not
 * know these rules stops at the mark: so two servers never make something else of the same command.
 * Asked by any thread, told by the one that applies.
 */
public final class RulesMark {
  /** Of logs that were never marked: the rules of the first version. */
  private static final int FIRST = 2;

  private final int own;
  private volatile int current = FIRST;

  /** Of a program with rules of this version. */
  public RulesMark(Versions own) {
    this.own = own.rules();
  }

  /** Whether what comes next is applied by the rules of this program. */
  public boolean isOwn() {
    return current == own;
  }

  /** What to write where it is not. */
  public ByteString record() {
    return ByteString.copyFrom(new LogRecord.OfRules(own).toBytes());
  }

  /**
   * The log is marked here.
   *
   * @throws OtherVersionException where this program cannot go on
   */
  public void saw(LogRecord.OfRules mark) throws OtherVersionException {
    saw(mark.version());
  }

  /** The same of a state to go on from. */
  public void goOnFrom(Windows windows) throws OtherVersionException {
    saw(windows.version());
  }

  private void saw(int version) throws OtherVersionException {
    if (version > own) {
      throw OtherVersionException.ofLog(version, own);
    }
    current = version;
  }

  /**
   * Lets a request into the log of the leader, this server.
   *
   * @throws IOException where its commands would be applied by other rules than its leader's
   */
  public void admit(ByteString request) throws IOException {
    if (current != own && LogRecord.of(request.toByteArray()) instanceof LogRecord.OfBatch) {
      throw new IOException("the log is not marked with this program's rules yet");
    }
  }
}
