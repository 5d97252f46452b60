package mutirao.cli.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import mutirao.cli.text.Converters;
import mutirao.client.ClientOptions;
import mutirao.client.tls.TlsOptions;
import mutirao.server.tls.EdgeChoice;
import mutirao.server.tls.TlsChoice;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a server's operator chooses for strangers: TLS, and bounds before anybody is known. */
public final class ServerTls {
  @Option(names = "--tls-cert", paramLabel = "FILE")
  private @Nullable Path certificate;

  @Option(names = "--tls-key", paramLabel = "FILE")
  private @Nullable Path key;

  @Option(names = "--tls-ca", paramLabel = "FILE")
  private @Nullable Path authorities;

  @Option(names = "--tls-client", paramLabel = "WHEN", converter = OfClients.class)
  private TlsChoice.@Nullable Clients clients;

  @Option(names = "--tls-min", paramLabel = "1.2|1.3", converter = OfVersion.class)
  private TlsChoice.Version minimum = TlsChoice.Version.TLS_1_3;

  @Option(names = "--max-connections-per-address", paramLabel = "N")
  private int maxPerAddress = EdgeChoice.DEFAULT.maxConnectionsPerAddress();

  @Option(names = "--frame-timeout", paramLabel = "TIME", converter = Converters.OfDuration.class)
  private Duration frameTimeout = Duration.ofMillis(EdgeChoice.DEFAULT.frameTimeoutMs());

  /** {@code optional} or {@code required}. */
  static final class OfClients implements ITypeConverter<TlsChoice.Clients> {
    @Override
    public TlsChoice.Clients convert(String value) {
      return switch (value) {
        case "optional" -> TlsChoice.Clients.OPTIONAL;
        case "required" -> TlsChoice.Clients.REQUIRED;
        default -> throw new TypeConversionException(value);
      };
    }
  }

  /** {@code 1.2} or {@code 1.3}. */
  static final class OfVersion implements ITypeConverter<TlsChoice.Version> {
    @Override
    public TlsChoice.Version convert(String value) {
      return switch (value) {
        case "1.2" -> TlsChoice.Version.TLS_1_2;
        case "1.3" -> TlsChoice.Version.TLS_1_3;
        default -> throw new TypeConversionException(value);
      };
    }
  }

  /**
   * All of it.
   *
   * @throws IllegalArgumentException where it does not fit together
   */
  public EdgeChoice edge() {
    return new EdgeChoice(maxPerAddress, frameTimeout.toMillis(), tls());
  }

  /** Lets a client of this server's own be seen as this server. */
  public ClientOptions.Builder as(ClientOptions.Builder client) {
    TlsChoice tls = tls();
    return tls == null
        ? client
        : client.tls(new TlsOptions(tls.authorities(), tls.certificate(), tls.key()));
  }

  private @Nullable TlsChoice tls() {
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException("tls-cert and tls-key go together");
    }
    if (certificate == null) {
      if (authorities != null || clients != null) {
        throw new IllegalArgumentException("tls-ca and tls-client need tls-cert");
      }
      return null;
    }
    TlsChoice usual = TlsChoice.of(certificate, Objects.requireNonNull(key), authorities);
    return new TlsChoice(
        usual.certificate(),
        usual.key(),
        usual.authorities(),
        clients == null ? usual.clients() : clients,
        minimum);
  }
}
