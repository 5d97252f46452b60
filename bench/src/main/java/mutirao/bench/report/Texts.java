package mutirao.bench.report;

import java.text.MessageFormat;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** What people read, in their language. Thread-safe. */
public final class Texts {
  /** The resource bundle, which the command line's help uses too. */
  public static final String BUNDLE = "mutirao.bench.messages";

  private final Locale locale;
  private final ResourceBundle bundle;

  /** Texts for a language; English where there are none. */
  public Texts(Locale locale) {
    this.locale = locale;
    this.bundle =
        ResourceBundle.getBundle(
            BUNDLE,
            locale,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_DEFAULT));
  }

  /** The text {@code key} with its arguments put in. */
  public String get(String key, Object... arguments) {
    return new MessageFormat(bundle.getString(key), locale).format(arguments);
  }

  /** A number with a fixed count of decimals; a dash for NaN. */
  public String number(double value, int decimals) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return "–";
    }
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(decimals);
    return format.format(value);
  }

  /** Median and ends. */
  public String spread(Spread spread, int decimals) {
    if (spread.count() == 0) {
      return "–";
    }
    String median = number(spread.median(), decimals);
    return spread.count() == 1
        ? median
        : median
            + " ["
            + number(spread.min(), decimals)
            + "–"
            + number(spread.max(), decimals)
            + "]";
  }
}
