package mutirao.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import mutirao.core.Ask;
import mutirao.core.Command;
import mutirao.core.Limits;
import mutirao.core.Origin;
import mutirao.core.Refusal;
import mutirao.core.Reply;
import mutirao.core.Scene;
import mutirao.core.Settings;
import mutirao.core.Telling;
import org.junit.jupiter.api.Test;

/** Who is there, under which name, and for how long after a connection broke. */
class SessionRulesTest {
  private final Scene scene = new Scene();

  @Test
  void whoRegistersIsInTheLobby() {
    long ana = scene.client("ana");
    assertEquals(List.of("ana opened", ana + " joined lobby"), scene.happened());
    assertTrue(scene.at(ana).connected());
  }

  @Test
  void aNameIsTakenHoweverItIsSpelt() {
    scene.client("José");
    assertEquals("NAME_TAKEN name", register("jose\u0301"));
    assertEquals("NAME_TAKEN name", register("JOSÉ"));
    assertEquals(List.of(), scene.happened());
    assertEquals("opened 4", register("jose"));
  }

  @Test
  void aBrokenHolderGivesWayAtOnce() {
    long worker = scene.worker("Worker-1", 1, "sum");
    long task = scene.submits(scene.client("ana"), Ask.to("sum"));
    scene.breaks(worker);
    assertEquals("opened 5", register("WORKER-1"));
    assertEquals(
        List.of(
            "Worker-1 left lobby",
            "Worker-1 closed NAME_TAKEN_OVER",
            "queued " + task + " WORKER_LOST",
            "WORKER-1 opened",
            "5 joined lobby"),
        scene.happened());
    assertEquals("UNKNOWN_SESSION resume", resume("secret of connection 1"));
  }

  @Test
  void aBrokenSessionKeepsWhatItHasUntilItsWindowIsOver() {
    long worker = scene.worker("W", 1, "sum");
    long ana = scene.client("ana");
    long task = scene.submits(ana, Ask.to("sum"));
    scene.apply(new Command.JoinRoom(worker, "obras"));
    scene.breaks(worker);
    scene.passes(9_999);
    assertEquals("RUNNING 1 on " + worker, scene.about(task));
    assertEquals(2, scene.state().rooms().of(worker).size());
    scene.passes(1);
    assertEquals(
        List.of(
            "W left lobby",
            "W left obras",
            "W closed WINDOW_OVER",
            "queued " + task + " WORKER_LOST"),
        scene.happened());
    assertNull(scene.state().rooms().byName("obras"));
  }

  @Test
  void aSessionIsTakenUpAgainWithAllItHas() {
    long worker = scene.worker("W", 2, "sum");
    long ana = scene.client("ana");
    long running = scene.submits(ana, Ask.to("sum"));
    scene.breaks(worker);
    long waiting = scene.submits(ana, Ask.to("sum"));
    assertEquals("resumed " + worker, Telling.of(scene.resumes(worker)));
    assertEquals(
        List.of("resumed " + worker, "started " + waiting + "/1 on " + worker), scene.happened());
    assertEquals("RUNNING 1 on " + worker, scene.about(running));
    scene.passes(60_000 - 1);
    assertTrue(scene.at(worker).connected());
  }

  @Test
  void aSessionIsTakenOverFromAConnectionThatStillStands() {
    long ana = scene.client("ana");
    Origin old = Objects.requireNonNull(scene.at(ana).origin());
    scene.resumes(ana);
    assertEquals(List.of("resumed " + ana + " from " + old.connection()), scene.happened());
    scene.apply(new Command.DetachSession(ana, old));
    assertTrue(scene.at(ana).connected(), "the old connection's end is no news");
  }

  @Test
  void theGoodbyeOfAReplacedConnectionEndsNothing() {
    long ana = scene.client("ana");
    Origin old = Objects.requireNonNull(scene.at(ana).origin());
    scene.resumes(ana);
    assertEquals("done", Telling.of(scene.apply(new Command.CloseSession(ana, old))));
    assertEquals(List.of(), scene.happened());
    assertTrue(scene.at(ana).connected(), "it is somebody else's session by now");
  }

