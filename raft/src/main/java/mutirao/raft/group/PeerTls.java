package mutirao.raft.group;

import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslProvider;
import org.jspecify.annotations.Nullable;

/**
 * How the servers of a group prove to one another who they are: each end of each connection shows
 * its certificate, and TLS 1.3 is spoken alone. Ratis keeps what it is given; where the managers
 * ask for the keys of now, so does every new connection.
 *
 * @param keys shows this server's certificate
 * @param trust says whose it believes; names of hosts are checked by whoever connects
 */
public record PeerTls(X509ExtendedKeyManager keys, X509ExtendedTrustManager trust) {

  /** The same for Ratis; null: nothing is encrypted. */
  public static Parameters parameters(@Nullable PeerTls tls) {
    Parameters parameters = new Parameters();
    if (tls != null) {
      GrpcConfigKeys.TLS.setConf(
          parameters,
          GrpcTlsConfig.newBuilder()
              .setKeyManager(tls.keys)
              .setTrustManager(tls.trust)
              .setMutualTls(true)
              // The one in the JDK, which asks the managers at each handshake.
              .setSslProvider(SslProvider.JDK)
              .setProtocols("TLSv1.3")
              .build());
    }
    return parameters;
  }
}
