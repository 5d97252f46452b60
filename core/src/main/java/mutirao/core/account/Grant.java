package mutirao.core.account;

import java.util.List;

/**
 * What a login is good for now.
 *
 * @param user the user's name as it was given
 * @param operations what a worker may run; empty: anything
 */
public record Grant(String user, AccountRole role, List<String> operations) {

  /** Whether all of these may be run. */
  public boolean mayRun(List<String> wanted) {
    return operations.isEmpty() || operations.containsAll(wanted);
  }
}
