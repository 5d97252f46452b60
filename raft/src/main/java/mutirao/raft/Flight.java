package mutirao.raft;

import java.util.concurrent.atomic.AtomicInteger;
import mutirao.core.log.Log;
import mutirao.raft.codec.LogRecord;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/** A batch that was handed in and has not been decided. Thread-safe. */
final class Flight {
  private final LogRecord.OfBatch record;
  private final ByteString bytes;
  private final ByteString head;
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile boolean sent;

  private final AtomicInteger looks = new AtomicInteger();

  Flight(long producer, Log.Batch batch) {
    this.record = new LogRecord.OfBatch(producer, batch);
    boolean read = batch.commands().isEmpty();
    this.bytes = read ? ByteString.EMPTY : UnsafeByteOperations.unsafeWrap(record.toBytes());
    this.head = read ? ByteString.EMPTY : UnsafeByteOperations.unsafeWrap(record.head());
  }

  Log.Batch batch() {
    return record.batch();
  }

  LogRecord.OfBatch record() {
    return record;
  }

  ByteString bytes() {
    return bytes;
  }

  /** Whether it only asks how far everybody is. */
  boolean reads() {
    return batch().commands().isEmpty();
  }

  /** Whether {@code entry} is this batch. */
  boolean is(ByteString entry) {
    return !reads() && entry.startsWith(head);
  }

  /** The number of an attempt that begins now. */
  int attempt() {
    return attempts.incrementAndGet();
  }

  /** Whether no other attempt began after this one. */
  boolean isNewest(int attempt) {
    return attempts.get() == attempt;
  }

  /** From now on nobody can be sure that it is not in the log. */
  void left() {
    sent = true;
  }

  /** Whether it certainly never got anywhere. */
  boolean stayed() {
    return !sent || reads();
  }

  /** How often it was looked at before; it is looked at in even steps. */
  int look() {
    return looks.getAndIncrement();
  }
}
