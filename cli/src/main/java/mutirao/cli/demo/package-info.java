/** The demonstration: the real thing, small, and told step by step. */
@NullMarked
package mutirao.cli.demo;

import org.jspecify.annotations.NullMarked;
