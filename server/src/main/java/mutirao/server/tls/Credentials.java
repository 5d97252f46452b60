package mutirao.server.tls;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import mutirao.tls.Managers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This server's certificate, key and authorities as their files are now: whoever connects gets what
 * is there, without a restart. What cannot be used is logged once, and what was there before stays.
 * No thread watches; the files are looked at when somebody connects, once a second at most.
 * Thread-safe.
 */
public final class Credentials {
  private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);
  private static final long LOOK_EVERY_MS = 1000;

  /** For TLS 1.3, then those of 1.2 with forward secrecy and authenticated encryption. */
  private static final List<String> CIPHERS =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private final TlsChoice choice;
  private final LongSupplier clock;
  private List<String> seen;
  private long lookedAtMs;
  private Loaded loaded;

  /**
   * What was loaded together.
   *
   * @param trust null: no authorities were named
   */
  record Loaded(
      X509ExtendedKeyManager keys, @Nullable X509ExtendedTrustManager trust, SslContext context) {}

  private Credentials(TlsChoice choice, LongSupplier clock) throws IOException {
    this.choice = choice;
    this.clock = clock;
    this.seen = look();
    this.lookedAtMs = clock.getAsLong();
    this.loaded = load();
  }

  /**
   * Reads the files.
   *
   * @param clock milliseconds, never going back
   * @throws IOException where they cannot be used; the message says which, and why
   */
  public static Credentials load(TlsChoice choice, LongSupplier clock) throws IOException {
    return new Credentials(choice, clock);
  }

  /** For the next connection of a client. */
  public SslContext context() {
    return current().context();
  }

  /** Shows this server's certificate to the other servers of its group. */
  public X509ExtendedKeyManager keysForPeers() {
    return new CurrentKeys(() -> current().keys());
  }

  /** Trusts the other servers of its group, and nobody else: no client's certificate will do. */
  public X509ExtendedTrustManager trustInPeers() {
    return trust(true);
  }

  /** Trusts clients that show a certificate; not to be asked where {@link #clients} says so. */
  public X509ExtendedTrustManager trustInClients() {
    return trust(false);
  }

  private X509ExtendedTrustManager trust(boolean serversOnly) {
    return new CurrentTrust(
        () -> Objects.requireNonNull(current().trust(), "no authorities"), serversOnly);
  }

  /** Whether clients show a certificate. */
  public TlsChoice.Clients clients() {
    return choice.clients();
  }

  /** The versions of TLS that are spoken. */
  public List<String> protocols() {
    return switch (choice.minimum()) {
      case TLS_1_2 -> List.of("TLSv1.3", "TLSv1.2");
      case TLS_1_3 -> List.of("TLSv1.3");
    };
  }

  synchronized Loaded current() {
    long nowMs = clock.getAsLong();
    if (nowMs - lookedAtMs >= LOOK_EVERY_MS) {
      lookedAtMs = nowMs;
      List<String> now = look();
      if (!now.equals(seen)) {
        seen = now;
        reload();
      }
    }
    return loaded;
  }

  private void reload() {
    try {
      loaded = load();
      LOG.info("the certificate in {} is used from now on", choice.certificate());
    } catch (IOException e) {
      LOG.error("the certificate of before stays in use: {}", e.getMessage());
    }
  }

  private Loaded load() throws IOException {
    X509ExtendedKeyManager keys = Managers.keys(choice.certificate(), choice.key());
    Path authorities = choice.authorities();
    X509ExtendedTrustManager trust = authorities == null ? null : Managers.trust(authorities);
    return new Loaded(keys, trust, context(keys, trust));
  }

  private SslContext context(X509ExtendedKeyManager keys, @Nullable X509ExtendedTrustManager trust)
      throws IOException {
    SslContextBuilder builder =
        SslContextBuilder.forServer(keys)
            .sslProvider(SslProvider.JDK)
            .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
            .protocols(protocols())
            .clientAuth(
                switch (choice.clients()) {
                  case UNASKED -> ClientAuth.NONE;
                  case OPTIONAL -> ClientAuth.OPTIONAL;
                  case REQUIRED -> ClientAuth.REQUIRE;
                });
    if (trust != null) {
      builder.trustManager(trust);
    }
    return builder.build();
  }

  /** What tells one content of a file from the next, without reading it. */
  private List<String> look() {
    List<String> stamps = new ArrayList<>();
    Stream.of(choice.certificate(), choice.key(), choice.authorities())
        .filter(Objects::nonNull)
        .forEach(file -> stamps.add(stamp(file)));
    return stamps;
  }

  private static String stamp(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
    } catch (IOException e) {
      // It is being replaced, perhaps; what comes then looks different.
      return "none";
    }
  }
}
