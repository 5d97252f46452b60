package mutirao.sim.oracle;

import static mutirao.sim.world.BrokenPromise.unless;

import java.util.LinkedHashSet;
import java.util.Set;
import mutirao.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/** Who is there, as one connection is told: a list, then every change to it and nothing else. */
final class Attendance {
  private final Set<String> present = new LinkedHashSet<>();
  private boolean listed;
  private boolean awaitsList;

  void hears(ServerFrame frame, @Nullable KnownSession self, Conversation on) {
    boolean wanted = self != null && self.presence();
    unless(
        !awaitsList || frame instanceof ServerFrame.ClientList,
        "the list follows the registration:",
        on,
        frame);
    switch (frame) {
      case ServerFrame.Registered _ -> awaitsList = wanted;
      case ServerFrame.ClientList list -> list(list, self, on);
      case ServerFrame.SystemEvent event -> {
        unless(wanted, "who wants no presence is told nothing:", on, event);
        change(event, self, on);
      }
      default -> {}
    }
  }

  private void list(ServerFrame.ClientList list, @Nullable KnownSession self, Conversation on) {
    Set<String> names = new LinkedHashSet<>();
    list.clients().forEach(client -> unless(names.add(client.name()), "a name twice:", on, list));
    unless(list.total() == names.size(), "the total is the total:", on, list);
    unless(self != null && names.contains(self.name()), "everybody is listed:", on, list);
    unless(
        !listed || present.equals(names),
        "the list is what the events made of it:",
        on,
        "known",
        present,
        "told",
        list);
    if (self != null && self.presence()) {
      present.clear();
      present.addAll(names);
      listed = true;
      awaitsList = false;
    }
  }

  private void change(ServerFrame.SystemEvent event, @Nullable KnownSession self, Conversation on) {
    boolean aboutSelf = self != null && event.name().equals(self.name());
    switch (event.event()) {
      case "joined" -> {
        unless(!aboutSelf, "nobody is told of itself:", on, event);
        unless(present.add(event.name()), "who comes was away:", on, event);
      }
      case "left" -> {
        unless(!aboutSelf, "nobody is told of itself:", on, event);
        unless(present.remove(event.name()), "who goes was there:", on, event);
      }
      case "room_joined", "room_left" ->
          unless(!aboutSelf && event.room() != null, "nobody is told of itself:", on, event);
      default -> unless(false, "an event nobody knows:", on, event);
    }
  }
}
