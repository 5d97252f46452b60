@org.jspecify.annotations.NullMarked
package mutirao.server.archive;
