package mutirao.chaos.fault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Programs that do nothing but take all the processors they are given, until it is closed. */
public final class Hogs implements AutoCloseable {
  private final List<Process> hogs = new ArrayList<>();

  private Hogs() {}

  /** Starts so many. */
  public static Hogs start(int count) throws IOException {
    Hogs all = new Hogs();
    for (int i = 0; i < count; i++) {
      all.hogs.add(
          new ProcessBuilder(Leash.on(List.of("sh", "-c", "while :; do :; done"))).start());
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    for (Process hog : hogs) {
      hog.destroyForcibly();
      hog.getOutputStream().close();
    }
  }
}
