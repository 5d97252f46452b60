package mutirao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Three real servers, of which the page's buttons kill one after the other. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailoverTest {
  /** A server takes a while to find out that nobody confirms. */
  private static final LocatorAssertions.ContainsTextOptions IN_TIME =
      new LocatorAssertions.ContainsTextOptions().setTimeout(30_000);

  /** Who was cut off keeps its tasks for a while, and others wait for it. */
  private static final LocatorAssertions.HasTextOptions WHEN_WORKERS_ARE_BACK =
      new LocatorAssertions.HasTextOptions().setTimeout(60_000);

  /** A JVM that starts beside all else on two cores. */
  private static final LocatorAssertions.HasClassOptions AFTER_A_START =
      new LocatorAssertions.HasClassOptions().setTimeout(60_000);

  /** Captions follow one another: those that were to be seen stand beside the present one. */
  private static final String KEEP_CAPTIONS =
      """
      () => {
        const caption = document.querySelector(".caption");
        const keep = () => { caption.dataset.seen += " " + caption.dataset.concept; };
        new MutationObserver(keep).observe(caption, {attributeFilter: ["data-concept"]});
      }
      """;

  private static final String FORGET_CAPTIONS =
      "() => { document.querySelector('.caption').dataset.seen = ''; }";

  private Town town;
  private Visitor visitor;

  @BeforeAll
  void open() throws Exception {
    town = new Town();
    visitor = new Visitor(town.address());
  }

  @AfterAll
  void close() throws Exception {
    visitor.close();
    town.close();
  }

  private static Locator server(Page page, String node) {
    return page.locator(".stage-server", new Page.LocatorOptions().setHasText(node));
  }

  private static Locator control(Page page, String node) {
    return page.locator(".stage-control", new Page.LocatorOptions().setHasText(node));
  }

  private static void kill(Page page, String node) {
    control(page, node).locator("button.danger").click();
    page.locator("dialog .danger").click();
    assertThat(server(page, node)).hasClass(Visitor.word("gone"));
    assertThat(page.locator(".told")).containsText(node + " is gone.");
  }

  private static void start(Page page, String node) {
    control(page, node).locator("button").click();
    assertThat(server(page, node)).not().hasClass(Visitor.word("gone"), AFTER_A_START);
    assertThat(page.locator(".told")).containsText(node + " is back");
  }

  private static String leader(Page page) {
    return Visitor.seen(page, ".stage-server.leads .server-name").textContent();
  }

  @Test
  void failoverIsSeenInTheTheatre() {
    Page page = visitor.window();
    page.navigate("/theatre");
    page.locator(".told-holder summary").click();
    page.evaluate(KEEP_CAPTIONS);

    // The page comes through whichever server is first: each of them is killed, that one, too.
    for (String node : List.of("n1", "n2", "n3")) {
      page.evaluate(FORGET_CAPTIONS);
      boolean led = leader(page).equals(node);
      kill(page, node);
      if (led) {
        // On two cores another server may have been elected between the look and the kill.
        assertThat(page.locator(".caption")).hasAttribute("data-seen", Visitor.word("election"));
      }
      assertThat(page.locator(".stream.live")).isVisible();
      assertThat(page.locator(".stage-server.leads")).hasCount(1);
      assertThat(page.locator(".log-cell.committed").first()).isAttached();
      start(page, node);
    }

    assertEquals(List.of(), visitor.complaints());
  }

  @Test
  void withoutAMajorityThePageSaysSoAndNothingIsAccepted() {
    Page page = visitor.window();
    page.navigate("/theatre");
    page.locator(".told-holder summary").click();
    Page other = visitor.window(wishes -> wishes.setLocale("pt-BR"));
    other.navigate("/tasks/new");
    submit(other);
    assertThat(other.locator(".card-result")).hasText("100", WHEN_WORKERS_ARE_BACK);

    // The page comes through the first of them, and the second, and is with the last one then.
    kill(page, "n1");
    // Nobody is killed while nobody leads.
    assertThat(page.locator(".stage-server.leads")).hasCount(1);
    kill(page, "n2");

    assertThat(page.locator(".leader.bad")).containsText("no server leads", IN_TIME);
    assertThat(page.locator(".caption")).hasAttribute("data-concept", "no_quorum");
    assertThat(other.locator(".leader.bad")).containsText("nenhum servidor lidera", IN_TIME);
    submit(other);
    assertThat(other.locator("main .failure")).containsText("confirmar", IN_TIME);
    assertThat(other.locator(".task-card")).hasCount(1);

    start(page, "n1");

    assertThat(page.locator(".leader")).containsText(" leads", IN_TIME);
    submit(other);
    assertThat(other.locator(".card-result").first()).hasText("100", WHEN_WORKERS_ARE_BACK);
    start(page, "n2");
    assertThat(page.locator(".caption")).not().hasAttribute("data-concept", "no_quorum");
    assertEquals(List.of(), visitor.complaints());
  }

  private static void submit(Page page) {
    page.locator("#params").fill("10 20 30 40");
    page.locator("form button[type=submit]").click();
  }

  @Test
  void theClusterPageTellsOfElectionsAndHandsOver() {
    Page page = visitor.window();
    page.navigate("/cluster");
    // What the page says instead, where it does.
    assertThat(page.locator("main")).containsText("n3", IN_TIME);
    assertThat(page.locator(".table tbody tr")).hasCount(3);
    Locator follower =
        page.locator(".table tbody tr")
            .filter(new Locator.FilterOptions().setHas(page.locator("button")))
            .first();
    String node = follower.locator("th").textContent();

    follower.locator("button").click();
    page.locator("dialog .main").click();

    assertThat(page.locator(".elections li").first()).containsText(node);
    assertThat(page.locator(".leader")).containsText(node + " leads");
    assertThat(page.locator(".quorum")).containsText("3 of 3");
  }
}
