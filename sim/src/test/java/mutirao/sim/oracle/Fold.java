package mutirao.sim.oracle;

import java.text.Normalizer;
import java.util.Locale;

/** How names are compared, written down independently of the product. */
final class Fold {

  private Fold() {}

  static String key(String name) {
    String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
    return composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  static boolean same(String a, String b) {
    return a.equals(b) || key(a).equals(key(b));
  }
}
