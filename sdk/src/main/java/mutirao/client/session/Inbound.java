package mutirao.client.session;

import mutirao.client.ChatMessage;
import mutirao.client.MutiraoException;
import mutirao.client.link.Link;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * Where each frame of the server goes. An exhaustive switch: a new frame type does not compile
 * until it stands here. Under the session's lock.
 *
 * @param afterTaking to be called when requests have left {@code pending}
 */
record Inbound(
    PendingRequests pending,
    TrackedTasks tasks,
    Rooms rooms,
    Events events,
    WorkerPart worker,
    Runnable afterTaking) {

  void frame(Link link, ServerFrame frame) {
    switch (frame) {
      case ServerFrame.Result result ->
          tasks.pushed(Frames.result(result), pending.submitsAreBeingResent());
      case ServerFrame.Progress progress -> tasks.progress(progress);
      case ServerFrame.Broadcast broadcast -> broadcast(broadcast);
      case ServerFrame.Direct direct -> direct(direct);
      case ServerFrame.SystemEvent event -> events.tell(listener -> listener.onSystem(event));
      case ServerFrame.Gap gap ->
          events.tell(listener -> listener.onGap(gap.room(), gap.fromSeq(), gap.toSeq()));
      case ServerFrame.ClientList list -> {
        if (!answer(list.ref(), list)) {
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
          ServerFrame.Cancelled _,
          ServerFrame.Delivered _,
          ServerFrame.Draining _,
          ServerFrame.History _,
          ServerFrame.Joined _,
          ServerFrame.Left _,
          ServerFrame.Pong _,
          ServerFrame.Recorded _,
          ServerFrame.TaskList _,
          ServerFrame.TaskState _,
          ServerFrame.WorkerList _ -> {
        boolean _ = answer(frame.ref(), frame);
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
    boolean _ = answer(broadcast.ref(), broadcast);
  }

  private void direct(ServerFrame.Direct direct) {
    rooms.readDirect(direct.seq());
    if (events.wanted()) {
      ChatMessage message = Frames.message(direct);
      events.tell(listener -> listener.onDirect(message));
    }
  }

  /** Hands an answer to the request it belongs to; false where there is none. */
  private boolean answer(@Nullable RawJson ref, ServerFrame frame) {
    Long number = Frames.ref(ref);
    Request request = number == null ? null : pending.take(number);
    if (request == null) {
      return false;
    }
    request.handler.answered(frame);
    afterTaking.run();
    return true;
  }

  private void error(Link link, ServerFrame.Error error) {
    Long number = Frames.ref(error.ref());
    Request request = number == null ? null : pending.find(number);
    boolean sessionGone = error.code() == ErrorCode.NOT_REGISTERED;
    if (request != null && !(sessionGone && !request.kind.failsAtBreak())) {
      pending.take(request.ref);
      request.handler.failed(Frames.exception(error));
      afterTaking.run();
    }
    if (sessionGone) {
      // What can be repeated stays pending and is sent again under the next session.
      link.close("the server no longer knows the session");
    } else if (request == null && !concernsOldAttempt(error)) {
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
