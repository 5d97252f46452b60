package mutirao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoWorker;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Home, workers, the cluster, the theatre. */
class OtherPagesTest extends PageTestCase {
  private MutiraoClient ana;

  @Override
  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    super.open(folder);
    stand.worker("forno");
    ana = stand.client("ana");
  }

  @Test
  void homeShowsWhatGoesOnAndDrawsIt() {
    ana.call("sum", Map.of("numbers", List.of(1, 2)));
    Page page = at("/");

    assertThat(page.locator("[data-tile=slots]")).containsText("2 free");
    assertThat(page.locator(".leader")).containsText("node-1");
    assertThat(page.locator(".chart canvas")).hasCount(3);
  }

  @Test
  void workersComeAndAreLetGo() {
    Page page = at("/workers");
    assertThat(page.locator(".worker")).hasCount(1);
    MutiraoWorker torno = stand.worker("torno");
    assertThat(page.locator(".worker")).hasCount(2);

    page.locator(".worker", new Page.LocatorOptions().setHasText("torno"))
        .locator("button")
        .click();
    page.locator("dialog .main").click();

    assertThat(page.locator(".draining-badge").last()).not().isEmpty();
    torno.close();
    assertThat(page.locator(".worker")).hasCount(1);
  }

  @Test
  void theClusterIsOneServer() {
    Page page = at("/cluster");

    assertThat(page.locator(".table tbody tr")).hasCount(1);
    assertThat(page.locator(".server-leader")).isVisible();
    assertThat(page.locator(".quorum")).containsText("alone");
  }

  @Test
  void theTheatreShowsWhatHappensAndTellsItInWords() {
    Page page = at("/theatre");
    assertThat(page.locator(".stage-server.leads")).hasCount(1);
    assertThat(page.locator(".stage-worker")).hasCount(1);
    page.locator(".told-holder summary").click();

    ana.call("sum", Map.of("numbers", List.of(1, 2)));

    assertThat(page.locator(".told")).containsText("ana hands in sum.");
    assertThat(page.locator(".told")).containsText("forno has done sum for ana.");
    assertThat(page.locator(".stage-client")).not().hasCount(0);
    assertThat(page.locator(".log-cell.committed").first()).isAttached();
  }

  @Test
  void theTheatreStandsStillWhenAskedTo() {
    Page page = visitor.window(wishes -> wishes.setReducedMotion(ReducedMotion.REDUCE));
    page.navigate("/theatre");
    Visitor.seen(page, ".stage-server");
    page.locator(".theatre-bar button").first().click();
    ana.call("sum", Map.of("numbers", List.of(1, 2)));
    LocatorAssertions cells = assertThat(page.locator(".log-cell"));
    cells.hasCount(0);

    page.locator(".theatre-bar button").first().click();

    cells.not().hasCount(0);
  }

  /** Keeps what moves: how many animations run at once, how often one thing changes its place. */
  private static final String WATCH =
      """
      () => {
        const seen = (window.seen = {animations: 0, steps: 0, rings: 0});
        const steps = new Map();
        new MutationObserver((changes) => {
          for (const {target} of changes) {
            if (target.matches(".token")) {
              steps.set(target, (steps.get(target) ?? 0) + 1);
              seen.steps = Math.max(seen.steps, steps.get(target));
            }
          }
        }).observe(document.body, {subtree: true, attributes: true, attributeFilter: ["transform"]});
        const look = () => {
          seen.animations = Math.max(seen.animations, document.getAnimations().length);
          seen.rings = Math.max(seen.rings, document.querySelectorAll(".ring").length);
          requestAnimationFrame(look);
        };
        look();
      }
      """;

  /** From client to server, to worker, and back: each way is one step, not a glide. */
  private static final int STEPS_WITHOUT_GLIDING = 6;

  @ParameterizedTest
  @EnumSource(
      value = ReducedMotion.class,
      names = {"REDUCE", "NO_PREFERENCE"})
  void theTheatreMovesOnlyForThoseWhoLikeIt(ReducedMotion wish) {
    Page page = visitor.window(wishes -> wishes.setReducedMotion(wish));
    page.navigate("/theatre");
    assertThat(page.locator(".stage-worker")).hasCount(1);
    page.locator(".told-holder summary").click();
    page.evaluate(WATCH);

    ana.call("sum", Map.of("numbers", List.of(1, 2)));

    // What is to be seen is seen either way.
    assertThat(page.locator(".told")).containsText("forno has done sum for ana.");
    assertThat(page.locator(".log-cell.committed").first()).isAttached();
    page.waitForCondition(() -> (Boolean) page.evaluate("seen.rings > 0"));
    if (wish == ReducedMotion.REDUCE) {
      assertEquals(0, page.evaluate("seen.animations"));
      assertTrue((Integer) page.evaluate("seen.steps") <= STEPS_WITHOUT_GLIDING);
    } else {
      page.waitForCondition(
          () ->
              (Boolean)
                  page.evaluate("seen.animations > 0 && seen.steps > " + STEPS_WITHOUT_GLIDING));
    }
  }

  @Test
  void aServerOfADemonstrationIsKilledAfterAsking() throws Exception {
    Page page = at("/theatre");
    page.locator(".stage-control .danger").click();
    page.locator("dialog .danger").click();

    assertEquals("kill node-1", stand.asked.poll(15, TimeUnit.SECONDS));
  }
}