  @Test
  void aRepeatedEntryOpensAndResumesNothingTwice() {
    Command.OpenSession open = scene.opening(null, SessionRole.CLIENT, 0);
    long session = Scene.opened(scene.apply(open));
    assertEquals("INVALID resume", Telling.of(scene.apply(open)));
    scene.breaks(session);
    assertEquals("INVALID resume", Telling.of(scene.apply(open)));
    Command resume =
        new Command.ResumeSession(scene.origin(), scene.at(session).secretHash(), Map.of());
    assertEquals("resumed " + session, Telling.of(scene.apply(resume)));
    assertEquals("resumed " + session, Telling.of(scene.apply(resume)));
    assertEquals(List.of(), scene.happened());
    assertEquals(1, scene.state().sessions().size());
  }

  @Test
  void withoutAWindowABrokenSessionEndsAtOnce() {
    Scene strict = new Scene(new Settings(0, 10, 1000));
    long ana = strict.client("ana");
    strict.breaks(ana);
    assertEquals(
        List.of("detached 1", "ana left lobby", "ana closed WINDOW_OVER"), strict.happened());
  }

  @Test
  void aWrongSecretOpensNothing() {
    scene.client("ana");
    assertEquals("UNKNOWN_SESSION resume", resume("guessed"));
    assertEquals(List.of(), scene.happened());
  }

  @Test
  void quittingEndsEverythingAtOnceAndTwiceIsNoMatter() {
    long ana = scene.client("ana");
    Origin origin = Objects.requireNonNull(scene.at(ana).origin());
    scene.quits(ana);
    assertEquals(List.of("ana left lobby", "ana closed QUIT"), scene.happened());
    assertEquals("done", Telling.of(scene.apply(new Command.CloseSession(ana, origin))));
    assertEquals(List.of(), scene.happened());
    assertEquals("UNKNOWN_SESSION resume", resume("secret of connection 1"));
  }

  @Test
  void namesAreMadeUpByRole() {
    assertTrue(named(SessionRole.CLIENT).matches("Client-\\d{4}"));
    assertTrue(named(SessionRole.OBSERVER).matches("Client-\\d{4}"));
    assertTrue(named(SessionRole.WORKER).matches("Worker-\\d{4}"));
    assertTrue(named(SessionRole.TASK_CLIENT).matches("TaskClient-\\d{4}"));
  }

  @Test
  void madeUpNamesDoNotRunOut() {
    scene.client("Client-" + (10_000 + 1));
    Set<String> names = new HashSet<>();
    scene.looks(false);
    for (int i = 0; i < 9_010; i++) {
      assertTrue(names.add(named(SessionRole.CLIENT)));
    }
    assertTrue(names.contains("Client-9999"));
    assertTrue(names.contains("Client-10000"));
    assertTrue(names.contains("Client-10002"));
  }

  @Test
  void moreSessionsThanFitAreRefused() {
    scene.looks(false);
    for (int i = 0; i < Limits.MAX_SESSIONS; i++) {
      scene.client("c" + i);
    }
    assertEquals("OVERLOADED", register("one-too-many"));
    scene.breaks(1);
    assertEquals("opened " + (Limits.MAX_SESSIONS + 3), register("C0"), "it takes another's place");
    assertEquals(Limits.MAX_SESSIONS, scene.state().sessions().size());
  }

  @Test
  void moreOperationsThanFitAreRefused() {
    String[] many = new String[1024];
    for (int i = 0; i < many.length; i++) {
      many[i] = "op" + i;
    }
    scene.looks(false);
    int workers = Limits.MAX_OPERATIONS / many.length;
    for (int i = 0; i < workers; i++) {
      scene.worker("w" + i, 1, many);
    }
    Command last = scene.opening("last", SessionRole.WORKER, 1, many);
    assertEquals("OVERLOADED", Telling.of(scene.apply(last)));
    scene.quits(1);
    assertNotEquals("OVERLOADED", Telling.of(scene.apply(last)));
  }

