package mutirao.cli.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import mutirao.client.tls.TlsOptions;
import mutirao.server.tls.TlsChoice;
import mutirao.tls.Managers;
import org.jspecify.annotations.Nullable;

/** An authority in a folder of the test's, and what it signed. */
final class Lab {
  private static final Duration VALID = Duration.ofDays(1);
  private static final int PATIENCE_MS = 20_000;

  private final Path folder;
  private final Authority authority;
  private int changes;

  private Lab(Path folder) throws IOException {
    this.folder = folder;
    this.authority = Authority.create(folder, VALID);
  }

  /** A new authority. */
  static Lab in(Path folder) throws IOException {
    return new Lab(folder);
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  Path authorities() {
    return file(Authority.CERTIFICATE);
  }

  /** A server on this machine. */
  Lab server(String name) throws IOException {
    authority.issue(Authority.Kind.SERVER, name, List.of("localhost", "127.0.0.1"), VALID);
    return this;
  }

  Lab server(String name, String host) throws IOException {
    authority.issue(Authority.Kind.SERVER, name, List.of(host), VALID);
    return this;
  }

  /** A server whose certificate was valid for a day, a year ago. */
  Lab expired(String name) throws IOException {
    Instant then = Instant.now().minus(Duration.ofDays(365));
    authority.issue(Authority.Kind.SERVER, name, List.of("localhost", "127.0.0.1"), then, VALID);
    return this;
  }

  Lab client(String name) throws IOException {
    authority.issue(Authority.Kind.CLIENT, name, List.of(), VALID);
    return this;
  }

  Lab expiredClient(String name) throws IOException {
    Instant then = Instant.now().minus(Duration.ofDays(365));
    authority.issue(Authority.Kind.CLIENT, name, List.of(), then, VALID);
    return this;
  }

  /** What a server with this certificate is started with. */
  TlsChoice choice(String name) {
    return TlsChoice.of(file(name + ".pem"), file(name + "-key.pem"), authorities());
  }

  TlsChoice choice(String name, TlsChoice.Clients clients, TlsChoice.Version minimum) {
    return new TlsChoice(
        file(name + ".pem"), file(name + "-key.pem"), authorities(), clients, minimum);
  }

  TlsOptions trust() {
    return TlsOptions.trusting(authorities());
  }

  TlsOptions as(String name) {
    return trust().showing(file(name + ".pem"), file(name + "-key.pem"));
  }

  /** Puts one certificate and its key where another was, as whoever renews them does. */
  void replace(String name, String by) throws IOException {
    for (String ending : List.of("-key.pem", ".pem")) {
      write(name + ending, Files.readAllBytes(file(by + ending)));
    }
  }

  /** Puts something else where a file was; the two never look the same. */
  void write(String name, byte[] content) throws IOException {
    Path fresh = file(name + ".new");
    Files.write(fresh, content);
    Files.setLastModifiedTime(fresh, FileTime.from(Instant.now().plusSeconds(++changes)));
    Files.move(fresh, file(name), StandardCopyOption.REPLACE_EXISTING);
  }

  /** A bare connection with exactly this version of TLS. */
  SSLSocket bare(int port, String version, @Nullable String name)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        name == null
            ? null
            : new KeyManager[] {Managers.keys(file(name + ".pem"), file(name + "-key.pem"))},
        new TrustManager[] {Managers.trust(authorities())},
        null);
    Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
    plain.setSoTimeout(PATIENCE_MS);
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", port, true);
    socket.setEnabledProtocols(new String[] {version});
    return socket;
  }
}
