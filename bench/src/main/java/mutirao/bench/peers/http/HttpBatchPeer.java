package mutirao.bench.peers.http;

import mutirao.bench.peer.Events;
import mutirao.bench.peer.PeerOptions;
import mutirao.bench.peer.Speaker;

/**
 * The same with up to 100 tasks a request, which waits for all their results: one connection for
 * each submitter, whose next request has what has come together meanwhile.
 */
public final class HttpBatchPeer extends HttpPeer {
  /** The next power of two above a batch. */
  private static final int WINDOW = 128;

  /** A server that is started from its jar. */
  public HttpBatchPeer(PeerOptions options) {
    super(options);
  }

  @Override
  public String name() {
    return "mutirao-http-batch";
  }

  /** One at a time stays that. */
  @Override
  public int window(int usual) {
    return usual == 1 ? usual : Math.max(usual, WINDOW);
  }

  @Override
  public Speaker.Submitter submitter(int id, String session, Events.Tasks events) {
    return new HttpSubmitter(id, HttpWords.BATCH, events);
  }
}