  @Test
  void aDirectGoesToOneSession() {
    long ana = scene.client("ana");
    long bruno = scene.client("Bruno");
    assertEquals("posted 1", Telling.of(scene.tells(ana, "BRUNO", "oi", null)));
    assertEquals(List.of("direct 1 to " + bruno + " \"oi\""), scene.happened());
    assertEquals("posted 2", Telling.of(scene.tells(ana, "bruno", "oi", null)));
    assertEquals("UNKNOWN_TARGET target", Telling.of(scene.tells(ana, "carla", "oi", null)));
    assertEquals("posted 1", Telling.of(scene.tells(ana, "ana", "nota", null)));
  }

  @Test
  void aDirectWithAKnownKeyIsNotDeliveredTwice() {
    long ana = scene.client("ana");
    long bruno = scene.client("bruno");
    assertEquals("posted 1", Telling.of(scene.tells(ana, "bruno", "oi", "k")));
    assertEquals("posted 1 again", Telling.of(scene.tells(ana, "bruno", "oi", "k")));
    assertEquals(List.of(), scene.happened());
    assertEquals("posted 2", Telling.of(scene.tells(bruno, "bruno", "oi", "k")), "another's key");
    scene.quits(bruno);
    assertEquals("posted 1 again", Telling.of(scene.tells(ana, "bruno", "oi", "k")));
    assertEquals("posted 1 again", Telling.of(scene.tells(ana, "nobody", "oi", "k")));
  }

  @Test
  void aBrokenSessionsDirectsWaitForItAndTheRestIsRefused() {
    long ana = scene.client("ana");
    long bruno = scene.client("bruno");
    for (int i = 1; i <= 10; i++) {
      scene.tells(ana, "bruno", "early", null);
    }
    scene.breaks(bruno);
    for (int i = 1; i <= Limits.MAX_INBOX_MESSAGES; i++) {
      assertEquals("posted " + (10 + i), Telling.of(scene.tells(ana, "bruno", "late", null)));
    }
    Reply refused = scene.tells(ana, "bruno", "too much", "k");
    assertEquals("OVERLOADED target", Telling.of(refused));
    assertEquals(Limits.OVERLOADED_RETRY_MS, ((Refusal) refused).retryAfterMs());
    scene.resumes(bruno);
    assertEquals(10, scene.at(bruno).detachedAfterSeq());
    assertEquals(11, scene.at(bruno).inbox().iterator().next().seq());
    assertEquals("posted 267", Telling.of(scene.tells(ana, "bruno", "again", "k")));
  }

  @Test
  void directsThatWereSentMakeRoomForThoseThatWereNot() {
    long ana = scene.client("ana");
    long bruno = scene.client("bruno");
    String long1 = "x".repeat(300_000);
    for (int i = 0; i < 3; i++) {
      scene.tells(ana, "bruno", long1, null);
    }
    scene.breaks(bruno);
    for (int i = 0; i < 3; i++) {
      assertEquals("posted " + (4 + i), Telling.of(scene.tells(ana, "bruno", long1, null)));
    }
    assertEquals("OVERLOADED target", Telling.of(scene.tells(ana, "bruno", long1, null)));
    assertEquals(3, scene.at(bruno).inbox().size());
  }

  @Test
  void theMoreSessionsTheFewerDirectsEachKeeps() {
    scene.looks(false);
    for (int i = 0; i < 1280; i++) {
      scene.client("c" + i);
    }
    for (int i = 0; i < 50; i++) {
      scene.tells(1, "c7", "x".repeat(30_000), null);
    }
    assertEquals(3, scene.at(8).inbox().size());
    scene.breaks(8);
    assertEquals("posted 51", Telling.of(scene.tells(1, "c7", "x".repeat(60_000), null)));
    assertEquals("OVERLOADED target", Telling.of(scene.tells(1, "c7", "x".repeat(60_000), null)));
  }

  private String register(String name) {
    return Telling.of(scene.apply(scene.opening(name, SessionRole.CLIENT, 0)));
  }

  private String resume(String secretHash) {
    return Telling.of(scene.apply(new Command.ResumeSession(scene.origin(), secretHash, Map.of())));
  }

  private String named(SessionRole role) {
    return scene.at(Scene.opened(scene.apply(scene.opening(null, role, 1)))).name();
  }
}
