package mutirao.core;

import java.util.List;

/**
 * What came of one entry.
 *
 * @param reply the answer for whoever proposed the command
 * @param events what changed, in order; may be there beside a refusal, because time passed
 */
public record Outcome(Reply reply, List<Event> events) {}
