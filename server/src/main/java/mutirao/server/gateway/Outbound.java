package mutirao.server.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import mutirao.core.Command;
import mutirao.core.Event;
import mutirao.core.State;
import mutirao.core.room.Room;
import mutirao.core.session.DirectMessage;
import mutirao.core.session.Session;
import mutirao.core.session.SessionRole;
import mutirao.core.task.Task;
import mutirao.core.task.Worker;
import mutirao.protocol.Messages;
import mutirao.protocol.RawJson;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.codec.FrameWriter;
import mutirao.protocol.codec.out.ByteSink;
import mutirao.server.gateway.outbox.Outbox;
import mutirao.server.gateway.words.TaskIds;
import org.jspecify.annotations.Nullable;

/**
 * What changed, told to those peers of this server whom it concerns. What goes to many is encoded
 * once.
 */
final class Outbound {
  private static final int LINE_BYTES = 256;

  /** A longer run is handed on before the turn ends. */
  private static final int MAX_RUN_BYTES = 256 * 1024;

  /** Shorter runs are copied: that costs less than keeping them apart. */
  private static final int SHARED_RUN_BYTES = 4096;

  /** What is kept of a long run's room for the next one. */
  private static final int KEPT_RUN_BYTES = 2 * MAX_RUN_BYTES;

  private final Gateway gateway;
  private final Run run = new Run();

  /**
   * Messages of one room that nothing came between: encoded once, and owed to all who hear them
   * when the run is over, or before anything else that one of them is owed. Who is in the room, and
   * on which connection, stays the same during a run.
   */
  static final class Run {
    private final List<Peer> hearers = new ArrayList<>();
    private ByteSink text = new ByteSink(LINE_BYTES);
    private @Nullable Room room;

    /** The lines so far. */
    ByteSink text() {
      return text;
    }

    private void end() {
      if (room == null) {
        return;
      }
      room = null;
      boolean shared = text.size() >= SHARED_RUN_BYTES && hearers.size() > 1;
      Outbox.Shared whole = shared ? new Outbox.Shared(text.array(), text.size()) : null;
      for (Peer hearer : hearers) {
        if (hearer.hears(this)) {
          hearer.hearOut(whole);
        }
      }
      hearers.clear();
      text.clear();
      if (text.array().length > KEPT_RUN_BYTES) {
        text = new ByteSink(LINE_BYTES);
      }
    }
  }

  Outbound(Gateway gateway) {
    this.gateway = gateway;
  }

  /**
   * Sends what follows from the events of one entry; {@code own} is the item that caused it, if it
   * is this server's.
   */
  void publish(List<Event> events, Proposer.@Nullable Item own) {
    State state = gateway.state();
    for (Event event : events) {
      if (changesHearers(event)) {
        run.end();
      }
      switch (event) {
        case Event.OfTask of -> task(state, of);
        case Event.OfRoom of -> room(state, of, own);
        case Event.OfAccount _ -> {}
        case Event.OfSession of -> {
          session(state, of, own);
          if (of instanceof Event.SessionResumed resumed) {
            tasksAgain(state, resumed.session(), events);
          }
        }
      }
    }
  }

  /** Hands on what was kept back to be encoded once: the turn is over. */
  void endTurn() {
    run.end();
  }

  private static boolean changesHearers(Event event) {
    return switch (event) {
      case Event.RoomJoined _,
          Event.RoomLeft _,
          Event.SessionOpened _,
          Event.SessionClosed _,
          Event.SessionResumed _,
          Event.SessionDetached _ ->
          true;
      case Event.OfTask _,
          Event.OfAccount _,
          Event.MessagePosted _,
          Event.MessageKeysForgotten _,
          Event.SessionKept _,
          Event.DirectSent _ ->
          false;
    };
  }

