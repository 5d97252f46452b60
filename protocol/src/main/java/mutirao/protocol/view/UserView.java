package mutirao.protocol.view;

import java.util.List;

/**
 * A user.
 *
 * @param role {@code viewer}, {@code member}, {@code worker} or {@code admin}
 * @param operations what a worker may run; empty: anything
 * @param password whether there is a password
 * @param tokens how many tokens are good now
 */
public record UserView(
    String user, String role, List<String> operations, boolean password, int tokens) {}
