package mutirao.server.local;

import mutirao.core.account.Login;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other side of a {@link LocalConnection}, as far as its edge knows.
 *
 * @param remote where it comes from, for the log; holds nothing it could choose
 * @param certificateName see {@link mutirao.server.gateway.Transport#certificateName}
 * @param login see {@link mutirao.server.gateway.Transport#login}
 */
public record Caller(String remote, @Nullable String certificateName, @Nullable Login login) {}