  private void session(State state, Event.OfSession event, Proposer.@Nullable Item own) {
    switch (event) {
      case Event.SessionOpened opened -> {
        tellPresence("joined", opened.name(), opened.role(), state, newcomer(own));
        gateway.given(opened.session(), opened.origin());
      }
      case Event.SessionClosed closed -> {
        gateway.ended(closed.session(), closed.origin());
        tellPresence("left", closed.name(), closed.role(), state, newcomer(own));
      }
      case Event.SessionResumed resumed -> {
        if (resumed.replaced() != null) {
          gateway.replaced(resumed.replaced());
        }
        gateway.given(resumed.session(), resumed.origin());
      }
      case Event.DirectSent sent -> {
        Session target = state.sessions().byId(sent.session());
        Peer peer = gateway.peerOf(target);
        if (target != null && peer != null) {
          peer.send(
              direct(
                  target,
                  new DirectMessage(sent.seq(), sent.sender(), sent.text(), sent.timeMs())));
        }
      }
      case Event.SessionDetached detached ->
          gateway.detached(detached.session(), detached.origin());
      case Event.SessionKept _ -> {}
    }
  }

  static ServerFrame.Direct direct(Session target, DirectMessage message) {
    return new ServerFrame.Direct(
        message.sender(),
        target.name(),
        new RawJson(message.text()),
        message.seq(),
        message.timeMs());
  }

  /**
   * Who was welcomed by this entry and given the list of who is there after all of it: the changes
   * on the way there are no news to it.
   */
  private static @Nullable Peer newcomer(Proposer.@Nullable Item own) {
    if (own == null) {
      return null;
    }
    boolean welcomed =
        own.command() instanceof Command.OpenSession
            || own.command() instanceof Command.ResumeSession;
    return welcomed ? own.peer() : null;
  }

  private void tellPresence(
      String event, String name, SessionRole role, State state, @Nullable Peer newcomer) {
    Role wireRole = Registration.wire(role);
    Map<Locale, byte[]> lines = new HashMap<>(2);
    for (Peer peer : gateway.peers()) {
      if (peer.registered() && peer.presence() && peer != newcomer) {
        byte[] encoded =
            lines.computeIfAbsent(
                peer.locale(),
                locale ->
                    encode(
                        new ServerFrame.SystemEvent(
                            event,
                            name,
                            wireRole,
                            null,
                            Messages.text(locale, event, name),
                            state.nowMs())));
        peer.send(encoded, encoded.length);
      }
    }
  }

  private void room(State state, Event.OfRoom event, Proposer.@Nullable Item own) {
    switch (event) {
      case Event.RoomJoined joined -> {
        Session session = state.sessions().byId(joined.session());
        // Everybody enters the lobby when registering, and that was told already.
        boolean registering = joined.session() == state.lastIndex();
        if (session != null && !registering) {
          tellRoom(state, "room_joined", joined.room(), session.name(), joined.session());
        }
      }
      case Event.RoomLeft left -> {
        if (state.sessions().byId(left.session()) != null) {
          tellRoom(state, "room_left", left.room(), left.name(), left.session());
        }
      }
      case Event.MessagePosted posted -> posted(state, posted, own);
      case Event.MessageKeysForgotten _ -> {}
    }
  }

  private void tellRoom(State state, String event, String roomName, String name, long about) {
    Room room = state.rooms().byName(roomName);
    if (room == null) {
      return;
    }
    for (Session member : room.members()) {
      Peer peer = gateway.peerOf(member);
      if (peer != null && peer.presence() && member.id() != about) {
        String text = Messages.text(peer.locale(), event, name, roomName);
        peer.send(new ServerFrame.SystemEvent(event, name, null, roomName, text, state.nowMs()));
      }
    }
  }

  private void posted(State state, Event.MessagePosted posted, Proposer.@Nullable Item own) {
    Room room = state.rooms().byName(posted.room());
    if (room == null) {
      return;
    }
    if (run.room != room || run.text.size() >= MAX_RUN_BYTES) {
      run.end();
      begin(room);
    }
    RawJson ref = own == null ? null : own.ref();
    Peer sender = own == null ? null : own.peer();
    if (ref != null && sender != null && sender.hears(run)) {
      sender.send(broadcast(posted, ref));
      FrameWriter.write(broadcast(posted, null), run.text);
      sender.passOver();
    } else {
      FrameWriter.write(broadcast(posted, null), run.text);
    }
  }

