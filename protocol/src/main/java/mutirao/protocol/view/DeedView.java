package mutirao.protocol.view;

/**
 * Who changed a user or token, when, and from where.
 *
 * @param who empty: nobody had to say
 */
public record DeedView(long timestamp, String who, String from, String what, String about) {}
