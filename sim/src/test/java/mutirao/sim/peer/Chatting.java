package mutirao.sim.peer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.Limits;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.sim.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Talks: in rooms and to people, enters and leaves, reads back, and says again what may be lost.
 */
final class Chatting implements Habit {
  private static final int FLOOD_MESSAGES = 24;
  private static final int FLOOD_CHARS = 60_000;

  private final Town town;
  private final World world;
  private int floods;
  private final List<ClientFrame> again = new ArrayList<>();
  private @Nullable ClientFrame lastWithKey;

  /** Somebody who talks, and so many times says more at once than a room can remember. */
  Chatting(Town town, int floods) {
    this.town = town;
    this.world = town.world;
    this.floods = floods;
  }

  @Override
  public void act(SimPeer self) {
    int what = world.below(100);
    if (what < 35) {
      broadcast(self, Limits.DEFAULT_ROOM);
    } else if (what < 50) {
      broadcast(self, world.oneOf(Town.ROOMS));
    } else if (what < 72) {
      direct(self);
    } else if (what < 80) {
      self.say(new ClientFrame.Join(self.ref(), spelled(world.oneOf(Town.ROOMS))));
    } else if (what < 84) {
      self.say(new ClientFrame.Leave(self.ref(), spelled(world.oneOf(Town.ROOMS))));
    } else if (what < 90) {
      readBack(self);
    } else if (what < 94) {
      self.say(new ClientFrame.Status(self.ref()));
    } else if (what < 97 && lastWithKey != null) {
      sayAgain(self, lastWithKey);
    } else if (floods > 0 && !world.healed()) {
      floods--;
      for (int i = 0; i < FLOOD_MESSAGES; i++) {
        RawJson text = town.freshText(self.name(), FLOOD_CHARS);
        self.say(new ClientFrame.Broadcast(self.ref(), Limits.DEFAULT_ROOM, text, null));
      }
    } else {
      self.say(new ClientFrame.Workers(self.ref()));
    }
  }

  private void broadcast(SimPeer self, String room) {
    RawJson text = town.freshText(self.name(), town.fill());
    String key = key();
    remember(new ClientFrame.Broadcast(self.refOrNone(), spelled(room), text, key), key, self);
  }

  private void direct(SimPeer self) {
    RawJson text = town.freshText(self.name(), town.fill());
    String key = key();
    String target = world.oneOf(town.names);
    remember(new ClientFrame.Direct(self.refOrNone(), spelled(target), text, key), key, self);
  }

  private void remember(ClientFrame frame, @Nullable String key, SimPeer self) {
    if (key != null) {
      lastWithKey = frame;
    }
    self.say(frame);
  }

  private @Nullable String key() {
    return world.percent(30) ? "k" + town.number() : null;
  }

  /** Names and rooms are compared without regard to case. */
  private String spelled(String name) {
    return world.percent(10) ? name.toUpperCase(java.util.Locale.ROOT) : name;
  }

  private void readBack(SimPeer self) {
    String room = world.percent(60) ? Limits.DEFAULT_ROOM : world.oneOf(Town.ROOMS);
    Long before = world.percent(30) ? world.between(0, 60) : null;
    self.say(new ClientFrame.History(self.ref(), room, 1 + world.below(60), before));
  }

  private void sayAgain(SimPeer self, ClientFrame frame) {
    switch (frame) {
      case ClientFrame.Broadcast f ->
          self.say(new ClientFrame.Broadcast(self.ref(), f.room(), f.message(), f.key()));
      case ClientFrame.Direct f ->
          self.say(new ClientFrame.Direct(self.ref(), f.target(), f.message(), f.key()));
      default -> throw new IllegalStateException("said nothing before: " + frame);
    }
  }

  @Override
  public void arrives(SimPeer self, boolean resumed) {
    List<ClientFrame> lost = List.copyOf(again);
    again.clear();
    lost.forEach(frame -> sayAgain(self, frame));
  }

  @Override
  public void loses(SimPeer self, Collection<ClientFrame> unanswered) {
    for (ClientFrame frame : unanswered) {
      boolean keyed =
          (frame instanceof ClientFrame.Broadcast b && b.key() != null)
              || (frame instanceof ClientFrame.Direct d && d.key() != null);
      if (keyed) {
        again.add(frame);
      }
    }
  }

  @Override
  public void hears(SimPeer self, ServerFrame frame, @Nullable ClientFrame asked) {
    if (frame instanceof ServerFrame.Registered told && !town.names.contains(told.name())) {
      town.names.add(told.name());
    }
  }

  @Override
  public void forgets() {
    again.clear();
    lastWithKey = null;
  }
}
