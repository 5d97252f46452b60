package mutirao.chaos.fault;

import java.util.ArrayList;
import java.util.List;

/** Lets no process outlive the one that started it, however that one ends. */
final class Leash {
  /** Becomes the program; a shell beside it kills it when standard input ends. */
  private static final List<String> SHELL =
      List.of(
          "sh",
          "-c",
          "exec 3<&0; { cat <&3; kill -9 $$; } >/dev/null 2>&1 & exec \"$@\" 3<&- </dev/null",
          "leash");

  private Leash() {}

  static List<String> on(List<String> command) {
    List<String> all = new ArrayList<>(SHELL);
    all.addAll(command);
    return all;
  }
}
