package mutirao.server;

import java.security.SecureRandom;

/** The only source of randomness in the server; the simulator brings its own. */
public interface Chance {

  /** Real chance: nobody can guess a resume secret made from it. Thread-safe. */
  static Chance secure() {
    SecureRandom random = new SecureRandom();
    return random::nextBytes;
  }

  /** Fills {@code bytes}. */
  void fill(byte[] bytes);

  /** A number of 64 random bits. */
  default long nextLong() {
    byte[] bytes = new byte[Long.BYTES];
    fill(bytes);
    long value = 0;
    for (byte b : bytes) {
      value = value << Byte.SIZE | (b & 0xff);
    }
    return value;
  }
}
