package mutirao.client.request;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Idempotency keys nobody else makes up: 128 random bits for the session and a count. Thread-safe.
 */
public final class Keys {
  private static final int RANDOM_BYTES = 16;

  private final String prefix;
  private final AtomicLong count = new AtomicLong();

  /** Keys with a prefix of their own. */
  public Keys() {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    prefix = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + ".";
  }

  /** The next one. */
  public String next() {
    return prefix + count.incrementAndGet();
  }
}
