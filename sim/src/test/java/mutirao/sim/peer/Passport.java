package mutirao.sim.peer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.RawJson;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;
import mutirao.sim.oracle.KnownSession;
import mutirao.sim.world.Sometimes;
import org.jspecify.annotations.Nullable;

/**
 * Who a peer is to the server: what it registers as, its session, and how it takes that up again.
 */
final class Passport {

  /**
   * What it registers as.
   *
   * @param name null lets the server make one
   */
  record Card(
      @Nullable String name,
      Role role,
      List<String> operations,
      int slots,
      boolean confirm,
      boolean presence) {}

  private final Town town;
  private final Card card;
  private @Nullable String name;
  private @Nullable KnownSession session;
  private @Nullable String secret;
  private Map<String, Long> seen = Map.of();

  Passport(Town town, Card card) {
    this.town = town;
    this.card = card;
    this.name = card.name();
  }

  /** The name it has or wants; a placeholder where the server is to make one. */
  String name() {
    return name == null ? "somebody" : name;
  }

  /** The session, also while it is broken; null where there is none. */
  @Nullable KnownSession session() {
    return session;
  }

  /** Nobody any more: the next registration makes somebody new of the same name. */
  void forget() {
    session = null;
    secret = null;
  }

  /** Whether it may go by any name. Workers may not: tasks wait for them by name. */
  boolean mayRename() {
    return card.role() != Role.WORKER;
  }

  /** Takes whatever name the server makes. */
  void rename() {
    name = null;
    secret = null;
  }

  /** How it asks to be registered. */
  ClientFrame.Register request(RawJson ref, Manners manners) {
    String resume = manners.resumes() ? secret : null;
    seen = resume == null ? Map.of() : whatIsSeen(manners);
    return new ClientFrame.Register(
        ref,
        name,
        card.role(),
        card.role() == Role.WORKER ? card.operations() : null,
        card.slots(),
        card.confirm(),
        card.presence(),
        ClientFrame.Credentials.NONE,
        resume,
        seen,
        town.world.percent(20) ? "pt-BR" : null);
  }

  private Map<String, Long> whatIsSeen(Manners manners) {
    Map<String, Long> told = new HashMap<>();
    KnownSession known = session;
    if (known != null && manners.tellsRooms()) {
      told.putAll(known.rooms());
    }
    if (known != null && manners.tellsDirects()) {
      told.put(KnownSession.DIRECTS, known.lastDirect());
    }
    return told;
  }

  /** It is registered; {@code open} is what it asked besides and was not answered yet. */
  void registered(
      ServerFrame.Registered told, @Nullable ClientFrame asked, List<ClientFrame> open) {
    boolean wantedResume = asked instanceof ClientFrame.Register r && r.resume() != null;
    if (wantedResume && !told.resumed()) {
      town.world.tally().met(Sometimes.RESUME_TOO_LATE);
    }
    KnownSession now = town.oracle.session(told.session());
    if (told.resumed()) {
      now.goesOn(seen, told.rooms());
    } else {
      now.begins(seen, told.rooms());
    }
    session = now;
    secret = told.resume();
    name = told.name();
    open.forEach(this::asks);
  }

  /** Its session asks something: about a room it may be in or not until the answer comes. */
  void asks(ClientFrame frame) {
    if (session != null && frame instanceof ClientFrame.Join join) {
      session.asksAbout(join.room());
    } else if (session != null && frame instanceof ClientFrame.Leave leave) {
      session.asksAbout(leave.room());
    }
  }

  /** Its session was refused something. */
  void refused(ErrorCode code, @Nullable ClientFrame asked) {
    if (session != null && code.definite()) {
      if (asked instanceof ClientFrame.Join join) {
        session.answered(join.room());
      } else if (asked instanceof ClientFrame.Leave leave) {
        session.answered(leave.room());
      }
    }
  }
}
