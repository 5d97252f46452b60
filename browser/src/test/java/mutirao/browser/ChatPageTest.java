package mutirao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mutirao.client.ChatMessage;
import mutirao.client.ClientListener;
import mutirao.client.MutiraoClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People in browsers and at terminals talk to each other, and to workers. */
class ChatPageTest extends PageTestCase {
  private final BlockingQueue<String> heardByAna = new LinkedBlockingQueue<>();
  private MutiraoClient ana;

  @Override
  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    super.open(folder);
    stand.worker("forno");
    ana = stand.client(stand.options("ana").listener(new Ears(heardByAna)));
  }

  private record Ears(BlockingQueue<String> heard) implements ClientListener {
    @Override
    public void onBroadcast(ChatMessage message) {
      heard.add(message.sender() + ": " + message.text());
    }

    @Override
    public void onDirect(ChatMessage message) {
      onBroadcast(message);
    }
  }

  private Page enter(String name) {
    Page page = at("/chat");
    page.locator("#chat-name").fill(name);
    page.keyboard().press("Enter");
    Visitor.seen(page, ".people li");
    return page;
  }

  private static void say(Page page, String text) {
    page.locator("#say").fill(text);
    page.keyboard().press("Enter");
  }

  private static Locator said(Page page) {
    return page.locator(".message .said");
  }

  private String nextFrom(String name) throws InterruptedException {
    while (true) {
      String heard = heardByAna.poll(15, TimeUnit.SECONDS);
      if (heard == null || heard.startsWith(name)) {
        return String.valueOf(heard);
      }
    }
  }

  @Test
  void isHeardByEverybodyAndHearsThem() throws Exception {
    Page page = enter("bia");
    say(page, "bom dia");
    assertEquals("bia: bom dia", nextFrom("bia"));

    ana.broadcast("oi, bia").join();

    assertThat(said(page).last()).hasText("oi, bia");
    assertEquals(List.of(), Visitor.barriers(page));
  }

  @Test
  void showsHostileTextAsText() { // SEC-17
    Page page = enter("caio");
    ana.broadcast("<img src=x onerror=alert(1)> \u202e avesso").join();

    assertThat(said(page).last()).hasText("<img src=x onerror=alert(1)> \\u202e avesso");
    assertThat(page.locator("main img")).hasCount(0);
  }

  @Test
  void hasWorkersComputeAndShowsTheTask() {
    Page page = enter("davi");
    say(page, "/calculate any sum 0.1 0.2");
    assertThat(page.locator(".card-result")).hasText("0.3");

    String id = page.locator(".task-card").getAttribute("data-task");
    ana.broadcast("vejam task:" + id).join();

    assertThat(page.locator(".message .said + .task-card .card-result")).hasText("0.3");
  }

  @Test
  void speaksToOneAloneAndInRooms() throws Exception {
    Page page = enter("eva");
    say(page, "/msg ana segredo");
    assertEquals("eva: segredo", nextFrom("eva"));
    assertThat(page).hasURL(stand.address() + "/chat/direct/ana");

    say(page, "/join obras");
    assertThat(page.locator(".chat-title")).hasText("# obras");
    say(page, "/help");
    assertThat(page.locator(".said-lines")).containsText("/calculate");
    say(page, "/nada");
    assertThat(page.locator(".chat-form .failure")).containsText("/nada");
    assertThat(page.locator("#say")).hasValue("/nada");
  }

  @Test
  void marksWhatWasNotRead() {
    Page page = enter("fabi");
    page.locator(".place[data-view=workers]").click();
    Visitor.seen(page, ".worker");

    ana.direct("fabi", "psiu").join();

    assertThat(page.locator(".place[data-view=chat] .unread")).hasText("1");
  }

  @Test
  void losesNothingWhenTheConnectionBreaks() throws Exception {
    BlockingQueue<WebSocketRoute> lines = new LinkedBlockingQueue<>();
    Page page = visitor.window();
    page.routeWebSocket(
        "**/ws",
        line -> {
          line.connectToServer();
          lines.add(line);
        });
    page.navigate("/chat");
    page.locator("#chat-name").fill("gil");
    page.keyboard().press("Enter");
    Visitor.seen(page, ".people li");

    WebSocketRoute first = lines.poll(15, TimeUnit.SECONDS);
    first.close();
    assertThat(page.locator(".chat-connection")).isVisible();
    say(page, "durante a queda");
    ana.broadcast("e isto também").join();

    assertThat(page.locator(".chat-connection")).isHidden();
    assertEquals("gil: durante a queda", nextFrom("gil"));
    assertThat(said(page).filter(new Locator.FilterOptions().setHasText("durante"))).hasCount(1);
    assertThat(said(page).filter(new Locator.FilterOptions().setHasText("também"))).hasCount(1);
  }

  @Test
  void goesOnInOneTabOnly() {
    Page page = enter("ines");
    say(page, "aqui");
    assertThat(said(page).last()).hasText("aqui");
    // A tab that is duplicated has the same storage, and so the same session.
    String kept = (String) page.evaluate("JSON.stringify({...sessionStorage})");
    Page other = page.context().newPage();
    other.addInitScript("Object.assign(sessionStorage, " + kept + ")");
    other.navigate("/chat");
    assertThat(said(other).last()).hasText("aqui");
    assertThat(page.locator(".chat-connection")).containsText("another tab");

    page.locator(".chat-connection button").click();

    assertThat(page.locator(".chat-connection")).isHidden();
    assertThat(other.locator(".chat-connection")).containsText("another tab");
    say(page, "de volta");
    assertThat(said(page).last()).hasText("de volta");
  }

  @Test
  void findsAgainWhatWasSaidToOneAlone() throws Exception {
    Page page = enter("jana");
    say(page, "/msg ana só para você");
    assertEquals("jana: só para você", nextFrom("jana"));
    ana.direct("jana", "recebi").join();
    assertThat(said(page)).hasCount(2);

    page.reload();

    assertThat(said(page).first()).hasText("só para você");
    assertThat(said(page).last()).hasText("recebi");
    assertThat(said(page)).hasCount(2);
  }

  @Test
  void goesOnAfterAReload() {
    Page page = enter("hugo");
    say(page, "antes");
    assertThat(said(page).last()).hasText("antes");

    page.locator("#say").fill("ainda não dito");
    page.reload();

    assertThat(said(page).last()).hasText("antes");
    assertThat(page.locator("#say")).hasValue("ainda não dito");
    assertThat(page.locator(".chat-about")).containsText("hugo");
  }
}
