package mutirao.web;

import io.javalin.config.JettyConfig;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import mutirao.server.ServerConfig;
import mutirao.server.tcp.Addresses;
import mutirao.server.tls.Credentials;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** The sockets of the web port: where, how many, how encrypted. */
final class Jetty {
  private static final int BACKLOG = 1024;
  private static final int IDLE_MS = 60_000;
  private static final int MAX_HEADER_BYTES = 16 * 1024;

  private final WebConfig config;
  private final ServerConfig bounds;
  private final Addresses addresses;
  private final @Nullable Credentials credentials;

  /**
   * Sockets.
   *
   * @param bounds how much of them anybody may have
   */
  Jetty(
      WebConfig config,
      ServerConfig bounds,
      Addresses addresses,
      @Nullable Credentials credentials) {
    this.config = config;
    this.bounds = bounds;
    this.addresses = addresses;
    this.credentials = credentials;
  }

  void configure(JettyConfig jetty) {
    jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          http.setSendDateHeader(true);
          http.setRequestHeaderSize(MAX_HEADER_BYTES);
        });
    jetty.modifyServer(server -> server.setErrorHandler(new BrokenRequests()));
    // Sessions of the library's own, which an upgrade makes one of, are nobody's business.
    jetty.modifyServletContextHandler(
        context -> context.getSessionHandler().setUsingCookies(false));
    jetty.addConnector(this::connector);
  }

  private Connector connector(Server server, HttpConfiguration http) {
    ServerConnector connector =
        credentials == null
            ? new ServerConnector(server, 1, 1, new HttpConnectionFactory(http))
            : encrypted(server, http, credentials);
    connector.setHost(config.bind());
    connector.setPort(config.webPort());
    connector.setAcceptQueueSize(BACKLOG);
    connector.setIdleTimeout(IDLE_MS);
    Door door = new Door(bounds, addresses, connector.getScheduler());
    connector.getSelectorManager().addEventListener(door);
    connector.getConnectionFactory(HttpConnectionFactory.class).addEventListener(door);
    return connector;
  }

  private static ServerConnector encrypted(
      Server server, HttpConfiguration http, Credentials credentials) {
    HttpConfiguration secure = new HttpConfiguration(http);
    // The name by which somebody calls is the guard's business, and certificates are for addresses
    // too.
    secure.addCustomizer(new SecureRequestCustomizer(false));
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setSslContext(context(credentials));
    tls.setIncludeProtocols(credentials.protocols().toArray(String[]::new));
    switch (credentials.clients()) {
      case UNASKED -> {}
      case OPTIONAL -> tls.setWantClientAuth(true);
      case REQUIRED -> tls.setNeedClientAuth(true);
    }
    return new ServerConnector(
        server,
        1,
        1,
        new SslConnectionFactory(tls, HttpVersion.HTTP_1_1.asString()),
        new HttpConnectionFactory(secure));
  }

  private static SSLContext context(Credentials credentials) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {credentials.keysForPeers()},
          new TrustManager[] {credentials.trustInClients()},
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no TLS", e);
    }
  }

  InetSocketAddress address(int port) {
    return new InetSocketAddress(config.bind(), port);
  }

  /** Why it does not listen, without what the libraries say around it. */
  static String reason(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException || cause.getCause() == null) {
        return String.valueOf(cause.getMessage());
      }
    }
    return String.valueOf(failure.getMessage());
  }
}
