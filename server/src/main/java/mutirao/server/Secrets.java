package mutirao.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Resume secrets: 256 random bits for the client, their SHA-256 for the log, so that neither log
 * nor memory dump opens a session. Thread-safe.
 */
public final class Secrets {
  private static final int BYTES = 32;

  private final Chance chance;

  /** Secrets drawn from {@code chance}. */
  public Secrets(Chance chance) {
    this.chance = chance;
  }

  /** A new secret. */
  public String create() {
    byte[] bytes = new byte[BYTES];
    chance.fill(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** What stands for a secret in the log. */
  public static String hash(String secret) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(secret.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
