package mutirao.core.account;

/**
 * One line of the records: who did what to whom, when, and from where.
 *
 * @param who a user's name; empty: nobody had to say
 * @param what the action, as it stands in a frame
 * @param about the user or token it was done to
 */
public record Deed(long atMs, String who, String from, String what, String about) {}
