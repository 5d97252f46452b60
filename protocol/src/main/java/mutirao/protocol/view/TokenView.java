package mutirao.protocol.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token, without what makes it one.
 *
 * @param token what it is called by; it opens nothing
 * @param expiresAt epoch milliseconds; null: never
 */
public record TokenView(
    String token,
    String user,
    String role,
    List<String> operations,
    String label,
    long createdAt,
    @Nullable Long expiresAt) {}
