package mutirao.cli.text;

import java.time.Duration;
import mutirao.server.Storage;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How option values are read; what cannot be read the root command reports. */
public final class Converters {
  private Converters() {}

  /** {@code 500ms}, {@code 30s}, {@code 5m}. */
  public static final class OfDuration implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      return Quantities.duration(value).orElseThrow(() -> new TypeConversionException(value));
    }
  }

  /** {@code majority} or {@code none}. */
  public static final class OfSync implements ITypeConverter<Storage.Sync> {
    @Override
    public Storage.Sync convert(String value) {
      return switch (value) {
        case "majority" -> Storage.Sync.MAJORITY;
        case "none" -> Storage.Sync.NONE;
        default -> throw new TypeConversionException(value);
      };
    }
  }

  /** {@code 64KiB}, {@code 8MiB}. */
  public static final class OfBytes implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      return Quantities.bytes(value).orElseThrow(() -> new TypeConversionException(value));
    }
  }
}
