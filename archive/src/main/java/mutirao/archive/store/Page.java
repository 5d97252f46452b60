package mutirao.archive.store;

import java.util.List;

/**
 * What was found, newest first. A page may have fewer rows than asked for, even none, and not be
 * the last: a search that takes long is answered in parts.
 *
 * @param before where the next page begins; 0: this is the last
 * @param gaps what is missing from the stretch of time that this page covers, newest first
 */
public record Page(List<Row> rows, long before, List<Gap> gaps) {
  public Page {
    rows = List.copyOf(rows);
    gaps = List.copyOf(gaps);
  }
}
