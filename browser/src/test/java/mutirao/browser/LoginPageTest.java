package mutirao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mutirao.client.MutiraoClient;
import mutirao.client.TaskRequest;
import mutirao.client.account.AccountRequest;
import mutirao.protocol.AccountRole;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is asked to log in, and what each role gets to see. */
class LoginPageTest extends PageTestCase {
  private static final String PASSWORD = "obras-2026";

  private MutiraoClient admin;

  @Override
  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    super.open(folder);
    MutiraoClient first = stand.client("first");
    first.account(AccountRequest.addUser("ana", AccountRole.ADMIN, List.of(), PASSWORD)).join();
    admin = stand.client(stand.options("ana-cli").login("ana", PASSWORD));
    add("bia", AccountRole.VIEWER);
    add("caio", AccountRole.MEMBER);
  }

  private void add(String user, AccountRole role) {
    admin.account(AccountRequest.addUser(user, role, List.of(), PASSWORD)).join();
  }

  private Page loggedIn(String user, String path) {
    Page page = at(path);
    page.locator("#login-user").fill(user);
    page.locator("#login-password").fill(PASSWORD);
    page.keyboard().press("Enter");
    return page;
  }

  @Test
  void asksFirstAndThenGoesWhereOneWantedToGo() {
    Page page = at("/workers");
    assertThat(page.locator("#login-user")).isFocused();
    assertEquals(List.of(), Visitor.barriers(page));
    page.locator("#login-user").fill("ana");
    page.locator("#login-password").fill("wrong-password");
    page.keyboard().press("Enter");
    assertThat(page.locator(".failure")).isVisible();

    page.locator("#login-password").fill(PASSWORD);
    page.keyboard().press("Enter");

    assertThat(page).hasURL(stand.address() + "/workers");
    assertThat(page.locator(".person-name")).hasText("ana");
    assertThat(page.locator(".stream.live")).isVisible();
    page.locator(".person button").click();
    assertThat(page.locator("#login-user")).isVisible();
  }

  @Test
  void asksAgainAtTheNextClickWhereTheLoginHasEnded() {
    // This view asks the server nothing by itself, so that the click is the first to find out.
    Page page = loggedIn("caio", "/cluster");
    assertThat(page.locator(".server-state")).not().hasCount(0);
    assertThat(page.locator(".stream.live")).isVisible();
    page.context().clearCookies();

    page.locator(".place[data-view=tasks]").click();

    loginAgain(page);
    assertThat(page).hasURL(stand.address() + "/tasks");
    assertThat(page.locator(".list-head .status")).not().isEmpty();
  }

  @Test
  void asksAgainByItselfWhereTheViewAsksTheServer() {
    Page page = loggedIn("caio", "/workers");
    assertThat(page.locator(".stream.live")).isVisible();

    page.context().clearCookies();

    loginAgain(page);
    assertThat(page).hasURL(stand.address() + "/workers");
    assertThat(page.locator(".stream.live")).isVisible();
  }

  private static void loginAgain(Page page) {
    assertThat(page.locator("#login-user")).isFocused();
    page.locator("#login-user").fill("caio");
    page.locator("#login-password").fill(PASSWORD);
    page.keyboard().press("Enter");
  }

  @Test
  void aTokenBehindTheLinkMakesAWorker() {
    admin.account(AccountRequest.addUser("oficina", AccountRole.WORKER, List.of(), null)).join();
    String token =
        String.valueOf(
            admin
                .account(AccountRequest.addToken("oficina", null, List.of("sum"), null, null))
                .join()
                .secret());
    Page page = at("/join#token=" + token + "&operations=sum");
    assertThat(page).hasURL(stand.address() + "/join");
    page.locator(".join-form .main").click();
    assertThat(page.locator(".join-state")).hasAttribute("data-state", "registered");

    Object sum = admin.call("sum", Map.of("numbers", List.of(20, 22)));

    assertEquals("42", String.valueOf(sum));
    assertThat(page.locator(".join-ended li")).containsText("sum");
    assertTrue(admin.workers().join().getFirst().name().startsWith("oficina"));
  }

  @Test
  void aViewerReadsAlong() {
    String id = admin.submit(TaskRequest.of("nothing")).id();
    Page page = loggedIn("bia", "/tasks");
    assertThat(page.locator(".list-head .status")).not().isEmpty();
    assertThat(page.locator(".head .main")).hasCount(0);
    assertThat(page.locator("thead input")).hasCount(0);

    page.navigate("/chat");
    Visitor.seen(page, ".people li");
    assertThat(page.locator("#say")).hasCount(0);
    page.navigate("/tasks/new");
    assertThat(page.locator("form")).hasCount(0);
    assertEquals(true, id.length() > 0);
  }

  @Test
  void anAdminSearchesTheArchiveForEverybodysTasks() {
    MutiraoClient caio = stand.client(stand.options("caio-cli").login("caio", PASSWORD));
    String id = caio.submit(TaskRequest.of("pintar").params(Map.of("cor", "anil"))).id();
    caio.cancel(id).await();

    for (String user : List.of("ana", "caio")) {
      Page page = loggedIn(user, "/tasks?words=anil");
      assertThat(page.locator(".tasks-table tbody th")).hasText(id);
      assertThat(page.locator(".tasks-table tbody tr")).containsText("caio-cli");
    }
    Page page = loggedIn("ana", "/tasks");
    page.locator("#filter-operation").fill("pintar");
    page.locator("#filter-source").selectOption("archive");
    assertThat(page.locator(".list-head .status")).containsText("anybody");
    assertThat(page.locator(".tasks-table tbody th")).hasText(id);
    page.locator(".equivalent summary").click();
    assertThat(page.locator(".equivalent-lines"))
        .containsText("history --tasks --all --operation pintar");
    Page others = loggedIn("bia", "/tasks?words=anil");
    assertThat(others.locator(".list-head .status")).containsText("no ended task");
  }

  @Test
  void aMemberTalksUnderTheOwnName() {
    Page page = loggedIn("caio", "/chat");
    Visitor.seen(page, "#say").fill("bom dia");
    page.keyboard().press("Enter");

    assertThat(page.locator(".message.own .sender")).containsText("caio");
    page.navigate("/workers");
    assertThat(page.locator(".worker button")).hasCount(0);
  }
}
