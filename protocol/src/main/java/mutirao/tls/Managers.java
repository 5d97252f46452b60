package mutirao.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** What the JDK's TLS asks for keys and for trust, made of PEM files. */
public final class Managers {
  private static final char[] NO_PASSWORD = {};

  private Managers() {}

  /**
   * Shows this certificate, and proves by the key that it is ours.
   *
   * @throws IOException where a file cannot be used, or the two do not belong together
   */
  public static X509ExtendedKeyManager keys(Path certificate, Path key) throws IOException {
    List<X509Certificate> chain = PemFiles.certificates(certificate);
    PrivateKey secret = PemFiles.key(key);
    if (!belongTogether(chain.getFirst(), secret)) {
      throw new IOException(key + " is not the key of the certificate in " + certificate);
    }
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("own", secret, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      for (KeyManager manager : factory.getKeyManagers()) {
        if (manager instanceof X509ExtendedKeyManager known) {
          return known;
        }
      }
      throw new IOException("this JVM has no manager of X.509 keys");
    } catch (GeneralSecurityException e) {
      throw new IOException(certificate + " cannot be used: " + e.getMessage(), e);
    }
  }

  /**
   * Trusts what these authorities have signed.
   *
   * @param authorities a file with their certificates; null: those that the JVM brings
   */
  public static X509ExtendedTrustManager trust(@Nullable Path authorities) throws IOException {
    try {
      KeyStore store = authorities == null ? null : trusted(PemFiles.certificates(authorities));
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager known) {
          return known;
        }
      }
      throw new IOException("this JVM has no manager of X.509 trust");
    } catch (GeneralSecurityException e) {
      throw new IOException(authorities + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static KeyStore trusted(List<X509Certificate> certificates)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry("authority-" + i, certificates.get(i));
    }
    return store;
  }

  /** Whether what the key signs is what the certificate confirms. */
  private static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
    byte[] text = certificate.getSerialNumber().toByteArray();
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(text);
      Signature checking = Signature.getInstance(algorithm);
      checking.initVerify(certificate.getPublicKey());
      checking.update(text);
      return checking.verify(signing.sign());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
