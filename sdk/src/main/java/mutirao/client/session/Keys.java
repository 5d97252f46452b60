package mutirao.client.session;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Idempotency keys nobody else makes up: 128 random bits for the session and a count. Thread-safe.
 */
final class Keys {
  private static final int RANDOM_BYTES = 16;

  private final String prefix;
  private final AtomicLong count = new AtomicLong();

  Keys() {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    prefix = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + ".";
  }

  String next() {
    return prefix + count.incrementAndGet();
  }
}
