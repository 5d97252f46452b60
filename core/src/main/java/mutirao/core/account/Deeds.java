package mutirao.core.account;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import mutirao.core.Limits;

/**
 * The records, oldest first. What strangers bring about has a bound of its own, so that no flood of
 * failed logins pushes out what users did.
 */
final class Deeds {
  private final ArrayDeque<Deed> deeds = new ArrayDeque<>(0);
  private int strangers;

  void add(Deed deed) {
    deeds.addLast(deed);
    if (deed.ofStranger()) {
      if (++strangers > Limits.MAX_FAILED_LOGINS) {
        strangers--;
        removeFirst(true);
      }
    } else if (deeds.size() - strangers > Limits.MAX_DEEDS) {
      removeFirst(false);
    }
  }

  private void removeFirst(boolean ofStranger) {
    Iterator<Deed> oldest = deeds.iterator();
    while (oldest.next().ofStranger() != ofStranger) {
      // Of the other kind: it stays.
    }
    oldest.remove();
  }

  List<Deed> all() {
    return List.copyOf(deeds);
  }
}
