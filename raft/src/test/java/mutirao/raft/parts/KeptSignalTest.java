package mutirao.raft.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.ratis.util.AwaitForSignal;
import org.apache.ratis.util.JavaUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ratis waits where no signal is lost. */
@Timeout(30)
class KeptSignalTest {
  private final AwaitForSignal signal = new AwaitForSignal("test");

  @Test
  void aSignalThatComesBeforeTheWaitIsNotLost() throws Exception {
    signal.signal();
    assertTrue(signal.await(20, TimeUnit.SECONDS));
    signal.signal();
    signal.await();
  }

  @Test
  void itIsTakenOnce() throws Exception {
    signal.signal();
    signal.signal();
    assertTrue(signal.await(20, TimeUnit.SECONDS));
    assertFalse(signal.await(1, TimeUnit.MILLISECONDS));
    assertFalse(signal.await(0, TimeUnit.MILLISECONDS));
  }

  @Test
  void whoWaitsIsWoken() throws Exception {
    Thread waiting = Thread.ofPlatform().daemon().start(this::awaitUninterrupted);
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    signal.signal();
    waiting.join();
  }

  /** Where Ratis changes its class, ours has to follow, or to go. */
  @Test
  void theClassIsOursAndOffersWhatThatOfRatisOffers() throws Exception {
    assertEquals(home(NoMetrics.class), home(AwaitForSignal.class));
    try (URLClassLoader ratis =
        new URLClassLoader(
            new URL[] {home(JavaUtils.class)}, ClassLoader.getPlatformClassLoader())) {
      Class<?> theirs = ratis.loadClass(AwaitForSignal.class.getName());
      assertEquals(home(JavaUtils.class), home(theirs));
      assertEquals(offers(theirs), offers(AwaitForSignal.class));
    }
  }

  private void awaitUninterrupted() {
    try {
      signal.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static URL home(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  private static Set<String> offers(Class<?> type) {
    return Stream.<Executable>concat(
            Stream.of(type.getDeclaredConstructors()), Stream.of(type.getDeclaredMethods()))
        .filter(each -> !Modifier.isPrivate(each.getModifiers()))
        .map(Executable::toGenericString)
        .collect(Collectors.toSet());
  }
}
