package mutirao.client.link;

import java.util.ArrayList;
import java.util.List;
import mutirao.protocol.Limits;

/** Where a server listens. */
public record ServerAddress(String host, int port) {
  private static final int MAX_PORT = 65_535;

  public ServerAddress {
    if (host.isBlank() || host.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException("'" + host + "' is no host");
    }
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("port " + port + " is not between 1 and " + MAX_PORT);
    }
  }

  /**
   * Reads {@code HOST}, {@code HOST:PORT} or {@code [IPV6]:PORT}, several divided by commas.
   *
   * @throws IllegalArgumentException where that cannot be read
   */
  public static List<ServerAddress> parseList(String text) {
    List<ServerAddress> addresses = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      addresses.add(parse(part.strip()));
    }
    return addresses;
  }

  private static ServerAddress parse(String text) {
    int hostEnd = text.startsWith("[") ? text.indexOf(']') + 1 : text.lastIndexOf(':');
    // Several colons and no brackets: an IPv6 address without a port.
    boolean bare = hostEnd < 0 || (text.indexOf(':') < hostEnd && !text.startsWith("["));
    if (bare) {
      return new ServerAddress(text, Limits.DEFAULT_PORT);
    }
    String host =
        text.startsWith("[") && hostEnd > 0
            ? text.substring(1, hostEnd - 1)
            : text.substring(0, hostEnd);
    String rest = text.substring(hostEnd);
    if (rest.isEmpty()) {
      return new ServerAddress(host, Limits.DEFAULT_PORT);
    }
    return new ServerAddress(host, port(rest, text));
  }

  private static int port(String rest, String whole) {
    try {
      if (rest.startsWith(":")) {
        return Integer.parseInt(rest.substring(1));
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + whole + "' has no port behind its colon", e);
    }
    throw new IllegalArgumentException("'" + whole + "' is no HOST:PORT");
  }

  /** {@code HOST:PORT}, with brackets around an IPv6 address. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
