/** The whole state as plain values: what a snapshot is written from and a machine is made of. */
@NullMarked
package mutirao.core.image;

import org.jspecify.annotations.NullMarked;
