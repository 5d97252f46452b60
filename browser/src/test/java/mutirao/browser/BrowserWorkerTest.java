package mutirao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mutirao.client.MutiraoClient;
import mutirao.client.TaskHandle;
import mutirao.client.TaskRequest;
import mutirao.client.TaskResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operations of the server's admin in a browser, and what happens when they do not end. */
class BrowserWorkerTest extends PageTestCase {
  private MutiraoClient ana;

  @Override
  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    Path operations = Files.createDirectory(folder.resolve("operations"));
    Files.writeString(
        operations.resolve("turn.js"), "export default ({text}) => [...text].reverse().join('');");
    Files.writeString(operations.resolve("hang.js"), "export default () => { for (;;); };");
    Files.writeString(
        operations.resolve("reach.js"),
        "export default async () => (await fetch('/api/session')).status;");
    stand = new Stand(folder.resolve("server"), operations);
    visitor = new Visitor(stand.address());
    ana = stand.client("ana");
  }

  private Page joined(String name) {
    Page page = at("/join");
    page.locator("#join-name").fill(name);
    assertThat(page.locator(".join-form .chips")).containsText("turn");
    page.locator(".join-form .main").click();
    assertThat(page.locator(".join-state")).hasAttribute("data-state", "registered");
    return page;
  }

  private TaskHandle hanging(Page page, String worker) {
    TaskHandle task = ana.submit(TaskRequest.of("hang").worker(worker).fallback(true));
    assertThat(page.locator(".join-running li")).hasCount(1);
    return task;
  }

  @Test
  void runsWhatTheAdminOffers() throws Exception {
    Page page = joined("torno");

    Object turned = ana.call("turn", Map.of("text", "oãritum"));

    assertEquals("mutirão", turned);
    assertThat(page.locator(".join-ended li")).containsText("turn");
    page.close();
  }

  @Test
  void letsNoOperationReachTheNetwork() throws Exception {
    Page page = joined("isolado");

    TaskResult result =
        ana.submit(TaskRequest.of("reach").worker("isolado").maxAttempts(1))
            .result()
            .get(30, SECONDS);

    assertEquals(false, result.done(), String.valueOf(result));
    page.close();
  }

  @Test
  void stopsWhatIsCancelledAndGoesOn() throws Exception {
    Page page = joined("parado");
    TaskHandle task = hanging(page, "parado");

    ana.cancel(task.id()).join();

    assertThat(page.locator(".join-running li")).hasCount(0);
    assertEquals("cancelled", task.result().get(30, SECONDS).state());
    assertEquals(
        "abc",
        ana.submit(TaskRequest.of("turn").params(Map.of("text", "cba")).worker("parado"))
            .result()
            .get(30, SECONDS)
            .value());
    page.close();
  }

  @Test
  void givesItsTasksBackWhenTheTabIsClosed() throws Exception {
    Page page = joined("visita");
    TaskHandle task = hanging(page, "visita");

    page.close();

    stand.worker("jvm", Map.of("hang", context -> "em casa"));
    TaskResult result = task.result().get(30, SECONDS);
    assertEquals("em casa", result.value());
    assertEquals("jvm", result.worker());
    assertEquals(List.of("jvm"), ana.workers().join().stream().map(each -> each.name()).toList());
  }
}
