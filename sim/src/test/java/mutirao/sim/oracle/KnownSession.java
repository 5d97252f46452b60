package mutirao.sim.oracle;

import static mutirao.sim.world.BrokenPromise.unless;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;

/**
 * A session as its client knows it: who it is, and what has reached its ear. A client keeps it over
 * broken connections, and expects every stream to go on where it stopped.
 */
public final class KnownSession {
  /** The name under which {@code seen} speaks of directs. */
  public static final String DIRECTS = "@";

  private static final long UNKNOWN = -1;

  private final String id;
  private final String name;
  private final Role role;
  private final ClientFrame.Register asked;
  private final Map<String, Long> lastSeq = new HashMap<>();
  private final Map<String, Integer> openQuestions = new HashMap<>();
  private final Set<String> results = new HashSet<>();
  private long lastDirect;
  private boolean directsMayJump;
  private boolean everMayJump;
  private boolean draining;

  KnownSession(ServerFrame.Registered told, ClientFrame.Register asked) {
    this.id = told.session();
    this.name = told.name();
    this.role = told.role();
    this.asked = asked;
  }

  /** The id on the wire. */
  public String id() {
    return id;
  }

  /** The registered name. */
  public String name() {
    return name;
  }

  /** The registered role. */
  public Role role() {
    return role;
  }

  /** How many tasks its worker asked to hold at most. */
  public int slots() {
    return asked.slots();
  }

  /** Whether it is told who comes and goes. */
  public boolean presence() {
    return asked.presence();
  }

  /** Whether its reports are confirmed. */
  public boolean confirm() {
    return asked.confirm();
  }

  boolean draining() {
    return draining;
  }

  void drains() {
    draining = true;
  }

  /** The last direct that was heard. */
  public long lastDirect() {
    return lastDirect;
  }

  /** True where the newest directs may be missing: it was not told which one was heard last. */
  boolean mayMissNewest() {
    return directsMayJump;
  }

  /** True where some direct may be missing. */
  boolean mayMissDirects() {
    return everMayJump;
  }

  /** The last message heard in a room; -1 where none of it is known. */
  public long lastSeq(String room) {
    return lastSeq.getOrDefault(Fold.key(room), UNKNOWN);
  }

  /** The rooms it certainly is in, with the last sequence number heard of each. */
  public Map<String, Long> rooms() {
    Map<String, Long> known = new HashMap<>(lastSeq);
    known.values().removeIf(seq -> seq == UNKNOWN);
    known.keySet().removeIf(room -> openQuestions.getOrDefault(room, 0) > 0);
    return known;
  }

  /** It asked to enter or leave a room: until {@link #answered}, both may be true. */
  public void asksAbout(String room) {
    openQuestions.merge(Fold.key(room), 1, Integer::sum);
  }

  /** The answer came; where it is lost with its connection, the question stays open for ever. */
  public void answered(String room) {
    openQuestions.computeIfPresent(Fold.key(room), (_, open) -> Math.max(0, open - 1));
  }

  /** It is registered for the first time, and was told how far the lobby had come. */
  public void begins(Map<String, Long> seen, Map<String, Long> newest) {
    unless(newest.keySet().equals(Set.of("lobby")), "everybody begins in the lobby:", this, newest);
    lastSeq.put("lobby", seen.getOrDefault("lobby", newest.getOrDefault("lobby", UNKNOWN)));
  }

  /** It is taken up again, having told what was seen; it was told how far its rooms had come. */
  public void goesOn(Map<String, Long> seen, Map<String, Long> newest) {
    Map<String, Long> told = new HashMap<>();
    newest.forEach((room, seq) -> told.put(Fold.key(room), seq));
    unless(told.keySet().containsAll(rooms().keySet()), "a session keeps its rooms:", this, told);
    for (Map.Entry<String, Long> room : lastSeq.entrySet()) {
      if (!seen.containsKey(room.getKey())) {
        room.setValue(told.getOrDefault(room.getKey(), UNKNOWN));
      }
    }
    directsMayJump = !seen.containsKey(DIRECTS);
    everMayJump |= directsMayJump;
  }

  /** A frame reached the client. */
  public void hears(ServerFrame frame) {
    switch (frame) {
      case ServerFrame.Broadcast broadcast -> broadcast(broadcast);
      case ServerFrame.Gap gap -> gap(gap);
      case ServerFrame.Joined joined -> joined(joined);
      case ServerFrame.Left left -> {
        lastSeq.remove(Fold.key(left.room()));
        answered(left.room());
      }
      case ServerFrame.Direct direct -> direct(direct);
      case ServerFrame.Result result ->
          unless(results.add(result.task()), "a result comes once a session:", this, result);
      default -> {}
    }
  }

  private void broadcast(ServerFrame.Broadcast broadcast) {
    String room = Fold.key(broadcast.room());
    boolean member = lastSeq.containsKey(room) || openQuestions.getOrDefault(room, 0) > 0;
    unless(member, "only members hear a room:", this, broadcast);
    long last = lastSeq(room);
    unless(
        last == UNKNOWN || broadcast.seq() == last + 1,
        "a room's seq has no gap and no repeat:",
        this,
        "heard " + last + " last, then",
        broadcast);
    lastSeq.put(room, broadcast.seq());
  }

  private void gap(ServerFrame.Gap gap) {
    long last = lastSeq(gap.room());
    unless(
        (last == UNKNOWN || gap.fromSeq() == last + 1) && gap.toSeq() >= gap.fromSeq(),
        "a gap begins where the stream stopped:",
        this,
        "heard " + last + " last, then",
        gap);
    lastSeq.put(Fold.key(gap.room()), gap.toSeq());
  }

  private void joined(ServerFrame.Joined joined) {
    lastSeq.put(Fold.key(joined.room()), joined.seq());
    answered(joined.room());
    unless(joined.members().contains(name), "who enters is a member:", this, joined);
  }

  private void direct(ServerFrame.Direct direct) {
    boolean next = directsMayJump ? direct.seq() > lastDirect : direct.seq() == lastDirect + 1;
    unless(next, "directs come once and in order:", this, "heard", lastDirect, "then", direct);
    unless(direct.target().equals(name), "a direct reaches its target alone:", this, direct);
    lastDirect = direct.seq();
    directsMayJump = false;
  }

  @Override
  public String toString() {
    return name + "/" + id;
  }
}
