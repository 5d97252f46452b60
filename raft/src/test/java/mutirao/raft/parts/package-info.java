@org.jspecify.annotations.NullMarked
package mutirao.raft.parts;
