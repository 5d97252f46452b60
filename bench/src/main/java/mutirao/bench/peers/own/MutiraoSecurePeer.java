package mutirao.bench.peers.own;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import mutirao.bench.peer.Events;
import mutirao.bench.peer.PeerOptions;
import mutirao.bench.peer.RunningServer;
import mutirao.bench.peer.Speaker;

/**
 * Our server in memory mode with TLS on its port and users: every connection is encrypted, checks
 * who the server is, and shows a token. Authority, certificate, users and tokens are made by the
 * server's own commands in the run's directory, and are gone with it.
 */
public final class MutiraoSecurePeer extends MutiraoPeer {
  private static final String ADMIN = "admin";
  private static final String SUBMITTER = "programs";
  private static final String WORKER = "workshop";
  private static final String KEYS = "keys";
  private static final String CERTIFICATE_AUTHORITY = "MUTIRAO_TLS_CA";

  /** More than any machine handles: the bound for one user is not what is measured. */
  private static final String NO_BOUND = "1000000";

  private static final int PASSWORD_BITS = 128;
  private static final int PASSWORD_RADIX = 36;

  private Caller submitter;
  private Caller worker;

  /** A server that is started from its jar; one that runs already has secrets of its own. */
  public MutiraoSecurePeer(PeerOptions options) {
    super(options);
    this.submitter = Caller.ANYBODY;
    this.worker = Caller.ANYBODY;
  }

  /** For tests, where users and tokens are there already. */
  MutiraoSecurePeer(PeerOptions options, Caller submitter, Caller worker) {
    super(options);
    this.submitter = submitter;
    this.worker = worker;
  }

  @Override
  public String name() {
    return "mutirao-secure";
  }

  @Override
  public Set<Ability> abilities() {
    return EnumSet.of(Ability.TASKS);
  }

  @Override
  public RunningServer start(Path directory) throws IOException {
    OwnJar jar = jar(directory);
    String password = new BigInteger(PASSWORD_BITS, new SecureRandom()).toString(PASSWORD_RADIX);
    jar.run(Map.of(), "certs", "ca", KEYS);
    jar.run(Map.of(), "certs", "server", KEYS, "server", "--host", "localhost,127.0.0.1");
    Path authority = directory.toAbsolutePath().resolve(KEYS).resolve("ca.pem");
    List<String> more = new ArrayList<>(OwnJar.IN_MEMORY);
    more.addAll(List.of("--tls-cert", KEYS + "/server.pem", "--tls-key", KEYS + "/server-key.pem"));
    more.addAll(List.of("--tls-ca", authority.toString(), "--admin", ADMIN));
    more.addAll(List.of("--max-submits", NO_BOUND));
    RunningServer server =
        jar.server(more, Map.of("MUTIRAO_ADMIN_PASSWORD", "x" + password), false);
    try {
      Map<String, String> environment =
          Map.of(
              "MUTIRAO_SERVER",
              "127.0.0.1:" + server.address().getPort(),
              "MUTIRAO_USER",
              ADMIN,
              "MUTIRAO_PASSWORD",
              "x" + password,
              CERTIFICATE_AUTHORITY,
              authority.toString());
      SSLContext tls = trusting(authority);
      submitter = caller(jar, environment, SUBMITTER, "member", tls);
      worker = caller(jar, environment, WORKER, "worker", tls);
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private static Caller caller(
      OwnJar jar, Map<String, String> environment, String user, String role, SSLContext tls)
      throws IOException {
    jar.run(environment, "user", "add", user, "--role", role, "--no-password");
    return new Caller(user, jar.run(environment, "token", "create", user), tls);
  }

  /** TLS with those alone whom one authority has signed. */
  static SSLContext trusting(Path authority) throws IOException {
    try (InputStream pem = Files.newInputStream(authority)) {
      KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
      known.load(null, null);
      known.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(known);
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  @Override
  public Speaker.Submitter submitter(int id, String session, Events.Tasks events) {
    return new MutiraoTasks.Submitter(id, submitter, session, events);
  }

  @Override
  public Speaker worker(int id, int slots, String session, Events events) {
    return new MutiraoTasks.Worker(id, slots, worker, session, false, events);
  }
}
