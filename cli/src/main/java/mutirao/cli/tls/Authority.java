package mutirao.cli.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import mutirao.tls.PemFiles;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509ExtensionUtils;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/**
 * A certificate authority in a folder: {@code ca.pem}, which everybody gets, and {@code
 * ca-key.pem}, which nobody does. For a lab, and for a group whose servers need only one another's
 * trust; it knows no revocation, so certificates are better short-lived. Keys are EC P-256.
 */
final class Authority {
  static final String CERTIFICATE = "ca.pem";
  static final String KEY = "ca-key.pem";

  /** Clocks differ. */
  private static final Duration ALLOWANCE = Duration.ofHours(1);

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SERIAL_BITS = 127;
  private static final int NAME_BYTES = 3;

  private final Path folder;
  private final X509Certificate own;
  private final PrivateKey key;

  private Authority(Path folder, X509Certificate own, PrivateKey key) {
    this.folder = folder;
    this.own = own;
    this.key = key;
  }

  /** Makes a new one; never where there is one already. */
  static Authority create(Path folder, Duration validFor) throws IOException {
    // So that nobody takes one for another of the same name.
    byte[] mark = new byte[NAME_BYTES];
    RANDOM.nextBytes(mark);
    X500Name name = name("Mutirao CA " + HexFormat.of().formatHex(mark));
    try {
      KeyPair pair = newPair();
      SubjectPublicKeyInfo about = SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
      X509v3CertificateBuilder certificate =
          builder(name, name, about, Instant.now().minus(ALLOWANCE), validFor)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
              .addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
              .addExtension(
                  Extension.subjectKeyIdentifier,
                  false,
                  extensions().createSubjectKeyIdentifier(about));
      NewFiles.write(
          folder, CERTIFICATE, sign(certificate, pair.getPrivate()), KEY, pair.getPrivate());
      return open(folder);
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("no certificate could be made: " + e.getMessage(), e);
    }
  }

  /** The one that a folder holds. */
  static Authority open(Path folder) throws IOException {
    Path certificate = folder.resolve(CERTIFICATE);
    if (!Files.exists(certificate)) {
      throw new IOException(folder + " holds no authority; make one: mutirao certs ca " + folder);
    }
    return new Authority(
        folder, PemFiles.certificates(certificate).getFirst(), PemFiles.key(folder.resolve(KEY)));
  }

  /** Whose certificate it is. */
  enum Kind {
    /** A server's, for clients and for the other servers of its group, to which it is a client. */
    SERVER,
    /** A user's or a program's; no server. */
    CLIENT
  }

  private static ExtendedKeyUsage usage(Kind kind) {
    return new ExtendedKeyUsage(
        switch (kind) {
          case SERVER ->
              new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth};
          case CLIENT -> new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth};
        });
  }

  /**
   * Makes {@code NAME.pem} and {@code NAME-key.pem}.
   *
   * @param hosts names and IP addresses that the certificate is for; none for a client
   */
  Path issue(Kind kind, String name, List<String> hosts, Duration validFor) throws IOException {
    return issue(kind, name, hosts, Instant.now().minus(ALLOWANCE), validFor);
  }

  /** The same, valid from another moment on; for tests. */
  Path issue(Kind kind, String name, List<String> hosts, Instant from, Duration validFor)
      throws IOException {
    try {
      KeyPair pair = newPair();
      SubjectPublicKeyInfo about = SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
      X500Name issuer = X500Name.getInstance(own.getSubjectX500Principal().getEncoded());
      X509v3CertificateBuilder certificate =
          builder(issuer, name(name), about, from, validFor)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
              .addExtension(Extension.extendedKeyUsage, false, usage(kind))
              .addExtension(
                  Extension.authorityKeyIdentifier,
                  false,
                  extensions()
                      .createAuthorityKeyIdentifier(
                          SubjectPublicKeyInfo.getInstance(own.getPublicKey().getEncoded())));
      if (!hosts.isEmpty()) {
        certificate.addExtension(Extension.subjectAlternativeName, false, names(hosts));
      }
      NewFiles.write(
          folder, name + ".pem", sign(certificate, key), name + "-key.pem", pair.getPrivate());
      return folder.resolve(name + ".pem");
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("no certificate could be made: " + e.getMessage(), e);
    }
  }

  private static GeneralNames names(List<String> hosts) {
    return new GeneralNames(
        hosts.stream()
            .map(
                host ->
                    new GeneralName(
                        IPAddress.isValid(host) ? GeneralName.iPAddress : GeneralName.dNSName,
                        host))
            .toArray(GeneralName[]::new));
  }

  private static X500Name name(String commonName) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer,
      X500Name subject,
      SubjectPublicKeyInfo about,
      Instant from,
      Duration length) {
    return new X509v3CertificateBuilder(
        issuer,
        new BigInteger(SERIAL_BITS, RANDOM).setBit(0),
        Date.from(from),
        Date.from(from.plus(length).plus(ALLOWANCE)),
        subject,
        about);
  }

  private static byte[] sign(X509v3CertificateBuilder certificate, PrivateKey by)
      throws IOException, OperatorCreationException {
    return certificate.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by)).getEncoded();
  }

  private static X509ExtensionUtils extensions() throws GeneralSecurityException {
    return new JcaX509ExtensionUtils();
  }

  private static KeyPair newPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
    return generator.generateKeyPair();
  }
}
