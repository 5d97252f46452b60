package mutirao.core.account;

import java.util.List;

/**
 * What a token is good for.
 *
 * @param hash SHA-256 of the token in hexadecimal digits; the token itself is nowhere
 * @param user the compared name of whose it is
 * @param operations what a worker may run with it; empty: anything
 * @param label what its maker calls it
 * @param expiresAtMs from then on it opens nothing; {@link Long#MAX_VALUE}: never
 */
public record TokenTerms(
    String hash,
    String user,
    AccountRole role,
    List<String> operations,
    String label,
    long createdAtMs,
    long expiresAtMs) {

  /** Digits of {@link #id()}. */
  public static final int ID_CHARS = 12;

  public TokenTerms {
    operations = List.copyOf(operations);
  }

  /** What people call it: the beginning of its hash, which opens nothing. */
  public String id() {
    return hash.substring(0, ID_CHARS);
  }

  /** Leaves the hash out. */
  @Override
  public String toString() {
    return "TokenTerms[id=" + id() + ", user=" + user + ", role=" + role + "]";
  }
}
