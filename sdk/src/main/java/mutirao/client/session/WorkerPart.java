package mutirao.client.session;

import mutirao.protocol.ServerFrame;

/**
 * What a worker adds to a session. Called with the session's lock held, so these calls must be
 * short.
 */
public interface WorkerPart {

  /** For everybody who is no worker; a server sends them none of this. */
  WorkerPart NONE =
      new WorkerPart() {
        @Override
        public void task(ServerFrame.Task task) {}

        @Override
        public void cancel(ServerFrame.Cancel cancel) {}

        @Override
        public void registered(boolean resumed) {}

        @Override
        public void lost() {}

        @Override
        public void ended() {}
      };

  /** An attempt to run. */
  void task(ServerFrame.Task task);

  /** An attempt that nobody wants any more. */
  void cancel(ServerFrame.Cancel cancel);

  /** There is a connection again; {@code resumed} false: under a new session. */
  void registered(boolean resumed);

  /** There is no connection any more, for now. */
  void lost();

  /** The session is over for good. */
  void ended();
}
