package mutirao.server.story;

import java.util.List;
import mutirao.server.story.wire.Wire;
import org.jspecify.annotations.Nullable;

/** Plays a story over a wire and compares what is heard with what it says. */
public final class StoryRunner {
  private final Story story;
  private final Performance performance;

  private StoryRunner(Story story, Performance performance) {
    this.story = story;
    this.performance = performance;
  }

  /**
   * Plays {@code story}; in the end nobody may have heard more than it says.
   *
   * @throws AssertionError where it goes differently
   */
  public static void run(Story story, Wire wire, Witness witness) {
    StoryRunner runner = new StoryRunner(story, new Performance(wire, witness));
    story.scenes().forEach(runner::play);
    runner.end();
  }

  private void play(Story.Scene scene) {
    try {
      switch (scene.step()) {
        case Step.Hears hears -> hear(hears.who(), hears.template());
        case Step.HearsNothing nothing ->
            expect(nothing.who(), Wire.NOTHING, performance.now(nothing.who()));
        case Step.IsClosed closed ->
            expect(closed.who(), Wire.CLOSED, performance.next(closed.who()));
        case Step action -> performance.act(action);
      }
    } catch (AssertionError | IllegalArgumentException | IllegalStateException e) {
      throw new AssertionError(story.at(scene) + ": " + e.getMessage(), e);
    }
  }

  private void hear(String who, String expected) {
    String heard = performance.next(who);
    @Nullable String mismatch = performance.mismatch(expected, heard);
    if (mismatch != null) {
      throw new AssertionError(
          who
              + " heard something else: "
              + mismatch
              + "\nexpected "
              + expected
              + "\nheard    "
              + heard);
    }
  }

  private static void expect(String who, String expected, String heard) {
    if (!heard.equals(expected)) {
      throw new AssertionError(who + " expected " + expected + ", but heard " + heard);
    }
  }

  private void end() {
    for (String who : List.copyOf(performance.connected())) {
      String heard = performance.now(who);
      if (!heard.equals(Wire.NOTHING)) {
        throw new AssertionError(
            story.name() + ": the story ends, but " + who + " also heard " + heard);
      }
    }
  }
}
