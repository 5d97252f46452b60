package mutirao.bench.peers.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HttpAnswersTest {
  private static final String WITH_LENGTH =
      "HTTP/1.1 200 OK\r\nDate: now\r\nContent-Length: 5\r\n\r\nhello";
  private static final String IN_CHUNKS =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n";

  private final HttpAnswers answers = new HttpAnswers();

  private int read(String text) {
    byte[] bytes = ("xx" + text).getBytes(US_ASCII);
    return answers.read(bytes, 2, bytes.length);
  }

  private String body() {
    return new String(answers.body(), 0, answers.bodyLength(), US_ASCII);
  }

  @Test
  void aBodyIsReadOnceAllOfItIsThere() {
    for (String answer : new String[] {WITH_LENGTH, IN_CHUNKS}) {
      for (int length = 0; length < answer.length(); length++) {
        assertEquals(HttpAnswers.INCOMPLETE, read(answer.substring(0, length)));
      }
      assertEquals(2 + answer.length(), read(answer + "HTTP/1.1 200 OK"));
      assertTrue(answers.ok());
      assertEquals("hello", body());
    }
  }

  @Test
  void aRefusalIsNoResult() {
    assertTrue(read("HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\n{}") > 0);
    assertFalse(answers.ok());
  }

  @Test
  void anAnswerWithoutALengthIsNone() {
    assertThrows(IllegalArgumentException.class, () -> read("HTTP/1.1 200 OK\r\n\r\nhello"));
  }
}
