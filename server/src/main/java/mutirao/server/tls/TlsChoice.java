package mutirao.server.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How connections are encrypted, and who has to show a certificate. All files are PEM, and are read
 * again when they change.
 *
 * @param certificate this server's, with the certificates between it and its authority
 * @param key its private key, PKCS#8 without a password
 * @param authorities who signs the certificates of clients and of the other servers; null: nobody
 * @param clients whether clients show a certificate
 * @param minimum the oldest version spoken
 */
public record TlsChoice(
    Path certificate, Path key, @Nullable Path authorities, Clients clients, Version minimum) {

  /** Whether clients show a certificate. */
  public enum Clients {
    /** They are not asked. */
    UNASKED,
    /** They may; one that is shown must be signed by the authorities. */
    OPTIONAL,
    /** Without one there is no connection. */
    REQUIRED
  }

  /** A version of TLS. */
  public enum Version {
    /** TLS 1.2, with forward secrecy and authenticated encryption only. */
    TLS_1_2,
    /** TLS 1.3. */
    TLS_1_3
  }

  public TlsChoice {
    if (authorities == null && clients != Clients.UNASKED) {
      throw new IllegalArgumentException("tls-client needs tls-ca");
    }
  }

  /** TLS 1.3; clients may show a certificate where there are authorities to check it. */
  public static TlsChoice of(Path certificate, Path key, @Nullable Path authorities) {
    return new TlsChoice(
        certificate,
        key,
        authorities,
        authorities == null ? Clients.UNASKED : Clients.OPTIONAL,
        Version.TLS_1_3);
  }
}
