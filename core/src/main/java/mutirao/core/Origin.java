package mutirao.core;

/**
 * The connection a session is served through.
 *
 * @param node name of the server that holds the connection
 * @param connection number of the connection on that server, never used twice
 */
public record Origin(String node, long connection) {}
