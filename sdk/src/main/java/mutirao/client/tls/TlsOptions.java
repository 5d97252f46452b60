package mutirao.client.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import mutirao.tls.Managers;
import org.jspecify.annotations.Nullable;

/**
 * TLS 1.3 to the server. Its certificate is always checked: who signed it, until when it counts,
 * and that it is about the host one connects to; there is no way to switch that off. The files are
 * PEM, and are read at each connection, so that a client that comes back uses what is there now.
 *
 * @param authorities whose signature is trusted; null: the authorities that the JVM brings
 * @param certificate shown to a server that asks for one, with what is between it and its
 *     authority; null: none
 * @param key its private key, PKCS#8 without a password
 */
public record TlsOptions(
    @Nullable Path authorities, @Nullable Path certificate, @Nullable Path key) {

  public TlsOptions {
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException("a certificate and its key go together");
    }
  }

  /** Trusts servers with certificates for the whole world, such as those of a website. */
  public static TlsOptions ofTheSystem() {
    return new TlsOptions(null, null, null);
  }

  /** Trusts servers whose certificates these authorities have signed, and no others. */
  public static TlsOptions trusting(Path authorities) {
    return new TlsOptions(authorities, null, null);
  }

  /** The same, with a certificate that says who this client is. */
  public TlsOptions showing(Path newCertificate, Path newKey) {
    return new TlsOptions(authorities, newCertificate, newKey);
  }

  /**
   * Reads all files, to find out now rather than at the first connection.
   *
   * @throws IOException where one cannot be used; the message says which, and why
   */
  public void check() throws IOException {
    context();
  }

  /**
   * Encrypts a connection that is there already.
   *
   * @param host as it was named, which the server's certificate must be about
   * @param timeoutMs bound for the server to answer
   * @throws IOException where the two do not agree; a {@link javax.net.ssl.SSLException} where it
   *     is about certificates
   */
  public SSLSocket over(Socket connected, String host, int port, int timeoutMs) throws IOException {
    SSLSocket socket =
        (SSLSocket) context().getSocketFactory().createSocket(connected, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3"});
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(timeoutMs);
    socket.startHandshake();
    socket.setSoTimeout(0);
    return socket;
  }

  private SSLContext context() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          certificate == null || key == null
              ? null
              : new KeyManager[] {Managers.keys(certificate, key)},
          new TrustManager[] {Managers.trust(authorities)},
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("this JVM cannot do TLS: " + e.getMessage(), e);
    }
  }
}
