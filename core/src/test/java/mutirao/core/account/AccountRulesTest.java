package mutirao.core.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import mutirao.core.Command;
import mutirao.core.Limits;
import mutirao.core.Reply;
import mutirao.core.Scene;
import mutirao.core.Telling;
import mutirao.core.session.SessionRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a server made sure of may be out of date when its command comes: the machine looks again.
 */
class AccountRulesTest {
  private static final Author SERVER = new Author(0, "");
  private static final String HASH = "0123456789abcdef";

  private final Scene scene = new Scene();
  private Login ana = Login.OPEN;
  private long admin;

  @BeforeEach
  void thereIsAnAdmin() {
    assertEquals("done", tell(user(SERVER, "Ana", AccountRole.ADMIN)));
    ana = new Login("ana", null, 1);
    admin = Scene.opened(scene.apply(opening("ana", ana)));
    scene.happened();
  }

  @Test
  void theServerItselfMakesNoSecondAdmin() {
    assertEquals("FORBIDDEN", tell(user(SERVER, "eva", AccountRole.ADMIN)));
    assertEquals("FORBIDDEN", tell(new Command.RemoveUser(SERVER, "ana")));
  }

  @Test
  void aTokenThatWasRevokedMeanwhileOpensNothing() {
    Login login = new Login("ana", HASH, 0);
    tell(token(0));
    long session = Scene.opened(scene.apply(opening("ana-2", login)));
    String secret = scene.at(session).secretHash();
    scene.happened();

    assertEquals("done", tell(new Command.RevokeToken(by(), HASH.substring(0, 12))));

    assertEquals(
        List.of(
            "token removed " + HASH,
            "on record revoke_token",
            "ana-2 left lobby",
            "ana-2 closed NOT_ADMITTED"),
        scene.happened());
    assertEquals("UNAUTHORIZED", tell(opening("ana-2", login)));
    assertEquals(
        "UNKNOWN_SESSION resume",
        tell(new Command.ResumeSession(scene.origin(), secret, Map.of(), login)));
  }

  @Test
  void aTokenEndsInItsTimeWithItsSessions() {
    tell(token(60_000));
    scene.apply(opening("ana-2", new Login("ana", HASH, 0)));
    scene.passes(59_999);
    scene.happened();
    assertEquals(2, scene.state().sessions().size());

    scene.passes(1);

    assertEquals(
        List.of("token removed " + HASH, "ana-2 left lobby", "ana-2 closed NOT_ADMITTED"),
        scene.happened());
  }

  @Test
  void anotherPasswordEndsLoginsByTheOldOneAndNotTokens() {
    tell(token(0));
    Login byToken = new Login("ana", HASH, 0);
    scene.apply(opening("ana-2", byToken));

    assertEquals("done", tell(new Command.SetPassword(by(), "ANA", "another hash")));

    assertNull(scene.state().sessions().byNameKey("ana"));
    assertFalse(scene.state().sessions().byNameKey("ana-2") == null);
    assertEquals("UNAUTHORIZED", tell(opening("ana", ana)));
  }

  @Test
  void aTokenDoesNotLeadToThePassword() {
    tell(user(by(), "bruno", AccountRole.MEMBER));
    tell(new Command.AddToken(by(), "bruno", HASH, AccountRole.MEMBER, List.of(), "", 0));
    long bruno = Scene.opened(scene.apply(opening("bruno", new Login("bruno", HASH, 0))));

    assertEquals(
        "FORBIDDEN", tell(new Command.SetPassword(new Author(bruno, ""), "bruno", "mine now")));
    assertEquals("FORBIDDEN", tell(user(new Author(bruno, ""), "eva", AccountRole.ADMIN)));
  }

  @Test
  void nobodyWhoShowsNothingComesInAnyMore() {
    assertEquals("UNAUTHORIZED", tell(opening("eva", null)));
    assertEquals("NOT_REGISTERED", tell(user(new Author(4711, ""), "eva", AccountRole.ADMIN)));
  }

  @Test
  void aTokenThatIsInTheLogTwiceIsMadeOnce() {
    assertEquals("done", tell(token(0)));
    assertEquals("INVALID token", tell(token(0)));
  }

  @Test
  void failedLoginsAreOnRecordAndPushNothingElseOut() {
    for (int i = 0; i < Limits.MAX_FAILED_LOGINS + 5; i++) {
      Author stranger = new Author(0, "10.0.0." + i);
      assertEquals("done", tell(new Command.NoteDeed(stranger, Deed.LOGIN_FAILED, "Ana")));
    }
    List<Deed> deeds = List.copyOf(scene.state().accounts().deeds());
    assertEquals(Limits.MAX_FAILED_LOGINS + 1, deeds.size());
    assertEquals(1, deeds.stream().filter(deed -> deed.what().equals("add_user")).count());
    assertEquals("10.0.0." + (Limits.MAX_FAILED_LOGINS + 4), last(deeds, Deed.LOGIN_FAILED).from());
    assertEquals("", last(deeds, Deed.LOGIN_FAILED).who());
    assertEquals(1, scene.state().sessions().size(), "nobody has to go");
  }

  private static Deed last(List<Deed> deeds, String what) {
    return deeds.reversed().stream()
        .filter(deed -> deed.what().equals(what))
        .findFirst()
        .orElseThrow();
  }

  private Author by() {
    return new Author(admin, "here");
  }

  private Command token(long lifetimeMs) {
    return new Command.AddToken(by(), "ana", HASH, null, List.of(), "label", lifetimeMs);
  }

  private static Command user(Author by, String name, AccountRole role) {
    return new Command.AddUser(by, name, role, List.of(), "hash");
  }

  private Command opening(String name, @Nullable Login login) {
    Command.OpenSession open = scene.opening(name, SessionRole.CLIENT, 0);
    return new Command.OpenSession(
        open.origin(),
        name,
        open.role(),
        open.operations(),
        0,
        false,
        true,
        open.secretHash(),
        login);
  }

  private String tell(Command command) {
    Reply reply = scene.apply(command);
    return Telling.of(reply);
  }
}
