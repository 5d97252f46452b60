package mutirao.tls;

import java.security.cert.X509Certificate;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;

/** Who a certificate is about. */
public final class Names {
  private Names() {}

  /**
   * The common name of its subject; null where it has none, or several, of which nobody could say
   * which one counts.
   */
  public static @Nullable String commonName(X509Certificate certificate) {
    String name = null;
    try {
      String subject = certificate.getSubjectX500Principal().getName();
      for (Rdn part : new LdapName(subject).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN")) {
          if (name != null || part.size() > 1 || !(part.getValue() instanceof String text)) {
            return null;
          }
          name = text;
        }
      }
    } catch (InvalidNameException e) {
      return null;
    }
    return name == null || name.isBlank() ? null : name;
  }
}
