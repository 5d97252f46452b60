package mutirao.core.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import mutirao.core.Command;
import mutirao.core.Limits;
import mutirao.core.Refusal;
import mutirao.core.Scene;
import mutirao.core.Telling;
import mutirao.core.session.Session;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is in which room, and what is said there under which number. */
class RoomRulesTest {
  private final Scene scene = new Scene();
  private final long ana = scene.client("ana");
  private final long bruno = scene.client("bruno");

  @Test
  void aRoomInWhichNothingWasSaidIsThereWhileSomebodyIsInIt() {
    assertEquals("done", join(ana, "Obras"));
    assertEquals(List.of(ana + " joined Obras"), scene.happened());
    assertEquals("done", join(bruno, "OBRAS"));
    assertEquals(List.of(bruno + " joined Obras"), scene.happened());
    assertEquals("done", join(bruno, "obras"));
    assertEquals(List.of(), scene.happened(), "being there already changes nothing");
    assertEquals(
        List.of("ana", "bruno"), room("obras").members().stream().map(Session::name).toList());
    assertEquals("done", leave(ana, "obras"));
    assertEquals(List.of("ana left Obras"), scene.happened());
    assertNotNull(scene.state().rooms().byName("obras"));
    assertEquals("done", leave(bruno, "obras"));
    assertNull(scene.state().rooms().byName("obras"));
  }

  @Test
  void aRoomThatEverybodyLeftGoesOnWhereItWas() {
    join(ana, "Obras");
    scene.says(ana, "obras", "oi", null);
    leave(ana, "obras");
    assertEquals("UNKNOWN_ROOM room", post(bruno, "obras", null));
    assertEquals("done", join(bruno, "obras"));
    assertEquals("Obras", room("obras").name());
    assertEquals(1, room("obras").after(0).size());
    assertEquals("posted 2", post(bruno, "obras", null));
  }

  @Test
  void ofTheRoomsThatEverybodyLeftTheLastAreKept() {
    scene.looks(false);
    for (int i = 0; i <= Limits.MAX_LEFT_ROOMS; i++) {
      passThrough("r" + i, "oi");
    }
    assertNull(scene.state().rooms().byName("r0"));
    // Who goes back into one makes it the one that was left last.
    passThrough("r1", "oi");
    passThrough("another", "oi");
    assertNull(scene.state().rooms().byName("r2"));
    assertEquals(2, room("r1").lastSeq());
  }

  @Test
  void theRoomsThatEverybodyLeftHaveABoundInBytes() {
    scene.looks(false);
    String text = "x".repeat(Limits.MAX_HISTORY_BYTES / 2);
    int most = Limits.LEFT_HISTORY_BYTES / text.length();
    for (int i = 0; i < most; i++) {
      passThrough("r" + i, text);
    }
    assertNull(scene.state().rooms().byName("r0"));
    assertNotNull(scene.state().rooms().byName("r1"));
    assertEquals(1, scene.state().rooms().inUse());
  }

  private void passThrough(String room, String text) {
    join(ana, room);
    scene.says(ana, room, text, null);
    leave(ana, room);
  }

  @Test
  void theLobbyStaysWhenEverybodyLeft() {
    scene.says(ana, "lobby", "oi", null);
    leave(ana, "lobby");
    leave(bruno, "Lobby");
    assertEquals(1, room("lobby").lastSeq());
    assertEquals("UNKNOWN_ROOM room", post(ana, "lobby", null));
    join(ana, "LOBBY");
    assertEquals("posted 2", post(ana, "lobby", null));
  }

  @Test
  void aRoomOneIsNotInIsUnknown() {
    join(ana, "obras");
    assertEquals("UNKNOWN_ROOM room", post(bruno, "obras", null));
    assertEquals("UNKNOWN_ROOM room", leave(bruno, "obras"));
    assertEquals("UNKNOWN_ROOM room", post(bruno, "nowhere", null));
    assertEquals("UNKNOWN_ROOM room", leave(bruno, "nowhere"));
    assertEquals(List.of(), scene.happened());
  }

  @Test
  void whoIsGoneIsToldSo() {
    assertEquals("NOT_REGISTERED", join(99, "obras"));
    assertEquals("NOT_REGISTERED", leave(99, "lobby"));
    assertEquals("NOT_REGISTERED", post(99, "lobby", null));
    assertEquals("NOT_REGISTERED", Telling.of(scene.tells(99, "ana", "oi", null)));
  }

  @Test
  void everyRoomCountsItsMessagesFromOneWithoutAGap() {
    join(ana, "obras");
    for (int i = 1; i <= 5; i++) {
      assertEquals("posted " + i, post(ana, "lobby", null));
      assertEquals("posted " + i, post(ana, "Obras", null));
    }
    leave(ana, "obras");
    join(bruno, "obras");
    assertEquals("posted 6", post(bruno, "obras", null), "it was left, and is the same");
  }

  @Test
  void aKnownKeyIsAnsweredWithItsFirstNumberForTenMinutes() {
    assertEquals("posted 1", post(ana, "lobby", "k"));
    assertEquals("posted 2", post(bruno, "lobby", "k"));
    assertEquals("posted 1 again", post(ana, "lobby", "k"));
    scene.passes(Limits.MESSAGE_KEY_MS - 1);
    assertEquals("posted 1 again", post(ana, "lobby", "k"));
    scene.passes(1);
    assertEquals("posted 3", post(ana, "lobby", "k"));
    assertEquals("posted 3 again", post(ana, "lobby", "k"));
    assertEquals(1, scene.state().recentKeys().size());
  }

