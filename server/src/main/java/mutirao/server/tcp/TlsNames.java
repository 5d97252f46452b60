package mutirao.server.tcp;

import io.netty.handler.ssl.SslHandler;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import mutirao.tls.Names;
import org.jspecify.annotations.Nullable;

/** Who the other side of a handshake is, by its certificate. */
final class TlsNames {
  private TlsNames() {}

  /** The common name of the client's verified certificate; null where it showed none. */
  static @Nullable String of(SslHandler tls) {
    try {
      Certificate[] chain = tls.engine().getSession().getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate own
          ? Names.commonName(own)
          : null;
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }
}
