package mutirao.server.backup;

import java.util.function.Consumer;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ServerFrame;

/** Backups that connections ask for, each part by part. Called by the thread that asks. */
public interface Backups {

  /** What came of a question. */
  sealed interface Answer {

    /** Some of its bytes. */
    record Part(ServerFrame.BackupPart part) implements Answer {}

    /** There are none; {@code why} is for people who run servers. */
    record Refused(String why) implements Answer {}
  }

  /**
   * Sees to it; {@code then} is called on the thread that asks, at once or later.
   *
   * @param connection who asks
   */
  void handle(long connection, ClientFrame.Backup asked, Consumer<Answer> then);

  /** A connection is gone: nobody will ask for the rest. */
  void gone(long connection);

  /** Those of a server that keeps nothing on disk. */
  static Backups none() {
    return new Backups() {
      @Override
      public void handle(long connection, ClientFrame.Backup asked, Consumer<Answer> then) {
        then.accept(
            new Answer.Refused(
                "this server keeps everything in memory; start it without --memory"));
      }

      @Override
      public void gone(long connection) {}
    };
  }
}
