package mutirao.sim.peer;

/**
 * How a peer treats its connection.
 *
 * @param resumes takes its session up again after a break; else it registers anew
 * @param tellsRooms says on resume what it has seen of each room
 * @param tellsDirects says on resume which direct it heard last
 * @param beats sends a ping when it has been quiet, and gives up a connection that answers nothing
 * @param pongs answers the server's ping
 * @param eager sends its first frames together with its registration
 * @param script says everything at once, ends its side, and reads the answers
 * @param rambles sends rubbish among its frames
 * @param restMs how long it rests between two acts, on average
 * @param awayMs how long it stays away after a break, at most
 */
record Manners(
    boolean resumes,
    boolean tellsRooms,
    boolean tellsDirects,
    boolean beats,
    boolean pongs,
    boolean eager,
    boolean script,
    boolean rambles,
    long restMs,
    long awayMs) {

  /** A good client library. */
  static final Manners GOOD =
      new Manners(true, true, true, true, true, false, false, false, 100, 100);

  Manners resuming(boolean does, boolean rooms, boolean directs) {
    return new Manners(does, rooms, directs, beats, pongs, eager, script, rambles, restMs, awayMs);
  }

  Manners alive(boolean sendsPings, boolean answersPings) {
    return new Manners(
        resumes,
        tellsRooms,
        tellsDirects,
        sendsPings,
        answersPings,
        eager,
        script,
        rambles,
        restMs,
        awayMs);
  }

  Manners speaking(boolean early, boolean allAtOnce, boolean rubbish) {
    return new Manners(
        resumes, tellsRooms, tellsDirects, beats, pongs, early, allAtOnce, rubbish, restMs, awayMs);
  }

  Manners pacing(long rest, long away) {
    return new Manners(
        resumes, tellsRooms, tellsDirects, beats, pongs, eager, script, rambles, rest, away);
  }
}
