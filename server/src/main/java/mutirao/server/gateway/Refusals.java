package mutirao.server.gateway;

import java.util.List;
import mutirao.core.Refusal;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Problem;
import mutirao.protocol.RawJson;
import org.jspecify.annotations.Nullable;

/** The core's refusals in the words of the wire. */
final class Refusals {

  /** More is proposed than the log can take. */
  static final Refusal LINE_FULL = new Refusal(Refusal.Code.OVERLOADED, null, null, 1000);

  private Refusals() {}

  static Problem problem(Refusal refusal, @Nullable RawJson ref) {
    Object subject = refusal.subject() == null ? "" : refusal.subject();
    return new Problem(
        code(refusal.code()), key(refusal.code()), List.of(subject), refusal.field(), null, ref);
  }

  private static ErrorCode code(Refusal.Code code) {
    return switch (code) {
      case INVALID, FINISHED_ALREADY, KEY_REUSED -> ErrorCode.INVALID;
      case NOT_REGISTERED -> ErrorCode.NOT_REGISTERED;
      case NAME_TAKEN -> ErrorCode.NAME_TAKEN;
      case UNAUTHORIZED -> ErrorCode.UNAUTHORIZED;
      case FORBIDDEN, FOREIGN_NAME, FOREIGN_OPERATION -> ErrorCode.FORBIDDEN;
      case UNKNOWN_SESSION, UNKNOWN_USER, USER_EXISTS, UNKNOWN_TOKEN, WIDER_TOKEN, LAST_ADMIN ->
          ErrorCode.INVALID;
      case UNKNOWN_TARGET -> ErrorCode.UNKNOWN_TARGET;
      case UNKNOWN_ROOM -> ErrorCode.UNKNOWN_ROOM;
      case UNKNOWN_WORKER -> ErrorCode.UNKNOWN_WORKER;
      case UNSUPPORTED_OPERATION -> ErrorCode.UNSUPPORTED_OPERATION;
      case UNKNOWN_TASK -> ErrorCode.UNKNOWN_TASK;
      case STALE_ATTEMPT -> ErrorCode.STALE_ATTEMPT;
      case OVERLOADED -> ErrorCode.OVERLOADED;
      case UNAVAILABLE -> ErrorCode.UNAVAILABLE;
    };
  }

  private static String key(Refusal.Code code) {
    return switch (code) {
      case FINISHED_ALREADY -> "invalid.finished_already";
      case KEY_REUSED -> "invalid.key_reused";
      case UNKNOWN_SESSION -> "invalid.unknown_session";
      case UNAUTHORIZED -> "unauthorized.missing";
      case FORBIDDEN -> "forbidden.password";
      case FOREIGN_NAME -> "forbidden.name";
      case FOREIGN_OPERATION -> "forbidden.operations";
      case UNKNOWN_USER -> "invalid.unknown_user";
      case USER_EXISTS -> "invalid.user_exists";
      case UNKNOWN_TOKEN -> "invalid.unknown_token";
      case WIDER_TOKEN -> "invalid.wider_token";
      case LAST_ADMIN -> "invalid.last_admin";
      case INVALID,
          NOT_REGISTERED,
          NAME_TAKEN,
          UNKNOWN_TARGET,
          UNKNOWN_ROOM,
          UNKNOWN_WORKER,
          UNSUPPORTED_OPERATION,
          UNKNOWN_TASK,
          STALE_ATTEMPT,
          OVERLOADED,
          UNAVAILABLE ->
          code(code).wireName();
    };
  }
}