  private void begin(Room room) {
    run.room = room;
    for (Session member : room.members()) {
      Peer peer = gateway.peerOf(member);
      if (peer != null) {
        peer.hear(run);
        run.hearers.add(peer);
      }
    }
  }

  private static ServerFrame.Broadcast broadcast(
      Event.MessagePosted posted, @Nullable RawJson ref) {
    return new ServerFrame.Broadcast(
        ref,
        posted.sender(),
        posted.room(),
        new RawJson(posted.text()),
        posted.seq(),
        posted.timeMs());
  }

  private void task(State state, Event.OfTask event) {
    switch (event) {
      case Event.TaskStarted started -> started(state, started);
      case Event.TaskFinished finished -> {
        if (finished.deliverTo() != 0) {
          result(state, finished.deliverTo(), finished.task());
        }
      }
      case Event.ResultsHandedOver handed -> {
        for (long task : handed.tasks()) {
          result(state, handed.session(), task);
        }
      }
      case Event.AttemptRevoked revoked -> {
        Peer peer = gateway.peerOf(state.sessions().byId(revoked.worker()));
        if (peer != null) {
          peer.send(new ServerFrame.Cancel(TaskIds.encode(revoked.task()), revoked.attempt()));
        }
      }
      case Event.TaskProgressed progressed -> progressed(state, progressed);
      case Event.TaskAccepted _,
          Event.TaskQueued _,
          Event.TaskRetryScheduled _,
          Event.TaskRenewed _,
          Event.TaskForgotten _,
          Event.WorkerDraining _ -> {}
    }
  }

  private void progressed(State state, Event.TaskProgressed progressed) {
    Task task = state.tasks().byId(progressed.task());
    Peer submitter =
        task == null ? null : gateway.peerOf(state.sessions().byNameKey(task.submitterKey()));
    if (task != null && submitter != null) {
      submitter.send(
          new ServerFrame.Progress(
              TaskIds.encode(task.id()),
              progressed.attempt(),
              Views.raw(progressed.percent()),
              Views.raw(progressed.message()),
              task.workerName()));
    }
  }

  private void started(State state, Event.TaskStarted started) {
    Peer peer = gateway.peerOf(state.sessions().byId(started.worker()));
    Task task = state.tasks().byId(started.task());
    if (peer != null && task != null) {
      peer.send(Views.attempt(task, started.attempt()));
    }
  }

  /**
   * Sends a worker that is back what it had before: a frame that was under way when the connection
   * broke may be lost. Never more than a quarter of what it may leave unread, or it would be cut
   * off each time it tried to come back; the rest is left to its timeout. What was {@code begun}
   * just now is sent by itself.
   */
  private void tasksAgain(State state, long session, List<Event> begun) {
    Worker worker = state.tasks().worker(session);
    Peer peer = gateway.peerOf(state.sessions().byId(session));
    if (worker == null || peer == null) {
      return;
    }
    Set<Long> isNew = new HashSet<>();
    for (Event event : begun) {
      if (event instanceof Event.TaskStarted started) {
        isNew.add(started.task());
      }
    }
    int mayTake = gateway.config().maxUnsentBytes() / 4;
    for (Task task : worker.running()) {
      int bytes = task.spec().params().length + LINE_BYTES;
      if (!isNew.contains(task.id()) && bytes <= mayTake) {
        mayTake -= bytes;
        peer.send(Views.attempt(task, task.attempt()));
      }
    }
  }

  private void result(State state, long session, long id) {
    Peer peer = gateway.peerOf(state.sessions().byId(session));
    Task task = state.tasks().byId(id);
    if (peer != null && task != null) {
      peer.send(Views.result(task));
    }
  }

  private static byte[] encode(ServerFrame frame) {
    ByteSink sink = new ByteSink(LINE_BYTES);
    FrameWriter.write(frame, sink);
    return sink.toByteArray();
  }
}
