package mutirao.client.session;

import mutirao.client.MutiraoException;
import mutirao.client.request.RequestHandler;
import mutirao.protocol.ServerFrame;

/** Enters a room again after a session was lost, and tells what was missed meanwhile. */
record Rejoining(String room, Rooms rooms, Events events) implements RequestHandler {

  @Override
  public void answered(ServerFrame frame) {
    // It may have been left meanwhile.
    if (frame instanceof ServerFrame.Joined joined && rooms.in(room)) {
      Long before = rooms.joined(joined.room(), joined.seq());
      if (before != null && joined.seq() > before) {
        events.tell(listener -> listener.onGap(joined.room(), before + 1, joined.seq()));
      }
    }
  }

  @Override
  public void failed(MutiraoException failure) {
    // Without a connection it will be tried again; a refusal is the listener's to know.
    if (!failure.code().equals(MutiraoException.DISCONNECTED)
        && !failure.code().equals(MutiraoException.CLOSED)) {
      rooms.left(room);
      events.tell(listener -> listener.onServerError(failure));
    }
  }
}
