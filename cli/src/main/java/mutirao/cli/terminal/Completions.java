package mutirao.cli.terminal;

import java.util.Collection;
import java.util.List;

/** What may stand at a place in a line that is being typed. */
@FunctionalInterface
public interface Completions {

  /** Nothing. */
  Completions NONE = _ -> List.of();

  /**
   * The words that may stand where the last one of {@code words} is being typed; those that do not
   * begin like it are left out by the caller.
   *
   * @param words the words so far, at least one, the last one unfinished and perhaps empty
   */
  Collection<String> at(List<String> words);
}
