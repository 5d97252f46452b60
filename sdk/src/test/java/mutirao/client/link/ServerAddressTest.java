package mutirao.client.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

  @ParameterizedTest
  @CsvSource({
    "localhost, localhost, 5050, localhost:5050",
    "10.0.0.1:6000, 10.0.0.1, 6000, 10.0.0.1:6000",
    "[::1]:6000, ::1, 6000, [::1]:6000",
    "[::1], ::1, 5050, [::1]:5050",
    "::1, ::1, 5050, [::1]:5050",
    "fe80::1:2, fe80::1:2, 5050, [fe80::1:2]:5050",
  })
  void isRead(String text, String host, int port, String shown) {
    ServerAddress address = ServerAddress.parseList(text).getFirst();
    assertEquals(new ServerAddress(host, port), address);
    assertEquals(shown, address.toString());
  }

  @Test
  void severalAreDividedByCommas() {
    assertEquals(
        List.of(new ServerAddress("a", 1), new ServerAddress("b", 5050)),
        ServerAddress.parseList("a:1, b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "a,", ":5050", "a:", "a:b", "a:0", "a:65536", "a:-1", "a b", "[::1", "[::1]5",
        "[]:5", "[::1]:"
      })
  void isRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> ServerAddress.parseList(text));
  }
}
