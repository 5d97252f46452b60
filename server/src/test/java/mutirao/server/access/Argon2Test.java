package mutirao.server.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Passwords as what opens nothing, and the one thread that makes it of them. */
class Argon2Test {
  private static final byte[] SALT = "0123456789abcdef".getBytes(US_ASCII);

  @Test
  void onlyThePasswordOpens() {
    String hash = Argon2.hash("obras-2026", SALT);

    assertTrue(hash.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), hash);
    assertTrue(Argon2.verify("obras-2026", hash));
    assertFalse(Argon2.verify("obras-2025", hash));
    assertFalse(Argon2.verify("", hash));
    assertFalse(Argon2.verify("", Argon2.NOBODYS + "x"));
  }

  /** Letters may be typed as one character or as two. */
  @Test
  void aPasswordIsWhatItLooksLike() {
    assertTrue(Argon2.verify("a\u0303 senha", Argon2.hash("\u00e3 senha", SALT)));
  }

  /** The reference implementation's hash of "password" with these parameters, by libargon2. */
  @Test
  void otherProgramsHashesAreRead() {
    String reference =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    assertTrue(Argon2.verify("password", reference));
    assertFalse(Argon2.verify("Password", reference));
  }

  @Test
  void rubbishOpensNothingAndCostsNothing() {
    for (String rubbish :
        List.of(
            "",
            "obras",
            "$argon2id$v=19$m=999999999,t=2,p=1$c29tZXNhbHQ$CTFh",
            "$argon2id$v=19$m=19456,t=999999,p=1$c29tZXNhbHQ$CTFh",
            "$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFh")) {
      assertFalse(Argon2.verify("obras", rubbish), rubbish);
    }
  }

  /** One computes, 32 wait, and whoever comes then is told at once. */
  @Test
  void theLineOfTheOneThreadIsBounded() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1 + Hashing.MAX_WAITING);
    AtomicInteger atOnce = new AtomicInteger();
    List<Integer> most = new ArrayList<>();
    Hashing hashing = Hashing.onOneThread(Runnable::run);
    boolean first =
        hashing.compute(
            () -> {
              begun.countDown();
              return awaited(go);
            },
            _ -> done.countDown());
    assertTrue(first);
    assertTrue(begun.await(10, TimeUnit.SECONDS));
    for (int i = 0; i < Hashing.MAX_WAITING; i++) {
      assertTrue(
          hashing.compute(
              () -> {
                int now = atOnce.incrementAndGet();
                atOnce.decrementAndGet();
                return now;
              },
              now -> {
                most.add(now);
                done.countDown();
              }));
    }
    assertFalse(hashing.compute(() -> 0, _ -> done.countDown()));
    go.countDown();
    assertTrue(done.await(10, TimeUnit.SECONDS));
    assertEquals(List.of(1), most.stream().distinct().toList());
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
