package mutirao.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PeerOptionsTest {
  @Test
  void twoSpacesBetweenFlagsAreNoFlag() {
    List<String> split = List.of("-Xmx1g", "", "-Xmn32m");
    PeerOptions options =
        new PeerOptions(Path.of("java"), split, Path.of("jar"), null, OptionalLong.empty());
    assertEquals(List.of("-Xmx1g", "-Xmn32m"), options.jvmFlags());
  }
}
