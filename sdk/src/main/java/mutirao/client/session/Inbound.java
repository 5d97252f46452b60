package mutirao.client.session;

import mutirao.client.ChatMessage;
import mutirao.client.MutiraoException;
import mutirao.client.link.Frames;
import mutirao.client.link.Lines;
import mutirao.client.link.Link;
import mutirao.client.request.Requests;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.ServerFrame;

/**
 * Where each frame of the server goes. An exhaustive switch: a new frame type does not compile
 * until it stands here. Under the session's lock.
 */
record Inbound(
    Requests requests, TrackedTasks tasks, Rooms rooms, Events events, WorkerPart worker) {

  void frame(Link link, ServerFrame frame) {
    switch (frame) {
      case ServerFrame.Result result ->
          tasks.pushed(Frames.result(result), requests.submitsAreBeingResent());
      case ServerFrame.Progress progress -> tasks.progress(progress);
      case ServerFrame.Broadcast broadcast -> broadcast(broadcast);
      case ServerFrame.Direct direct -> direct(direct);
      case ServerFrame.SystemEvent event -> events.tell(listener -> listener.onSystem(event));
      case ServerFrame.Gap gap -> {
        rooms.read(gap.room(), gap.toSeq());
        events.tell(listener -> listener.onGap(gap.room(), gap.fromSeq(), gap.toSeq()));
      }
      case ServerFrame.ClientList list -> {
        if (!requests.answered(list)) {
          events.tell(listener -> listener.onClients(list));
        }
      }
      case ServerFrame.Task task -> worker.task(task);
      case ServerFrame.Cancel cancel -> worker.cancel(cancel);
      case ServerFrame.Ping _ -> link.send(Lines.PONG);
      case ServerFrame.Bye bye ->
          link.close(
              bye.reason() == null
                  ? "the server said goodbye"
                  : "the server said goodbye: " + bye.reason());
      case ServerFrame.Error error -> error(link, error);
      case ServerFrame.Accepted _,
          ServerFrame.Accounts _,
          ServerFrame.BackupPart _,
          ServerFrame.Cancelled _,
          ServerFrame.ClusterState _,
          ServerFrame.Delivered _,
          ServerFrame.Draining _,
          ServerFrame.Found _,
          ServerFrame.History _,
          ServerFrame.Joined _,
          ServerFrame.Left _,
          ServerFrame.Pong _,
          ServerFrame.Recorded _,
          ServerFrame.TaskList _,
          ServerFrame.TaskState _,
          ServerFrame.WorkerList _ -> {
        boolean _ = requests.answered(frame);
      }
      case ServerFrame.Registered _ -> {}
    }
  }

  private void broadcast(ServerFrame.Broadcast broadcast) {
    rooms.read(broadcast.room(), broadcast.seq());
    if (events.wanted()) {
      ChatMessage message = Frames.message(broadcast);
      events.tell(listener -> listener.onBroadcast(message));
    }
    boolean _ = requests.answered(broadcast);
  }

  private void direct(ServerFrame.Direct direct) {
    rooms.readDirect(direct.seq());
    if (events.wanted()) {
      ChatMessage message = Frames.message(direct);
      events.tell(listener -> listener.onDirect(message));
    }
  }

  private void error(Link link, ServerFrame.Error error) {
    boolean ours = requests.refused(error);
    if (error.code() == ErrorCode.NOT_REGISTERED) {
      link.close("the server no longer knows the session");
    } else if (Frames.cutOff(error)) {
      link.close("the server is cut off from the others");
    } else if (!ours && !concernsOldAttempt(error)) {
      MutiraoException problem = Frames.exception(error);
      events.tell(listener -> listener.onServerError(problem));
    }
  }

  /** Progress that crossed with the end of its attempt: nobody has to know. */
  private static boolean concernsOldAttempt(ServerFrame.Error error) {
    return error.task() != null
        && (error.code() == ErrorCode.STALE_ATTEMPT || error.code() == ErrorCode.UNKNOWN_TASK);
  }
}
