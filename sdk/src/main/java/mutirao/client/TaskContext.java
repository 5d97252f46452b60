package mutirao.client;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import mutirao.protocol.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one task, as its operation sees it. Thread-safe. The methods that read params fail
 * with {@code bad_input} naming the field, which ends the task without another attempt.
 */
public interface TaskContext {

  /** The task's id; the same for every attempt. */
  String taskId();

  /** 1 for the first attempt. */
  int attempt();

  /** The name under which the operation was asked for. */
  String operation();

  /** Who submitted the task. */
  String submitter();

  /** The trace the task belongs to, as W3C Trace Context writes it; null: none. */
  @Nullable String traceparent();

  /** How long the attempt may go on without {@link #progress} or {@link #keepAlive}. */
  Duration timeout();

  /** The params as they were sent. */
  RawJson rawParams();

  /**
   * The params as a value: {@code Map<String, Object>}, {@code List<Object>}, {@code String},
   * {@code Long}, {@code BigInteger}, {@code BigDecimal}, {@code Boolean} or null. Parsed at the
   * first call.
   */
  @Nullable Object params();

  /**
   * The params as an object.
   *
   * @throws OperationException {@code bad_input} where they are something else
   */
  Map<String, @Nullable Object> fields() throws OperationException;

  /**
   * One field that must be text.
   *
   * @throws OperationException {@code bad_input} where it is missing or something else
   */
  String text(String field) throws OperationException;

  /**
   * One field that must be a number.
   *
   * @throws OperationException {@code bad_input} where it is missing or something else
   */
  BigDecimal number(String field) throws OperationException;

  /**
   * One field that must be an array of numbers. The numbers are exact; their exponents are as large
   * as the sender made them, so bound them before computing.
   *
   * @throws OperationException {@code bad_input} where it is missing or something else
   */
  List<BigDecimal> numbers(String field) throws OperationException;

  /**
   * Tells the submitter how far the attempt is, and renews its timeout. Progress that the
   * connection cannot take at the moment is dropped: the next one tells more anyway.
   *
   * @param percent 0 to 100
   * @param message for people; null for none
   */
  void progress(double percent, @Nullable String message);

  /** Renews the timeout without saying anything. */
  void keepAlive();

  /**
   * True once nobody wants the result any more (the task was cancelled, timed out or given to
   * another worker). The attempt's thread is interrupted at the same moment; what the operation
   * returns afterwards is thrown away.
   */
  boolean isCancelled();
}
