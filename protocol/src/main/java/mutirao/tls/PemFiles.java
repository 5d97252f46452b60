package mutirao.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads PEM: certificates, and private keys in PKCS#8 without a password. The JDK's own reader is a
 * preview still. No exception says anything of what is in a key.
 */
public final class PemFiles {
  /** A file of certificates of a whole system's authorities has a quarter of this. */
  private static final long MAX_BYTES = 1 << 20;

  private static final List<String> KEY_TYPES = List.of("EC", "RSA", "EdDSA");

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

  private PemFiles() {}

  /**
   * All certificates of a file, in its order.
   *
   * @throws IOException where there is none, or one cannot be read; the message names the file
   */
  public static List<X509Certificate> certificates(Path file) throws IOException {
    List<X509Certificate> found = new ArrayList<>();
    for (byte[] encoded : blocks(file, "CERTIFICATE")) {
      try {
        Certificate one =
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(encoded));
        if (one instanceof X509Certificate known) {
          found.add(known);
        }
      } catch (CertificateException e) {
        throw new IOException(file + " holds a damaged certificate", e);
      }
    }
    if (found.isEmpty()) {
      throw new IOException(file + " holds no certificate in PEM (BEGIN CERTIFICATE)");
    }
    return List.copyOf(found);
  }

  /**
   * The private key of a file.
   *
   * @throws IOException where there is none that can be read; the message names the file
   */
  @SuppressWarnings("UnusedException") // What they say is about a secret.
  public static PrivateKey key(Path file) throws IOException {
    List<byte[]> keys = blocks(file, "PRIVATE KEY");
    if (keys.isEmpty()) {
      throw new IOException(
          file
              + " holds no private key in PKCS#8 without a password (BEGIN PRIVATE KEY); others are"
              + " converted by: openssl pkcs8 -topk8 -nocrypt");
    }
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(keys.getFirst());
    for (String type : KEY_TYPES) {
      try {
        return KeyFactory.getInstance(type).generatePrivate(encoded);
      } catch (InvalidKeySpecException e) {
        // Of another type, then.
      } catch (GeneralSecurityException e) {
        throw new IOException(file + " cannot be read: no " + type + " here");
      }
    }
    throw new IOException(
        file + " holds a private key that is damaged, or no EC, RSA or EdDSA key");
  }

  @SuppressWarnings("UnusedException") // As above.
  private static List<byte[]> blocks(Path file, String label) throws IOException {
    List<byte[]> found = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(text(file));
    while (blocks.find()) {
      if (blocks.group(1).equals(label)) {
        try {
          found.add(Base64.getMimeDecoder().decode(blocks.group(2)));
        } catch (IllegalArgumentException e) {
          throw new IOException(file + " is no PEM: its Base64 is damaged");
        }
      }
    }
    return found;
  }

  private static String text(Path file) throws IOException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException(file + " is too large for a PEM file");
      }
      return new String(Files.readAllBytes(file), US_ASCII);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + file, e);
    } catch (AccessDeniedException e) {
      throw new IOException(file + " may not be read by this user", e);
    }
  }
}
