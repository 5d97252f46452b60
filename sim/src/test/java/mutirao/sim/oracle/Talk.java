package mutirao.sim.oracle;

import static mutirao.sim.world.BrokenPromise.unless;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mutirao.core.room.Room;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.sim.world.Sometimes;
import mutirao.sim.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Every message anybody ever sent. No two have the same text, so that a text tells who sent it, to
 * whom, and where it stands in its room.
 */
public final class Talk {

  /** One message; sent again with its key it is still one. */
  private static final class Said {
    final ClientFrame frame;
    final List<Conversation> tries = new ArrayList<>();
    final long firstSaidMs;
    int refusals;
    @Nullable String room;
    long seq;
    boolean acknowledged;
    boolean heard;

    Said(ClientFrame frame, long firstSaidMs) {
      this.frame = frame;
      this.firstSaidMs = firstSaidMs;
    }
  }

  private final Map<RawJson, Said> byText = new HashMap<>();
  private final Map<String, RawJson> byPlace = new HashMap<>();
  private final World world;

  Talk(World world) {
    this.world = world;
  }

  void sends(ClientFrame frame, RawJson text, Conversation on) {
    byText.computeIfAbsent(text, _ -> new Said(frame, world.nowMs())).tries.add(on);
  }

  void refused(RawJson text) {
    said(text).refusals++;
  }

  void acknowledged(RawJson text) {
    said(text).acknowledged = true;
  }

  /** The server tells of a message in a room: live, on resume or in the history. */
  void placed(String room, RawJson text, long seq, String sender) {
    Said said = said(text);
    boolean toThisRoom =
        said.frame instanceof ClientFrame.Broadcast asked && Fold.same(asked.room(), room);
    unless(toThisRoom, "a message stays in its room:", room, text);
    sentBy(said, sender, text);
    if (said.room == null) {
      said.room = room;
      said.seq = seq;
      RawJson other = byPlace.putIfAbsent(Fold.key(room) + " " + seq, text);
      unless(other == null, "a room gives a number once:", room, seq, other, text);
    } else {
      unless(
          said.seq == seq || mayBeSaidTwice(said),
          "all members of a room see one order:",
          room + ":" + text,
          "was",
          said.seq,
          "is now",
          seq);
    }
  }

  /** Where time had to jump, keys were forgotten that nobody sent for so long. */
  private boolean mayBeSaidTwice(Said said) {
    return world.tally().of(Sometimes.TIME_BELIEVED_OF_A_CLOCK) > 0
        && said.frame instanceof ClientFrame.Broadcast asked
        && asked.key() != null;
  }

  /** The server hands a direct to its target. */
  void handed(ServerFrame.Direct direct) {
    Said said = said(direct.message());
    boolean toThisTarget =
        said.frame instanceof ClientFrame.Direct asked
            && Fold.same(asked.target(), direct.target());
    unless(toThisTarget, "a direct reaches its target alone:", direct);
    sentBy(said, direct.sender(), direct.message());
  }

  /** A direct reached its target's ear. */
  public void heard(ServerFrame.Direct direct) {
    said(direct.message()).heard = true;
  }

  private static void sentBy(Said said, String sender, RawJson text) {
    unless(
        said.tries.stream().anyMatch(on -> on.isNamed(sender)),
        "the sender is who sent it:",
        sender,
        text);
    unless(said.refusals < said.tries.size(), "what was refused never happens:", sender, text);
  }

  private Said said(RawJson text) {
    Said said = byText.get(text);
    unless(said != null, "nothing is invented:", text);
    return Objects.requireNonNull(said);
  }

  /** Everything acknowledged to {@code ear}'s name since {@code sinceMs} reached it. */
  void allHeard(KnownSession ear, long sinceMs) {
    byText.forEach(
        (text, said) -> {
          boolean owed =
              said.acknowledged
                  && said.firstSaidMs >= sinceMs
                  && said.frame instanceof ClientFrame.Direct direct
                  && Fold.same(direct.target(), ear.name());
          unless(!owed || said.heard, "what was acknowledged arrives:", ear, text);
        });
  }

  /** A page of the history of a room. */
  void page(ServerFrame.History history) {
    long last = 0;
    for (ServerFrame.HistoryMessage message : history.messages()) {
      unless(
          last == 0 || message.seq() == last + 1,
          "a history is oldest first and has no holes:",
          history.room(),
          last,
          message.seq());
      last = message.seq();
      placed(history.room(), message.message(), message.seq(), message.sender());
    }
  }

  /** What a room that was never empty remembers is what was said there, and all of it. */
  void remembered(Room room) {
    Map<Long, RawJson> bySeq = new HashMap<>();
    room.after(0).forEach(message -> bySeq.put(message.seq(), new RawJson(message.text())));
    byText.forEach(
        (text, said) -> {
          boolean kept = room.name().equals(said.room) && said.seq >= room.firstKeptSeq();
          unless(
              !kept || text.equals(bySeq.get(said.seq)), "what was said is kept:", said.seq, text);
        });
  }
}
