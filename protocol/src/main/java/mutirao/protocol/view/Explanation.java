package mutirao.protocol.view;

import mutirao.protocol.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * What {@code query} with {@code explain} tells of a task on top of its state.
 *
 * @param params what it was submitted with
 * @param expiresAt when it expires, epoch milliseconds; null: never
 * @param why why it does not run; null where it runs or has ended
 */
public record Explanation(RawJson params, @Nullable Long expiresAt, @Nullable Why why) {

  /**
   * Why a task does not run.
   *
   * @param code which reason, for programs: see docs/protocol.md
   * @param message the same for people, in the asker's language
   * @param position its place in the line, from 1; null where it is in none
   * @param at when it may run, epoch milliseconds; null where that is not known
   */
  public record Why(String code, String message, @Nullable Long position, @Nullable Long at) {}
}
