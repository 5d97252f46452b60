package mutirao.client.worker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import mutirao.client.MutiraoException;
import mutirao.client.OperationException;
import mutirao.client.request.Payload;
import mutirao.client.request.RequestHandler;
import mutirao.client.request.RequestKind;
import mutirao.client.session.Session;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Limits;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.codec.Json;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes on their way to the server: sent again after every break until they are recorded, or
 * until the server says that nobody waits for them. Guarded by the session's lock.
 */
final class Reports {
  private static final Logger LOG = System.getLogger("mutirao.client");
  private static final long SEND_AGAIN_MS = 1_000;

  private final Session session;
  private final Runnable afterRecording;
  private final Set<Attempt.Key> unrecorded = new HashSet<>();

  Reports(Session session, Runnable afterRecording) {
    this.session = session;
    this.afterRecording = afterRecording;
  }

  boolean isUnrecorded(Attempt.Key key) {
    return unrecorded.contains(key);
  }

  boolean allRecorded() {
    return unrecorded.isEmpty();
  }

  /** An outcome is about to be sent. */
  void expect(Attempt.Key key) {
    unrecorded.add(key);
  }

  /** Sends an outcome that was announced with {@link #expect}; called without the lock. */
  void send(Attempt.Key key, Attempt.Outcome outcome) {
    RawJson result = outcome.result();
    OperationException error = outcome.error();
    RawJson errorJson = error == null ? null : json(error);
    session.handInternally(
        RequestKind.REPORT,
        ref -> frame(ref, key, result, errorJson, error != null && error.retry()),
        new RequestHandler() {
          @Override
          public void answered(ServerFrame frame) {
            settled(key);
          }

          @Override
          public void failed(MutiraoException failure) {
            refused(key, outcome, failure);
          }
        });
  }

  private static ClientFrame frame(
      RawJson ref,
      Attempt.Key key,
      @Nullable RawJson result,
      @Nullable RawJson error,
      boolean retry) {
    if (result != null) {
      return new ClientFrame.Done(ref, key.task(), key.attempt(), result);
    }
    RawJson reason = error == null ? RawJson.EMPTY_OBJECT : error;
    return new ClientFrame.Failed(ref, key.task(), key.attempt(), reason, retry);
  }

  private static RawJson json(OperationException error) {
    String code = error.code();
    boolean usable = !code.isEmpty() && code.length() <= Limits.MAX_WORKER_ERROR_CODE_CHARS;
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("code", usable ? code : OperationException.ERROR);
    members.put("message", Payload.note(String.valueOf(error.getMessage())));
    return Json.write(members);
  }

  private void settled(Attempt.Key key) {
    unrecorded.remove(key);
    afterRecording.run();
  }

  private void refused(Attempt.Key key, Attempt.Outcome outcome, MutiraoException failure) {
    if (failure.is(ErrorCode.TOO_LARGE) && outcome.result() != null) {
      OperationException tooLarge =
          new OperationException(
              ErrorCode.TOO_LARGE.wireName(), "the result: " + failure.getMessage(), false);
      send(key, new Attempt.Outcome(null, tooLarge));
    } else if (failure.is(ErrorCode.OVERLOADED)
        || failure.is(ErrorCode.UNAVAILABLE)
        || failure.is(ErrorCode.INTERNAL)) {
      session.after(failure.retryAfterMs().orElse(SEND_AGAIN_MS), () -> send(key, outcome));
    } else {
      if (!isExpected(failure)) {
        LOG.log(
            Level.WARNING, "the report of task {0} was not taken: {1}", key.task(), failure.code());
      }
      settled(key);
    }
  }

  /** The task has gone to others, or the worker is being closed: so are its tasks. */
  private static boolean isExpected(MutiraoException failure) {
    return failure.is(ErrorCode.STALE_ATTEMPT)
        || failure.is(ErrorCode.UNKNOWN_TASK)
        || failure.code().equals(MutiraoException.CLOSED);
  }
}
