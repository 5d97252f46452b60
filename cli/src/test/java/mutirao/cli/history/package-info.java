@org.jspecify.annotations.NullMarked
package mutirao.cli.history;
