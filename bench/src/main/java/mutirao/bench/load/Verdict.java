package mutirao.bench.load;

/**
 * Whether everything came back right.
 *
 * @param sent tasks or messages handed in
 * @param completed of these, those whose answer was right in every byte (a message: at every
 *     member)
 * @param lost never answered, though there was time
 * @param duplicates answered again
 * @param bad answered wrongly: other bytes, other order, another's task
 * @param failures refusals and broken connections
 * @param firstFailure what the first wrong thing was, for people; empty where all is well
 */
public record Verdict(
    long sent,
    long completed,
    long lost,
    long duplicates,
    long bad,
    long failures,
    String firstFailure) {

  /** True where nothing was lost, doubled, wrong or refused. */
  public boolean ok() {
    return lost == 0 && duplicates == 0 && bad == 0 && failures == 0;
  }
}