  @Test
  void aKeyOutlivesItsSession() {
    post(ana, "lobby", "k");
    scene.quits(ana);
    long again = scene.client("ANA");
    assertEquals("posted 1 again", post(again, "lobby", "k"));
    leave(again, "lobby");
    assertEquals("posted 1 again", post(again, "lobby", "k"), "it was said, whoever left since");
    assertEquals("UNKNOWN_ROOM room", post(again, "lobby", "new"));
  }

  @Test
  void asManyKeysAsFitAreRememberedAndForgottenAFewAtATime() {
    scene.looks(false);
    for (int i = 0; i < Limits.MAX_MESSAGE_KEYS; i++) {
      scene.says(ana, "lobby", "x", "k" + i);
    }
    Refusal refusal = (Refusal) scene.says(ana, "lobby", "x", "new");
    assertEquals(Refusal.Code.OVERLOADED, refusal.code());
    assertEquals(Limits.MESSAGE_KEY_MS, refusal.retryAfterMs());
    assertEquals("OVERLOADED target", Telling.of(scene.tells(ana, "bruno", "x", "new")));
    assertEquals("posted 500001", post(ana, "lobby", null), "without a key it goes on");
    scene.passes(Limits.MESSAGE_KEY_MS);
    int left = scene.state().recentKeys().size();
    assertTrue(left >= Limits.MAX_MESSAGE_KEYS - 100_000, "one entry forgot too many: " + left);
    for (int i = 0; i < 10; i++) {
      scene.passes(0);
    }
    assertEquals(0, scene.state().recentKeys().size());
    assertEquals("posted 500002", post(ana, "lobby", "k0"));
  }

  @Test
  void historyHasABoundInMessages() {
    for (int i = 0; i < Limits.MAX_HISTORY_MESSAGES + 5; i++) {
      post(ana, "lobby", null);
    }
    Room lobby = room("lobby");
    assertEquals(6, lobby.firstKeptSeq());
    assertEquals(1005, lobby.lastSeq());
    assertEquals(1000, lobby.after(0).size());
    assertEquals(1000, lobby.after(Long.MIN_VALUE).size());
    assertEquals(List.of(1004L, 1005L), seqs(lobby.after(1003)));
    assertEquals(List.of(), seqs(lobby.after(1005)));
    assertEquals(List.of(), seqs(lobby.after(Long.MAX_VALUE)));
    assertEquals(List.of(8L, 9L), seqs(lobby.before(10, 2)));
    assertEquals(List.of(6L), seqs(lobby.before(7, 50)));
    assertEquals(List.of(), seqs(lobby.before(1, 50)));
    assertEquals(List.of(1005L), seqs(lobby.before(Long.MAX_VALUE, 1)));
  }

  @Test
  void historyHasABoundInBytes() {
    for (int i = 0; i < 20; i++) {
      scene.says(ana, "lobby", "x".repeat(300_000), null);
    }
    assertEquals(3, room("lobby").after(0).size());
    assertEquals(18, room("lobby").firstKeptSeq());
  }

  @Test
  void theMoreRoomsTheShorterTheirHistories() {
    scene.looks(false);
    makeRooms(1280);
    for (int i = 0; i < 50; i++) {
      scene.says(ana, "lobby", "x".repeat(30_000), null);
    }
    assertEquals(3, room("lobby").after(0).size());
    scene.says(ana, "lobby", "x".repeat(200_000), null);
    assertEquals(0, room("lobby").after(0).size());
    assertEquals(52, room("lobby").firstKeptSeq());
  }

  @Test
  void roomsHaveABoundForOneAndForAll() {
    for (int i = 1; i < Limits.MAX_ROOMS_PER_SESSION; i++) {
      assertEquals("done", join(ana, "room" + i));
    }
    assertEquals("OVERLOADED room", join(ana, "one-too-many"));
    leave(ana, "room1");
    assertEquals("done", join(ana, "another"));
    scene.looks(false);
    makeRooms(Limits.MAX_ROOMS);
    long last = scene.client("last");
    assertEquals("OVERLOADED room", join(last, "new"));
    assertEquals("done", join(last, "r0"), "a room that is there may be entered");
  }

  private void makeRooms(int total) {
    long member = 0;
    for (int i = 0; scene.state().rooms().inUse() < total; i++) {
      if (i % 90 == 0) {
        member = scene.client("member" + i);
      }
      join(member, "r" + i);
    }
  }

  private Room room(String name) {
    return Objects.requireNonNull(scene.state().rooms().byName(name));
  }

  private String join(long session, String room) {
    return Telling.of(scene.apply(new Command.JoinRoom(session, room)));
  }

  private String leave(long session, String room) {
    return Telling.of(scene.apply(new Command.LeaveRoom(session, room)));
  }

  private String post(long session, String room, @Nullable String key) {
    return Telling.of(scene.says(session, room, "oi", key));
  }

  private static List<Long> seqs(List<Message> messages) {
    return messages.stream().map(Message::seq).toList();
  }
}
