package mutirao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mutirao.client.MutiraoClient;
import mutirao.client.TaskRequest;
import mutirao.client.TaskResult;
import mutirao.protocol.RawJson;
import mutirao.protocol.codec.Json;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A browser that works computes what every stock worker does, to the last digit and word. */
class JoinPageTest extends PageTestCase {
  private static final List<String> NUMBER_OPERATIONS = List.of("sum", "average", "max", "min");
  private static final List<String> TEXT_OPERATIONS =
      List.of("count_words", "count_chars", "uppercase", "lowercase");

  private MutiraoClient ana;
  private Page page;

  @Override
  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    super.open(folder);
    stand.worker("jvm");
    ana = stand.client("ana");
    page = at("/join");
    page.locator("#join-name").fill("navegador");
    page.locator(".join-form .main").click();
    assertThat(page.locator(".join-state")).hasAttribute("data-state", "registered");
  }

  static Stream<String> numbers() {
    String even = "1234567890123456789012345678901234";
    return Stream.of(
        "10,20,30,40",
        "",
        "0.1,0.2",
        "0.5,0.5",
        "1e2",
        "1e399,-1e399",
        "9007199254740993,1",
        "-0,-0.0",
        "0e999999999",
        "0.0000001",
        "123456789012345678901234567890,0.000000000000000000000000000001",
        "1,2",
        "1,1,2",
        "2,2,1",
        "-2,-2,-1",
        "1e30",
        "-5",
        "3,1e1,2",
        "-1,-2",
        "1.50",
        "1e-5,1",
        "-1e3",
        "1000000000000000000000000000000000.5",
        even + ".5",
        "1234567890123456789012345678901235.5",
        "-" + even + ".5",
        "9999999999999999999999999999999999.5",
        "1,1e999999999",
        "1,-1e999999999",
        "1,1e-999999999",
        "1,1e400",
        "1,1e2147483647",
        "1,1e-401",
        "\"1\"",
        "1,null",
        "7,7,7,7,7,7,0.0000000000000000000000000000000000000001",
        String.join(",", IntStream.range(0, 300).mapToObj(i -> i + ".00" + i).toList()));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void computesAsTheOthersDo(String numbers) throws Exception {
    for (String operation : NUMBER_OPERATIONS) {
      same(operation, "{\"numbers\":[" + numbers + "]}");
    }
  }

  static Stream<String> texts() {
    return Stream.of(
        "",
        " \t\r\n",
        "mutirão",
        "  três  tristes\n\n tigres ",
        "a-b_c.d,e",
        "\ud83d\ude00\ud83d\ude00",
        "\ud83d\ude00\u0301",
        "a\u00a0b\u1680c\u2003d\u2028e\u202ff\u3000g\u0085h",
        "a\u200bb\ufeffc\u001cd\u180ee",
        "titio é ßan",
        "TITIO É",
        "ὈΔΥΣΣΕΎΣ",
        "İıIi ŉ ǰ ﬁ");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void readsAsTheOthersDo(String text) throws Exception {
    for (String operation : TEXT_OPERATIONS) {
      same(operation, "{\"text\":" + Json.write(text) + "}");
    }
  }

  static Stream<String> wrongParams() {
    return Stream.of(
        "{}",
        "[]",
        "7",
        "{\"numbers\":null}",
        "{\"numbers\":\"1\"}",
        "{\"text\":1}",
        "{\"text\":null}");
  }

  @ParameterizedTest
  @MethodSource("wrongParams")
  void refusesAsTheOthersDo(String params) throws Exception {
    for (String operation : NUMBER_OPERATIONS) {
      same(operation, params);
    }
    for (String operation : TEXT_OPERATIONS) {
      same(operation, params);
    }
  }

  private void same(String operation, String params) throws Exception {
    assertEquals(run("jvm", operation, params), run("navegador", operation, params), operation);
  }

  private String run(String worker, String operation, String params) throws Exception {
    TaskRequest request =
        TaskRequest.of(operation).params(RawJson.of(params)).worker(worker).maxAttempts(1);
    TaskResult result = ana.submit(request).result().get(30, SECONDS);
    return result.done()
        ? String.valueOf(result.result())
        : result.errorCode() + " " + result.errorMessage();
  }

  @Test
  void finishesAndLeavesWhenToldTo() {
    Page other = at("/join");
    other.locator("#join-name").fill("passageiro");
    other.locator(".join-form .main").click();
    assertThat(other.locator(".join-state")).hasAttribute("data-state", "registered");

    other.locator(".actions .danger").click();

    assertThat(other.locator(".join-state")).hasAttribute("data-state", "finished");
    assertEquals(List.of(), Visitor.barriers(other));
    assertEquals(
        List.of("jvm", "navegador"),
        ana.workers().join().stream().map(each -> each.name()).sorted().toList());
  }
}
