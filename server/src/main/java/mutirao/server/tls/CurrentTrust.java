package mutirao.server.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts those that the authorities of now have signed: all of them, or servers alone. The same
 * authorities sign certificates of clients, which must not write into the log: whoever connects to
 * a server's port for servers has to be one by its certificate (extended key usage {@code
 * serverAuth}).
 */
final class CurrentTrust extends X509ExtendedTrustManager {
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";

  private final Supplier<X509ExtendedTrustManager> current;
  private final boolean serversOnly;

  CurrentTrust(Supplier<X509ExtendedTrustManager> current, boolean serversOnly) {
    this.current = current;
    this.serversOnly = serversOnly;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    current.get().checkClientTrusted(chain, type, engine);
    checkServer(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    current.get().checkClientTrusted(chain, type, socket);
    checkServer(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    current.get().checkClientTrusted(chain, type);
    checkServer(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    current.get().checkServerTrusted(chain, type, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    current.get().checkServerTrusted(chain, type, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    current.get().checkServerTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return current.get().getAcceptedIssuers();
  }

  private void checkServer(X509Certificate[] chain) throws CertificateException {
    if (!serversOnly) {
      return;
    }
    List<String> usage = chain[0].getExtendedKeyUsage();
    if (usage == null || !usage.contains(SERVER)) {
      throw new CertificateException("this is not the certificate of a server");
    }
  }
}
