package mutirao.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mutirao.server.Chance;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Passwords as what opens nothing: Argon2id (RFC 9106) with the parameters that OWASP's Password
 * Storage Cheat Sheet asks for at least, written as other programs write it. Costs some 30 ms of
 * one core and 19 MiB each time.
 */
public final class Argon2 {
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int LANES = 1;

  /** What a snapshot may ask of us: one that was forged must not cost a gibibyte. */
  private static final int MAX_MEMORY_KIB = 256 * 1024;

  private static final int MAX_PASSES = 16;

  private static final Pattern WRITTEN =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,9}),t=(\\d{1,9}),p=1\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  /** Four blocks more than the memory are in use at once. */
  private static final int POOL_BLOCKS = MEMORY_KIB + 4;

  /**
   * The memory is cleared and used again by the same thread, until that ends: new arrays each time
   * are half a gigabyte a second in a flood of logins, and the pauses to collect them.
   */
  private static final ThreadLocal<BlockPool> POOL =
      ThreadLocal.withInitial(() -> new FixedBlockPool(POOL_BLOCKS));

  /** Of a password that nobody has, for a user that is not there: costs the same. */
  static final String NOBODYS = hash("", new byte[SALT_BYTES]);

  private Argon2() {}

  /** The random part of a hash. */
  public static byte[] salt(Chance chance) {
    byte[] salt = new byte[SALT_BYTES];
    chance.fill(salt);
    return salt;
  }

  /** What stands for a password in the log. */
  public static String hash(String password, byte[] salt) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return String.format(
        Locale.ROOT,
        "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s",
        MEMORY_KIB,
        PASSES,
        LANES,
        base64.encodeToString(salt),
        base64.encodeToString(digest(password, salt, MEMORY_KIB, PASSES, HASH_BYTES)));
  }

  /** Whether this is the password. */
  static boolean verify(String password, String written) {
    Matcher parts = WRITTEN.matcher(written);
    if (!parts.matches()) {
      return false;
    }
    int memoryKib = Integer.parseInt(parts.group(1));
    int passes = Integer.parseInt(parts.group(2));
    if (memoryKib > MAX_MEMORY_KIB || passes > MAX_PASSES || memoryKib < 8 || passes < 1) {
      return false;
    }
    byte[] salt = Base64.getDecoder().decode(parts.group(3));
    byte[] hash = Base64.getDecoder().decode(parts.group(4));
    return MessageDigest.isEqual(hash, digest(password, salt, memoryKib, passes, hash.length));
  }

  private static byte[] digest(String password, byte[] salt, int memoryKib, int passes, int bytes) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(LANES)
            .withSalt(salt)
            .withBlockPool(POOL.get())
            .build());
    byte[] hash = new byte[bytes];
    // The same password can be typed in two ways where letters are composed.
    generator.generateBytes(
        Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(UTF_8), hash);
    return hash;
  }
}
