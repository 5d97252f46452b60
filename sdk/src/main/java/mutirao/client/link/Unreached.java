package mutirao.client.link;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import mutirao.client.MutiraoException;
import org.jspecify.annotations.Nullable;

/** Why no connection came about, told apart as far as somebody can do something about it. */
final class Unreached {
  /** What a server says in TLS about the certificate of a client. */
  private static final List<String> REFUSALS =
      List.of("certificate", "unknown_ca", "access_denied", "decrypt_error");

  private static final String ALERT = "Received fatal alert: ";

  private Unreached() {}

  /** The exception for a server that was tried; {@code cause} is what the sockets said. */
  static MutiraoException of(ServerAddress server, String why, @Nullable Throwable cause) {
    String code = code(cause);
    String message =
        switch (code) {
          case MutiraoException.TLS_EXPIRED ->
              "the certificate of " + server + " has expired, or does not count yet";
          case MutiraoException.TLS_WRONG_HOST ->
              "the certificate of " + server + " is for another host";
          case MutiraoException.TLS_UNTRUSTED ->
              "the certificate of " + server + " is signed by nobody who is trusted";
          case MutiraoException.TLS_REFUSED ->
              server + " wants a client's certificate that it trusts";
          case MutiraoException.TLS_FAILED -> server + " does not speak TLS 1.3";
          default -> server + " cannot be reached";
        };
    return new MutiraoException(code, message + ": " + why, true, cause);
  }

  private static String code(@Nullable Throwable failure) {
    if (causes(failure).noneMatch(SSLException.class::isInstance)) {
      return MutiraoException.UNREACHABLE;
    }
    if (is(failure, CertificateExpiredException.class::isInstance)
        || is(failure, CertificateNotYetValidException.class::isInstance)) {
      return MutiraoException.TLS_EXPIRED;
    }
    if (is(failure, CertPathBuilderException.class::isInstance)
        || is(failure, CertPathValidatorException.class::isInstance)) {
      return MutiraoException.TLS_UNTRUSTED;
    }
    // The JDK has no type of its own for it; what is wrong with a use or a chain is a subtype.
    if (is(failure, cause -> cause.getClass() == CertificateException.class)) {
      return MutiraoException.TLS_WRONG_HOST;
    }
    if (is(failure, CertificateException.class::isInstance)) {
      return MutiraoException.TLS_UNTRUSTED;
    }
    return is(failure, Unreached::refuses)
        ? MutiraoException.TLS_REFUSED
        : MutiraoException.TLS_FAILED;
  }

  private static boolean refuses(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    int alert = message.indexOf(ALERT);
    return alert >= 0
        && REFUSALS.stream().anyMatch(message.substring(alert + ALERT.length())::contains);
  }

  private static boolean is(@Nullable Throwable failure, Predicate<Throwable> wanted) {
    return causes(failure).anyMatch(wanted);
  }

  private static Stream<Throwable> causes(@Nullable Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }
}
