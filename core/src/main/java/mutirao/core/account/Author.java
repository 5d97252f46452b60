package mutirao.core.account;

/**
 * Who wants an account changed.
 *
 * @param session 0: the server itself, which may only make the first admin and put something on
 *     record
 * @param from where the connection came from, for the records
 */
public record Author(long session, String from) {}
