package mutirao.client.request;

import mutirao.client.MutiraoException;
import mutirao.protocol.ServerFrame;

/** What becomes of a request; called once, with the session's lock held. */
public interface RequestHandler {

  /** The answer came. */
  void answered(ServerFrame frame);

  /** There will be no answer, or it is a refusal. */
  void failed(MutiraoException failure);
}
