package mutirao.web.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** An authority of the test's own, and what it signed. */
final class Lab {
  private static final Duration VALID = Duration.ofDays(1);

  private final Path folder;
  private final KeyPair authorityKeys = newPair();
  private final X509Certificate authority;

  /** A certificate with its key. */
  record Signed(X509Certificate certificate, KeyPair keys) {}

  Lab(Path folder) throws GeneralSecurityException, IOException, OperatorCreationException {
    this.folder = folder;
    X500Name name = new X500Name("CN=Lab");
    authority =
        sign(
            builder(name, name, authorityKeys)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(0)));
    write("ca.pem", "CERTIFICATE", authority.getEncoded());
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Writes {@code NAME.pem} and {@code NAME-key.pem} for a server on this machine. */
  void server(String name) throws GeneralSecurityException, IOException, OperatorCreationException {
    KeyPair keys = newPair();
    X509Certificate certificate =
        sign(
            builder(new X500Name("CN=Lab"), new X500Name("CN=" + name), keys)
                .addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1"))));
    write(name + ".pem", "CERTIFICATE", certificate.getEncoded());
    write(name + "-key.pem", "PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  /** Somebody's certificate. */
  Signed client(String name)
      throws GeneralSecurityException, IOException, OperatorCreationException {
    KeyPair keys = newPair();
    return new Signed(
        sign(
            builder(new X500Name("CN=Lab"), new X500Name("CN=" + name), keys)
                .addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))),
        keys);
  }

  /** A client that trusts the authority, and shows a certificate unless that is null. */
  HttpClient http(@Nullable Signed shown) throws GeneralSecurityException, IOException {
    KeyStore trusted = empty();
    trusted.setCertificateEntry("lab", authority);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    KeyStore own = empty();
    if (shown != null) {
      own.setKeyEntry(
          "own",
          shown.keys().getPrivate(),
          new char[0],
          new Certificate[] {shown.certificate(), authority});
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, KeyPair keys) {
    Instant now = Instant.now();
    return new JcaX509v3CertificateBuilder(
        issuer,
        BigInteger.valueOf(now.toEpochMilli()),
        Date.from(now.minus(VALID)),
        Date.from(now.plus(VALID)),
        subject,
        keys.getPublic());
  }

  private X509Certificate sign(X509v3CertificateBuilder certificate)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(
            certificate.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(authorityKeys.getPrivate())));
  }

  private static KeyPair newPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private void write(String name, String label, byte[] encoded) throws IOException {
    Files.writeString(
        file(name),
        "-----BEGIN "
            + label
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
            + "\n-----END "
            + label
            + "-----\n",
        US_ASCII);
  }
}
