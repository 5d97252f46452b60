package mutirao.web.live;

import java.util.List;
import mutirao.server.local.Inside;

/** Everything that watches the server, made in order and closed in reverse. */
public final class Live implements AutoCloseable {
  private final Chronicle chronicle = new Chronicle();
  private final Pulse pulse = new Pulse();
  private final Waiters waiters = new Waiters();
  private final LastFinished lastFinished = new LastFinished();
  private final Watch watch;
  private final Feed feed;

  /** Watchers of a server, which see nothing before {@link #start}. */
  public Live(Inside inside) {
    this.watch = new Watch(inside, pulse);
    this.feed = new Feed(watch);
  }

  /**
   * Begins to watch.
   *
   * @param eachSecond done by the watch's thread beside it; takes no time
   */
  public void start(Inside inside, Runnable eachSecond) {
    List.of(chronicle, pulse, waiters, lastFinished, feed).forEach(inside::observe);
    watch.start(List.of(feed::figures, _ -> eachSecond.run()));
    feed.start();
  }

  /** What happened to tasks. */
  public Chronicle chronicle() {
    return chronicle;
  }

  /** What is counted. */
  public Pulse pulse() {
    return pulse;
  }

  /** Those who wait for tasks. */
  public Waiters waiters() {
    return waiters;
  }

  /** When workers last finished something. */
  public LastFinished lastFinished() {
    return lastFinished;
  }

  /** What is looked at each second. */
  public Watch watch() {
    return watch;
  }

  /** What is told as it happens. */
  public Feed feed() {
    return feed;
  }

  @Override
  public void close() {
    feed.close();
    watch.close();
  }
}
