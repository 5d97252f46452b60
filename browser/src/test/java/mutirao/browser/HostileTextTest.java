package mutirao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import mutirao.client.MutiraoClient;
import mutirao.client.OperationException;
import mutirao.client.TaskHandle;
import mutirao.client.TaskRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever others may write, wherever it is shown: it is text. */
class HostileTextTest extends PageTestCase {
  private static final String HOSTILE =
      "</pre></script><img src=x onerror=window.hit=1><svg onload=window.hit=1>"
          + "<a href=\"javascript:window.hit=1\">x</a>${window.hit=1}{{hit}}\u202e\u0007";

  private static final String LONG = "x".repeat(64);

  private final CountDownLatch goOn = new CountDownLatch(1);
  private MutiraoClient ana;
  private String failed = "";
  private String running = "";
  private String queued = "";

  @Override
  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    super.open(folder);
    ana = stand.client("ana");
    MutiraoClient longest = stand.client(LONG);
    stand.worker(
        "espelho",
        Map.of(
            "fail",
            task -> {
              throw new OperationException(HOSTILE.substring(0, 60), HOSTILE, false);
            },
            "run",
            task -> {
              task.progress(10, HOSTILE);
              goOn.await();
              return HOSTILE;
            }));
    TaskHandle fails = ana.submit(hostile("fail"));
    failed = fails.id();
    running = ana.submit(hostile("run")).id();
    queued = longest.submit(hostile("o" + LONG.substring(1))).id();
    ana.broadcast(HOSTILE + " task:" + failed).join();
    ana.broadcast("مرحبا بالجميع " + LONG.repeat(9)).join();
    assertEquals(false, fails.result().get(30, SECONDS).done());
  }

  @Override
  @AfterAll
  void close() throws Exception {
    goOn.countDown();
    super.close();
  }

  private static TaskRequest hostile(String operation) {
    return TaskRequest.of(operation)
        .params(Map.of(HOSTILE, List.of(HOSTILE)))
        .key(operation + "-key");
  }

  private void harmless(Page page) {
    assertThat(page.locator("main img, main svg[onload], main script, main a[href^=javascript]"))
        .hasCount(0);
    assertNull(page.evaluate("window.hit ?? null"));
    assertEquals(
        List.of(),
        page.evaluate(
            """
            document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("main *")]
              .filter((each) => each.getBoundingClientRect().right > innerWidth)
              .map((each) => each.className + " " + each.tagName)
            """),
        page.url());
  }

  private Page onEachScreen(int width, String path, String what) {
    Page page = visitor.window(wishes -> wishes.setViewportSize(width, 800));
    page.navigate(path);
    Visitor.seen(page, what);
    return page;
  }

  @Test
  void isTextInTasks() {
    for (int width : List.of(1280, 360)) {
      Page page = onEachScreen(width, "/tasks/" + failed, ".json pre");
      assertThat(page.locator("main")).containsText("<img src=x onerror=window.hit=1>");
      harmless(page);
      page.navigate("/tasks/" + running);
      assertThat(page.locator(".task-body .progress")).containsText("<img src=x");
      harmless(page);
      page.navigate("/tasks/" + queued);
      Visitor.seen(page, ".why");
      harmless(page);
      page.navigate("/tasks");
      assertThat(page.locator(".tasks-table tbody tr")).hasCount(3);
      harmless(page);
      page.context().close();
    }
  }

  @Test
  void isTextInTheChat() {
    for (int width : List.of(1280, 360)) {
      Page page = onEachScreen(width, "/chat", "#chat-name");
      page.locator("#chat-name").fill("leitor" + width);
      page.keyboard().press("Enter");
      assertThat(page.locator(".messages")).containsText("<img src=x onerror=window.hit=1>");
      assertThat(page.locator(".task-card").first()).containsText("fail");
      harmless(page);
      page.context().close();
    }
  }

  @Test
  void isTextInAddressesAndEverywhereElse() {
    String written = "%3Cimg%20src%3Dx%20onerror%3Dhit%3D1%3E";
    for (String path :
        List.of(
            "/tasks?operation=" + written + "&words=" + written,
            "/tasks/" + written,
            "/tasks/no.such.task",
            "/chat/room/" + written,
            "/chat/direct/ana.b.js",
            "/" + written,
            "/tasks/new?operation=" + written,
            "/theatre",
            "/workers",
            "/")) {
      Page page = onEachScreen(1280, path, "h1");
      harmless(page);
      page.context().close();
    }
  }
}
