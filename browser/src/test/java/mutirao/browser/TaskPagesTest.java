package mutirao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import mutirao.client.MutiraoClient;
import mutirao.client.TaskRequest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handing tasks in, watching them, ending them, running them again. */
class TaskPagesTest extends PageTestCase {
  private MutiraoClient ana;

  @Override
  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    super.open(folder);
    stand.worker("forno");
    ana = stand.client("ana");
  }

  @Test
  void addsNumbersToTheLastDigit() {
    Page page = at("/tasks/new");
    page.locator("#params").fill("0.1 0.2 9007199254740993");
    page.locator("form button[type=submit]").click();

    assertThat(page.locator(".card-result")).hasText("9007199254740993.3");
  }

  @Test
  void changesAText() {
    Page page = at("/tasks/new?operation=uppercase");
    page.locator("#params").fill("olá\n<b>mundo</b>");
    page.locator("form button[type=submit]").click();

    assertThat(page.locator(".card-result")).hasText("OLÁ\n<B>MUNDO</B>");
  }

  @Test
  void sendsNothingThatIsNotJson() {
    Page page = at("/tasks/new?operation=resize");
    page.locator("#params").fill("{\"a\":[1,2}");
    page.locator("form button[type=submit]").click();

    assertThat(page.locator(".field-hint .bad")).containsText("10");
    assertThat(page.locator("#params")).isFocused();
    assertThat(page.locator(".task-card")).hasCount(0);
  }

  @Test
  void followsATaskFromItsStartToItsEnd() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    stand.worker(
        "lento",
        Map.of(
            "wait",
            task -> {
              task.progress(40, "lendo");
              assertTrue(goOn.await(30, TimeUnit.SECONDS));
              return "pronto";
            }));
    String id = ana.submit(TaskRequest.of("wait")).id();
    Page page = at("/tasks/" + id);
    assertThat(page.locator(".task-body .progress")).containsText("lendo");
    assertThat(page.locator(".head .state")).hasAttribute("data-state", "running");

    goOn.countDown();

    assertThat(page.locator(".head .state")).hasAttribute("data-state", "done");
    assertThat(page.locator(".json pre").first()).hasText("\"pronto\"");
    assertThat(page.locator(".step-started")).containsText("lento");
  }

  @Test
  void cancelsAfterAskingAndRunsAgain() {
    String id = ana.submit(TaskRequest.of("never").params(Map.of("n", 1))).id();
    Page page = at("/tasks/" + id);
    page.locator(".head .danger").click();
    page.locator("dialog .actions button").first().click();
    assertThat(page.locator(".head .state")).hasAttribute("data-state", "queued");

    page.locator(".head .danger").click();
    page.locator("dialog .danger").click();
    assertThat(page.locator(".head .state")).hasAttribute("data-state", "cancelled");

    page.locator(".head .main").click();
    assertThat(page).not().hasURL(Pattern.compile(".*/tasks/" + id + "$"));
    assertThat(page.locator(".head .state")).hasAttribute("data-state", "queued");
  }

  @Test
  void narrowsTheListAndEndsManyAtOnce() {
    for (int i = 0; i < 3; i++) {
      ana.submit(TaskRequest.of("pile"));
    }
    // Answered, so all of them are there.
    assertFalse(ana.submit(TaskRequest.of("other-pile")).id().isEmpty());
    Page page = at("/tasks");
    page.locator("#filter-operation").fill("pile");
    page.locator("form .main").click();
    assertThat(page.locator(".tasks-table tbody tr")).hasCount(3);
    assertThat(page).hasURL(Pattern.compile(".*operation=pile$"));

    page.locator(".tasks-table thead input").check();
    page.locator(".bulk .danger").click();
    page.locator("dialog .danger").click();

    assertThat(page.locator(".tasks-table [data-state=cancelled]")).hasCount(3);
    assertEquals(1, ana.tasks("queued", 1, null).join().tasks().size());
  }

  @Test
  void showsNewTasksByItself() {
    Page page = at("/tasks?operation=fresh");
    assertThat(page.locator(".list-head")).not().isEmpty();

    String id = ana.submit(TaskRequest.of("fresh")).id();

    assertThat(page.locator(".tasks-table tbody th")).hasText(id);
  }

  @Test
  void goesBackPageByPage() {
    for (int i = 0; i < 60; i++) {
      assertFalse(ana.submit(TaskRequest.of("many")).id().isEmpty());
    }
    Page page = at("/tasks?operation=many");
    assertThat(page.locator(".tasks-table tbody tr")).hasCount(50);

    page.locator(".pages button").last().click();

    assertThat(page.locator(".tasks-table tbody tr")).hasCount(10);
    page.locator(".pages button").first().click();
    assertThat(page.locator(".tasks-table tbody tr")).hasCount(50);
  }

  @Test
  void showsHostileNamesAndResultsAsText() { // SEC-17
    String hostile = "<img src=x onerror=\"document.title='hit'\">\u202e\u0007";
    stand.worker("espelho", Map.of("mirror", task -> task.text("text")));
    String id = ana.submit(TaskRequest.of("mirror").params(Map.of("text", hostile))).id();
    Page page = at("/tasks/" + id);

    assertThat(page.locator(".json pre").first()).containsText("<img src=x onerror=");
    assertThat(page.locator(".json pre").first()).containsText("\\u202e");
    assertThat(page.locator("main img")).hasCount(0);
    assertEquals(List.of(), Visitor.barriers(page));
  }
}
