package mutirao.bench.load;

import java.util.function.Supplier;

/** Counts what is found wrong while a workload runs. Belongs to the loop's thread. */
final class Findings {
  private long duplicates;
  private long bad;
  private long failures;
  private String first = "";

  /** Something was answered a second time. */
  void duplicate(Supplier<String> what) {
    duplicates++;
    note(what);
  }

  /** Something was answered wrongly. */
  void bad(Supplier<String> what) {
    bad++;
    note(what);
  }

  /** A refusal or a broken connection. */
  void failure(String what) {
    failures++;
    note(() -> what);
  }

  /** True once the run cannot end well any more. */
  boolean hopeless() {
    return failures > 0;
  }

  /** What the first wrong thing was; empty where all is well. */
  String first() {
    return first;
  }

  Verdict verdict(long sent, long completed, long lost) {
    if (lost > 0) {
      note(() -> lost + " never answered");
    }
    return new Verdict(sent, completed, lost, duplicates, bad, failures, first);
  }

  private void note(Supplier<String> what) {
    if (first.isEmpty()) {
      first = what.get();
    }
  }
}
